/** HTTPS GET over HTTP/2 in Node: some resolvers answer nothing else. */
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { MAX_ANSWER, type Transport } from '../platform/doh.ts';

export interface Http2Transport {
  readonly get: Transport;
  /** Ends the connections, so that the program can end. */
  close(): void;
}

/** One connection for each origin, opened when first needed. `ca`: whom to trust instead of the well-known authorities. */
export function http2Transport(trust: { readonly ca?: string } = {}): Http2Transport {
  const sessions = new Map<string, ClientHttp2Session>();

  const sessionFor = (origin: string): ClientHttp2Session => {
    const known = sessions.get(origin);
    if (known !== undefined && !known.closed && !known.destroyed) return known;
    const session = connect(origin, trust);
    // A failed connection also fails its requests; that is where it is told.
    session.on('error', () => {});
    sessions.set(origin, session);
    return session;
  };

  const get: Transport = (url, signal) =>
    new Promise((resolve, reject) => {
      const { origin, pathname, search } = new URL(url);
      const request = sessionFor(origin).request({
        ':path': pathname + search,
        accept: 'application/dns-message',
      });
      const chunks: Buffer[] = [];
      let [size, status, contentType] = [0, 0, ''];
      const settle = (): void => resolve({ status, contentType, body: Buffer.concat(chunks) });
      // A stream whose session never came about ends without a word; the time limit must not wait for it.
      const onAbort = (): void => {
        reject(signal.reason);
        request.close(constants.NGHTTP2_CANCEL);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      request.on('response', (headers) => {
        status = Number(headers[':status']);
        contentType = String(headers['content-type'] ?? '');
      });
      request.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= MAX_ANSWER) return;
        // Whatever it is, it is no answer, and its end is not waited for.
        settle();
        request.close(constants.NGHTTP2_CANCEL);
      });
      request.on('error', reject);
      request.on('close', () => {
        signal.removeEventListener('abort', onAbort);
        // A stream that is reset ends as well, with less than an answer.
        const isWhole = status !== 0 && request.rstCode === constants.NGHTTP2_NO_ERROR;
        if (isWhole) settle();
        else reject(new Error('the connection was closed'));
      });
    });

  return {
    get,
    close() {
      for (const session of sessions.values()) session.destroy();
    },
  };
}
