/** One connection to a device. */
export interface Transport {
  /** Writes now or, where the connection is not open, drops the bytes: nothing is ever kept for the next connection. */
  write(bytes: Uint8Array): void;
  /** May be called at any time and more than once. No handler is called afterwards. */
  close(): void;
}

/** Called never before the opening function has returned, and never after `lost` or `close()`. */
export interface TransportHandlers {
  /** At most once, before any bytes. */
  opened(): void;
  bytes(chunk: Uint8Array): void;
  /** At most once, also where it could not be opened. The reason is for the log and the expert. */
  lost(reason: string): void;
}

/** Begins one connection; where it is lost, another call begins a new one. */
export type OpenTransport = (handlers: TransportHandlers) => Transport;
