import { connect } from 'node:net';
import type { OpenTransport } from './transport.ts';

/** A printer's board answers within milliseconds on a local network; its absence may be answered by nothing at all. */
const CONNECT_MS = 5_000;

/** Raw TCP, as network printers take it (port 9100). TCP acknowledges nothing of the device: a write that went well proves nothing. */
export function tcpTransport(at: { host: string; port: number }): OpenTransport {
  return (handlers) => {
    let over = false;
    const socket = connect({ ...at, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
    const end = (reason: string) => {
      if (over) return;
      close();
      handlers.lost(reason);
    };
    const close = () => {
      over = true;
      clearTimeout(patience);
      socket.destroy();
    };
    const patience = setTimeout(
      () => end(`${at.host}:${at.port} did not answer within ${CONNECT_MS / 1_000} s`),
      CONNECT_MS,
    );
    socket.on('connect', () => {
      clearTimeout(patience);
      if (!over) handlers.opened();
    });
    socket.on('data', (chunk) => {
      if (!over) handlers.bytes(chunk);
    });
    // A destroyed socket may still report errors; without a listener they would end the process.
    socket.on('error', (error) => end(`${at.host}:${at.port}: ${error.message}`));
    socket.on('close', () => end(`${at.host}:${at.port} closed the connection`));
    return {
      write(bytes) {
        if (!over && !socket.connecting) socket.write(bytes);
      },
      close,
    };
  };
}
