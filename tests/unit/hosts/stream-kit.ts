/** Answers that come in pieces, and whether the rest of one was declined. */

export interface Streamed {
  readonly response: Response;
  /** Pieces handed out so far. */
  readonly handed: () => number;
  /** Whether the reader let go of the connection. */
  readonly isCancelled: () => boolean;
}

/** Hands out one piece whenever one is wanted; null ends, an error breaks off. */
export function streamed(
  next: (index: number) => Uint8Array | null | Error,
  init: ResponseInit = {},
): Streamed {
  let handed = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = next(handed);
        if (piece instanceof Error) return controller.error(piece);
        if (piece === null) return controller.close();
        handed++;
        controller.enqueue(piece);
      },
      cancel() {
        cancelled = true;
      },
    },
    // Nothing is fetched ahead: what was handed out was asked for.
    { highWaterMark: 0 },
  );
  return {
    response: new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>, init),
    handed: () => handed,
    isCancelled: () => cancelled,
  };
}

export function inPieces(pieces: readonly Uint8Array[], init?: ResponseInit): Streamed {
  return streamed((index) => pieces[index] ?? null, init);
}

/** The octets cut before each of some places. */
export function cutAt(octets: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const bounds = [0, ...[...places].sort((one, other) => one - other), octets.length];
  return bounds.slice(1).map((to, index) => octets.slice(bounds[index], to));
}

export const latin1 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'latin1'));
export const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');
