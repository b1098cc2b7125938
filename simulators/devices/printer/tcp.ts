import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Printer } from './interpreter.ts';

/** A printer reached by TCP, as on port 9100. */
export type ListeningPrinter = {
  port: number;
  /** Ends the connection and stops listening. */
  close: () => Promise<void>;
  /** Pulls the cable: the connection is gone without a goodbye. A new one may follow. */
  cut: () => void;
};

/**
 * Puts a printer on a TCP port (`port` 0: any free one). One connection at a time: a second one is reset, and so is
 * every one while the power is off. Where the printer's buffer is full, the socket is not read further, as real ones
 * do: nothing is lost, but no status request gets through either.
 */
export async function listenPrinter(options: {
  printer: Printer;
  host?: string;
  port?: number;
}): Promise<ListeningPrinter> {
  const { printer, host = '127.0.0.1', port = 0 } = options;
  let current: Socket | undefined;

  const server = createServer({ noDelay: true }, (socket) => {
    if (current || !printer.powered) {
      socket.resetAndDestroy();
      return;
    }
    current = socket;
    const detach = connect(printer, socket);
    const leave = (): void => {
      detach();
      if (current === socket) current = undefined;
    };
    socket.on('error', () => socket.destroy());
    // 'end' comes before 'close': a host that reconnects at once must not find itself in its own way.
    socket.on('end', leave);
    socket.on('close', leave);
  });
  server.listen(port, host);
  await once(server, 'listening');

  const cut = (): void => {
    current?.resetAndDestroy();
    // At once, so that a new connection is not taken for a second one while this one's end is under way.
    current = undefined;
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

/** Bytes one way, answers the other; answers the function that parts them. */
function connect(printer: Printer, socket: Socket): () => void {
  let waiting = Buffer.alloc(0);
  const pass = (): void => {
    while (waiting.length > 0 && printer.room() > 0) {
      const part = waiting.subarray(0, printer.room());
      waiting = waiting.subarray(part.length);
      printer.input(part);
    }
    if (waiting.length > 0) socket.pause();
    else socket.resume();
  };
  socket.on('data', (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    pass();
  });
  return printer.attach({
    output: (bytes) => socket.write(bytes),
    onRoom: () => queueMicrotask(pass),
    onPower: (on) => {
      if (!on) socket.resetAndDestroy();
    },
  });
}
