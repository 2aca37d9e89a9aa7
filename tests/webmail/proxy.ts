/** A CONNECT proxy for a browser without host rules: every host leads to a port of ours, and no name is looked up. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';

/** `target` is asked at each connection which port the host is played at. */
export function connectProxy(target: (host: string) => number): Server {
  const proxy = createServer((_, response) => response.writeHead(403).end());
  const tunnels = new Set<Socket>();
  proxy.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    const host = request.url?.replace(/:\d+$/, '') ?? '';
    const upstream = connect(target(host), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      tunnels.add(socket);
      socket.on('close', () => tunnels.delete(socket));
      socket.on('error', () => {
        socket.destroy();
        // Whoever waits at the other end is told, as one who asks directly would be.
        other.destroy();
      });
    }
  });
  // A tunnel is no HTTP connection any more; it has to be ended apart.
  const close = proxy.closeAllConnections.bind(proxy);
  proxy.closeAllConnections = () => {
    close();
    for (const socket of tunnels) socket.destroy();
  };
  return proxy;
}
