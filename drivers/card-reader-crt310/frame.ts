const STX = 0x02;
const ETX = 0x03;

/** Single bytes that travel outside frames. */
export const ENQ = 0x05;
export const ACK = 0x06;
export const NAK = 0x15;
/** «Cancel», and its confirmation. */
export const EOT = 0x04;

/** Command, parameter and at most 264 bytes: a longer length is no frame. */
const MAX_LENGTH = 2 + 264;
/** STX and two bytes of length before the body; ETX and check byte behind it. */
const HEAD = 3;
const TAIL = 2;

/** `02 LEN LEN body 03 check`; the check is the exclusive or of all before it. The body begins with command and parameter. */
export function frameOf(body: readonly number[]): Uint8Array {
  const all = [STX, body.length >> 8, body.length & 0xff, ...body, ETX];
  return Uint8Array.from([...all, checkOf(all)]);
}

const checkOf = (bytes: readonly number[]) => bytes.reduce((check, byte) => check ^ byte, 0);

/** What the reader sends: a frame's body, a control byte, or a frame that arrived spoilt. */
export type Arrival =
  | { kind: 'frame'; body: Uint8Array }
  | { kind: 'control'; byte: typeof ACK | typeof NAK | typeof EOT }
  | { kind: 'spoilt' };

/**
 * Cuts what the reader sends into arrivals, whatever the chunks. Bytes before a frame that are none of these are dropped.
 *
 * A spoilt frame is dropped whole: what looks like a frame inside it is a card's data.
 */
export function createParser() {
  let held: number[] = [];

  /** What a byte completes, if it completes anything. */
  function take(byte: number): Arrival | undefined {
    if (held.length === 0 && byte !== STX) {
      return byte === ACK || byte === NAK || byte === EOT ? { kind: 'control', byte } : undefined;
    }
    held.push(byte);
    if (held.length < HEAD) return undefined;
    const length = ((held[1] ?? 0) << 8) | (held[2] ?? 0);
    if (length < 2 || length > MAX_LENGTH) return noFrame();
    const whole = HEAD + length + TAIL;
    if (held.length < whole) return undefined;
    const frame = held;
    held = [];
    const isSound = frame[whole - TAIL] === ETX && checkOf(frame) === 0;
    return isSound
      ? { kind: 'frame', body: Uint8Array.from(frame.slice(HEAD, whole - TAIL)) }
      : { kind: 'spoilt' };
  }

  /** That was no STX but noise: the bytes behind it may be the real one. */
  function noFrame(): Arrival | undefined {
    const [, ...rest] = held;
    held = [];
    const from = rest.indexOf(STX);
    if (from >= 0) held = rest.slice(from);
    return undefined;
  }

  return {
    /** A frame has begun and not ended. */
    isHolding: () => held.length > 0,
    push: (chunk: Uint8Array): Arrival[] =>
      Array.from(chunk, take).filter((arrival) => arrival !== undefined),
  };
}
