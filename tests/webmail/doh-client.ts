/** Puts DNS questions to a server of ours on loopback by RFC 8484, octets in and octets out. */
import { type ClientHttp2Session, connect, constants } from 'node:http2';

export interface DohClient {
  /** Rejects where no DNS message comes back. */
  ask(query: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

/** One HTTP/2 session, opened when first needed and anew when the server has closed it, as servers do with idle ones. */
export function dohClient(
  port: number,
  trust: { readonly ca: string; readonly servername: string },
): DohClient {
  let session: ClientHttp2Session | null = null;

  const open = (): ClientHttp2Session => {
    const opened = connect(`https://127.0.0.1:${port}`, trust);
    // A failed session also fails its requests; that is where it is told.
    opened.on('error', () => {});
    return opened;
  };

  return {
    async ask(query) {
      const known = session !== null && !session.closed && !session.destroyed ? session : null;
      session = known ?? open();
      try {
        return await post(session, query);
      } catch (error) {
        // Closed just as the question was on its way.
        if (known === null) throw error;
        session = open();
        return post(session, query);
      }
    },
    close() {
      session?.destroy();
    },
  };
}

function post(session: ClientHttp2Session, query: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const type = 'application/dns-message';
    const request = session.request({
      ':method': 'POST',
      ':path': '/dns-query',
      'content-type': type,
      'content-length': query.length,
      accept: type,
    });
    const chunks: Buffer[] = [];
    let status = 0;
    request.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', reject);
    request.on('close', () => {
      const isWhole = status === 200 && request.rstCode === constants.NGHTTP2_NO_ERROR;
      if (isWhole) resolve(Buffer.concat(chunks));
      else reject(new Error(`no DNS answer, HTTP status ${status === 0 ? 'none' : status}`));
    });
    request.end(query);
  });
}
