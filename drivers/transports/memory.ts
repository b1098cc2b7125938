import type { OpenTransport, TransportHandlers } from './transport.ts';

/** The device's end of a connection in memory. */
export interface MemoryLine {
  open: OpenTransport;
  /** Bytes from the device to the driver; dropped where nobody is connected. */
  send(bytes: Uint8Array): void;
  /** Pulls the plug: the driver hears `lost`. */
  cut(reason?: string): void;
  /** Whether the device can be connected to; a cut line stays reachable. */
  reachable(on: boolean): void;
  connected(): boolean;
}

/** A wire without a wire, synchronous except for the opening: for tests and for an emulator in the same process. */
export function memoryLine(device: { bytes(chunk: Uint8Array): void; connected?(): void }): MemoryLine {
  let handlers: TransportHandlers | undefined;
  let reachable = true;

  function cut(reason = 'the line was cut'): void {
    const cutOff = handlers;
    handlers = undefined;
    cutOff?.lost(reason);
  }

  return {
    open(mine) {
      let over = false;
      queueMicrotask(() => {
        if (over) return;
        if (!reachable || handlers)
          return mine.lost(reachable ? 'the device serves another' : 'nothing answers');
        handlers = mine;
        device.connected?.();
        mine.opened();
      });
      return {
        write(bytes) {
          if (handlers === mine) device.bytes(bytes);
        },
        close() {
          over = true;
          if (handlers === mine) handlers = undefined;
        },
      };
    },
    send: (bytes) => handlers?.bytes(bytes),
    cut,
    reachable(on) {
      reachable = on;
      if (!on) cut('nothing answers');
    },
    connected: () => handlers !== undefined,
  };
}
