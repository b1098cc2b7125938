import type { OpenTransport, Transport, TransportHandlers } from './transport.ts';

/** The pause before the next try, after so many tries without a byte from the device. In ms. */
export function reopenPause(fruitless: number): number {
  return Math.min(500 * 2 ** fruitless, 10_000);
}

/** A connection that lasted this long was one, though its device never answers: a display has nothing to say. In ms. */
const LASTING_MS = 60_000;

export interface KeptOpen {
  /** Dropped while there is no connection. */
  write(bytes: Uint8Array): void;
  /** Gives the present connection up, without `lost`, and opens a new one after the pause. */
  reopen(): void;
  close(): void;
}

/** Keeps a device connected: `handlers` hear of every connection and every loss, in turn. */
export function keepOpen(open: OpenTransport, handlers: TransportHandlers): KeptOpen {
  let transport: Transport | undefined;
  let pause: NodeJS.Timeout | undefined;
  let lasting: NodeJS.Timeout | undefined;
  let fruitless = 0;
  let closed = false;

  function begin(): void {
    transport = open({
      opened() {
        lasting = setTimeout(() => {
          fruitless = 0;
        }, LASTING_MS);
        handlers.opened();
      },
      bytes(chunk) {
        // Only an answer proves a device: a port can be opened, and a converter connected to, with nothing behind it.
        fruitless = 0;
        handlers.bytes(chunk);
      },
      lost(reason) {
        again();
        handlers.lost(reason);
      },
    });
  }

  function again(): void {
    transport?.close();
    transport = undefined;
    clearTimeout(lasting);
    if (closed) return;
    clearTimeout(pause);
    pause = setTimeout(begin, reopenPause(fruitless++));
  }

  begin();
  return {
    write: (bytes) => transport?.write(bytes),
    reopen: again,
    close() {
      closed = true;
      clearTimeout(pause);
      clearTimeout(lasting);
      transport?.close();
      transport = undefined;
    },
  };
}
