import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A device as its wire sees it. */
export interface WiredDevice {
  input(chunk: Uint8Array): void;
  /** Missing where it never says anything. Answers the function that parts them. */
  attach?(output: (bytes: Uint8Array) => void): () => void;
}

/** A serial device reached through a converter on TCP. */
export interface ListeningLine {
  port: number;
  /** Pulls the cable: the connection is gone without a goodbye. A new one may follow. */
  cut(): void;
  /** Ends the connection and stops listening. */
  close(): Promise<void>;
}

/** Puts a device on a TCP port (`port` 0: any free one). One connection at a time: a second one is reset. */
export async function listenLine(device: WiredDevice, port = 0): Promise<ListeningLine> {
  let current: Socket | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    if (current) {
      socket.resetAndDestroy();
      return;
    }
    current = socket;
    const detach = device.attach?.((bytes) => socket.write(bytes));
    const leave = () => {
      detach?.();
      if (current === socket) current = undefined;
    };
    socket.on('data', (chunk) => device.input(chunk));
    socket.on('error', () => socket.destroy());
    // Before «close»: a host that reconnects at once must not find itself in its own way.
    socket.on('end', leave);
    socket.on('close', leave);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  const cut = () => {
    const gone = current;
    current = undefined;
    gone?.resetAndDestroy();
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
