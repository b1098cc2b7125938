/**
 * The platform's side of MQTT, the same whether the broker is embedded or stands elsewhere. It moves texts and knows
 * nothing of envelopes: correlation, keys and deadlines are in the message (ENV-008).
 */
export interface Bus {
  /**
   * Sends with QoS 1, not retained; what one caller publishes keeps its order. Never throws and tells nothing: no return
   * proves a delivery. While an external broker is away, or after `close`, the message is dropped, not queued: a command
   * that leaves late is worse than none, and deadlines and inquiry heal what is missing.
   */
  publish(topic: string, text: string): void;
  /** Ends the session. The listener hears nothing more, not even the wills of clients cut by it. */
  close(): Promise<void>;
  /** Where clients connect, `mqtt://host:port` or `mqtts://…`. */
  readonly url: string;
}

/** What the platform hears. Called in the order of arrival; an exception thrown here is a bug and ends the process. */
export interface BusListener {
  /** A message on one of the platform's own subscriptions. May come just before `up`: retained states do. */
  message(topic: string, payload: Uint8Array): void;
  /** All subscriptions stand: what is published from now on is heard. Never called before the bus was handed out. */
  up(): void;
  /** The broker is lost or can't be had; told once per reason until the next `up`. Reconnecting goes on by itself. */
  down(reason: string): void;
  /** A principal did what it may not (embedded broker only): who by its claimed name, and what in one sentence. */
  denied?(who: string, what: string): void;
}
