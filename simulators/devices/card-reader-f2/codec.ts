/** The reader's half of the family's wire. */

const START = 0xf2;
const END = 0x03;
export const EOT = 0x04;
export const ACK = 0x06;
export const NAK = 0x15;

/** A command to a card of 262 bytes, and what stands before it. */
const MOST = 300;

export type Heard =
  | { what: 'command'; body: Uint8Array }
  | { what: 'spoilt' }
  | { what: 'control'; byte: number };

/** `F2 [address] length text 03 check`: the exclusive or of the whole is zero. */
export function frame(text: readonly number[], address: number | undefined): Uint8Array {
  const head = address === undefined ? [] : [address];
  const all = [START, ...head, text.length >> 8, text.length & 0xff, ...text, END];
  return Uint8Array.from([...all, all.reduce((sum, byte) => sum ^ byte, 0)]);
}

/**
 * What has been heard whole, in any chunks; the body of a command is what stands behind its `C`. What is for another unit on the
 * line is passed over, as are the zeros that fill up a report.
 */
export function createEar(address: number | undefined): (chunk: Uint8Array) => Heard[] {
  const around = address === undefined ? 5 : 6;
  const textAt = around - 2;
  let held: number[] = [];

  /** One thing from the front, and how many bytes it takes; `undefined` where more is needed. */
  function first(): { heard?: Heard; bytes: number } | undefined {
    const [start = 0] = held;
    if (start !== START) {
      const isControl = start === ACK || start === NAK || start === EOT;
      return { bytes: 1, ...(isControl ? { heard: { what: 'control', byte: start } } : {}) };
    }
    if (held.length < textAt) return undefined;
    const length = (held[textAt - 2] ?? 0) * 256 + (held[textAt - 1] ?? 0);
    if (length < 3 || length > MOST) return { bytes: 1 };
    if (held.length < length + around) return undefined;
    const whole = held.slice(0, length + around);
    if (address !== undefined && whole[1] !== address) return { bytes: whole.length };
    const text = whole.slice(textAt, textAt + length);
    const isSound =
      whole.reduce((sum, byte) => sum ^ byte, 0) === 0 && whole.at(-2) === END && text[0] === 0x43;
    return {
      bytes: whole.length,
      heard: isSound ? { what: 'command', body: Uint8Array.from(text.slice(1)) } : { what: 'spoilt' },
    };
  }

  return (chunk) => {
    held.push(...chunk);
    const all: Heard[] = [];
    while (held.length > 0) {
      const next = first();
      if (!next) break;
      held = held.slice(next.bytes);
      if (next.heard) all.push(next.heard);
    }
    return all;
  };
}

/** Cut into whole reports: each thing that is said begins one of its own, and zeros fill up the last. */
export function reportsOf(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => {
    const report = new Uint8Array(size);
    report.set(bytes.subarray(i * size, (i + 1) * size));
    return report;
  });
}
