import type { SerialPort } from 'serialport';
import type { OpenTransport, TransportHandlers } from './transport.ts';
import { type ListedPort, matchUsbSerial, socketsByPath, type UsbSerial } from './usb-serial.ts';

export interface SerialLine {
  /** `/dev/ttyUSB0`, better a link that names the socket it is plugged into: `/dev/serial/by-path/…`. */
  path?: string;
  /** Instead of a path: looked for at each opening, for after a replug the same adapter may have another name. */
  usb?: UsbSerial;
  baudRate: number;
  /** Hardware flow control. Without it a job larger than the printer's buffer (about 4 KiB) may lose characters. */
  rtscts?: boolean;
}

/**
 * A serial line, 8N1. `serialport` is loaded at the first opening, so that a host without serial devices does not need its
 * native part.
 * @param list finds the serial lines there are; `serialport`'s own unless a test gives another
 */
export function serialTransport(line: SerialLine, list?: () => Promise<ListedPort[]>): OpenTransport {
  return (handlers) => {
    const connection = { over: false, port: undefined as SerialPort | undefined };
    let path = line.path;
    const end = (reason: string) => {
      if (connection.over) return;
      close();
      handlers.lost(path === undefined ? reason : `${path}: ${reason}`);
    };
    const close = () => {
      connection.over = true;
      // Closing twice, or before it is open, is an error of serialport's.
      if (connection.port?.isOpen) connection.port.close(() => {});
    };
    const begin = async () => {
      const { SerialPort: Port } = await import('serialport').catch((error: Error) => {
        throw new Error(`the package «serialport» does not load: ${error.message}`);
      });
      if (line.usb) path = matchUsbSerial(line.usb, await (list ?? Port.list)(), await socketsByPath());
      if (connection.over || path === undefined) return;
      connection.port = open(Port, { ...line, path }, connection, handlers, end);
    };
    begin().catch((error: Error) => end(error.message));
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
  { path, baudRate, rtscts = false }: SerialLine & { path: string },
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
