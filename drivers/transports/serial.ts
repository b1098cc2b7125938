import type { SerialPort } from 'serialport';
import type { OpenTransport, TransportHandlers } from './transport.ts';

export interface SerialLine {
  /** `/dev/ttyUSB0`, better a link that names the socket it is plugged into: `/dev/serial/by-path/…`. */
  path: string;
  baudRate: number;
  /** Hardware flow control. Without it a job larger than the printer's buffer (about 4 KiB) may lose characters. */
  rtscts?: boolean;
}

/**
 * A serial line, 8N1. `serialport` is loaded at the first opening, so that a host without serial devices does not need its
 * native part.
 */
export function serialTransport(line: SerialLine): OpenTransport {
  return (handlers) => {
    const connection = { over: false, port: undefined as SerialPort | undefined };
    const end = (reason: string) => {
      if (connection.over) return;
      close();
      handlers.lost(`${line.path}: ${reason}`);
    };
    const close = () => {
      connection.over = true;
      // Closing twice, or before it is open, is an error of serialport's.
      if (connection.port?.isOpen) connection.port.close(() => {});
    };
    import('serialport').then(
      (module) => {
        if (!connection.over) connection.port = open(module.SerialPort, line, connection, handlers, end);
      },
      (error: Error) => end(`the package «serialport» does not load: ${error.message}`),
    );
    return {
      write(bytes) {
        // What is written to a closed port would come out of the next one that is opened (serialport issue 1593).
        if (!connection.over && connection.port?.isOpen) connection.port.write(bytes);
      },
      close,
    };
  };
}

/** A new object for each connection: a used one keeps queued bytes and old listeners. */
function open(
  Port: typeof SerialPort,
  { path, baudRate, rtscts = false }: SerialLine,
  connection: { readonly over: boolean },
  handlers: TransportHandlers,
  end: (reason: string) => void,
): SerialPort {
  const port = new Port({ path, baudRate, rtscts, autoOpen: false });
  // One pulled plug gives «error» and «close», some twice; and a loss is only noticed while somebody reads.
  port.on('error', (error: Error) => end(error.message));
  port.on('close', () => end('the line is gone'));
  port.on('data', (chunk: Uint8Array) => {
    if (!connection.over) handlers.bytes(chunk);
  });
  port.open((error) => {
    if (error) end(error.message);
    // It was closed while it opened: the lock must not stay behind.
    else if (connection.over) port.close(() => {});
    else handlers.opened();
  });
  return port;
}
