import type { Server, Socket } from 'node:net';
import type { OPCUAServer } from 'node-opcua';

/**
 * Ends the connection, not the host, when bytes from the network make the protocol stack throw:
 * node-opcua 2.186 drops its error listener after the first bad frame of a segment, so that a
 * second one becomes an uncaught exception. Connections beyond `maxConnections` are dropped by
 * the listener itself, since node-opcua would print to standard output about each.
 *
 * @throws Error when the server does not listen yet
 */
export function guardSockets(
  server: OPCUAServer,
  maxConnections: number,
  log: (line: string) => void,
): void {
  for (const endpoint of server.endpoints) {
    const listener = (endpoint as unknown as { readonly _server?: Server })._server;
    if (listener === undefined) throw new Error('the OPC UA endpoint does not listen');
    listener.maxConnections = maxConnections;
    listener.prependListener('connection', (socket) => guardSocket(socket, log));
  }
}

function guardSocket(socket: Socket, log: (line: string) => void): void {
  const emit = socket.emit.bind(socket) as (name: string, ...values: unknown[]) => boolean;
  const guarded = (name: string, ...values: unknown[]): boolean => {
    if (name !== 'data') return emit(name, ...values);
    try {
      return emit(name, ...values);
    } catch (cause) {
      log(`OPC UA: connection closed, its bytes are no OPC UA (${String(cause)})`);
      socket.destroy();
      return true;
    }
  };
  Object.assign(socket, { emit: guarded });
}
