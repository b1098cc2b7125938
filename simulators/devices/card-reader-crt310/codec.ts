/** The reader's half of the wire: it hears frames of the host and single bytes, and answers with frames of the same make. */

const STX = 0x02;
const ETX = 0x03;
export const EOT = 0x04;
export const ENQ = 0x05;
export const ACK = 0x06;
export const NAK = 0x15;

/** Command, parameter and 264 bytes of data. */
const MOST = 266;
/** STX, two bytes of length, ETX, check. */
const AROUND = 5;

export type Heard =
  | { what: 'command'; body: Uint8Array }
  | { what: 'spoilt' }
  | { what: 'control'; byte: number };

/** `02 length body 03 check`: the check makes the exclusive or of all of them zero. */
export function frame(body: readonly number[]): Uint8Array {
  const bytes = Uint8Array.from([STX, body.length >> 8, body.length & 0xff, ...body, ETX, 0]);
  bytes[bytes.length - 1] = xor(bytes);
  return bytes;
}

function xor(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

/** What has been heard whole, chunk by chunk; the rest waits for more. A frame whose check is wrong is heard as spoilt. */
export function createEar(): (chunk: Uint8Array) => Heard[] {
  let held = new Uint8Array();

  /** One thing from the front, and how many bytes it takes; `undefined` where more is needed. */
  function first(): { heard?: Heard; bytes: number } | undefined {
    const [start = 0, high = 0, low = 0] = held;
    if (start !== STX) {
      const isControl = start === ENQ || start === EOT || start === NAK;
      return { bytes: 1, ...(isControl ? { heard: { what: 'control', byte: start } } : {}) };
    }
    if (held.length < 3) return undefined;
    const length = high * 256 + low;
    if (length < 2 || length > MOST) return { bytes: 1 };
    if (held.length < length + AROUND) return undefined;
    const whole = held.subarray(0, length + AROUND);
    const isSound = whole[length + 3] === ETX && xor(whole) === 0;
    const heard: Heard = isSound ? { what: 'command', body: whole.slice(3, -2) } : { what: 'spoilt' };
    return { heard, bytes: whole.length };
  }

  return (chunk) => {
    held = Uint8Array.from([...held, ...chunk]);
    const all: Heard[] = [];
    while (held.length > 0) {
      const next = first();
      if (!next) break;
      held = held.subarray(next.bytes);
      if (next.heard) all.push(next.heard);
    }
    return all;
  };
}
