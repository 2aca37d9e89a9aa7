/** A CONNECT proxy for a browser without host rules: every host leads to one port, and no name is looked up. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';

/** `target` is asked at each connection. */
export function connectProxy(target: () => number): Server {
  const proxy = createServer((_, response) => response.writeHead(403).end());
  const tunnels = new Set<Socket>();
  proxy.on('connect', (_request: IncomingMessage, client: Socket, head: Buffer) => {
    const upstream = connect(target(), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      tunnels.add(socket);
      socket.on('close', () => tunnels.delete(socket));
      socket.on('error', () => socket.destroy());
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
