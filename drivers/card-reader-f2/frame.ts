/**
 * The line of the F2 family: `F2 [address] length text 03 check`, and the single bytes ACK, NAK and EOT between the frames.
 * Whatever else lies between frames is passed over: junk, and the zeros that fill up a HID report.
 */
export const ACK = 0x06;
export const NAK = 0x15;
export const EOT = 0x04;

const START = 0xf2;
const END = 0x03;
/** A unit alone on its line is number 0. */
const ADDRESS = 0x00;
/** The longest text: an answer of 256 bytes with its status word, and what stands before it. More is a spoiled length. */
const MAX_TEXT = 300;

export function frameOf(text: readonly number[], { hasAddress }: { hasAddress: boolean }): Uint8Array {
  const head = [START, ...(hasAddress ? [ADDRESS] : []), text.length >> 8, text.length & 0xff];
  const frame = [...head, ...text, END];
  return Uint8Array.of(...frame, checkOf(frame));
}

const checkOf = (bytes: Iterable<number>) => {
  let check = 0;
  for (const byte of bytes) check ^= byte;
  return check;
};

export type LineEvent =
  | { kind: 'ack' | 'nak' | 'cancelled' }
  | { kind: 'text'; text: Uint8Array }
  /** A frame that is spoiled. What comes behind it is dropped until {@link Frames.clear}: no one can say where it belongs. */
  | { kind: 'broken' };

export interface Frames {
  /** However the bytes are cut into chunks, the events are the same. */
  push(chunk: Uint8Array): LineEvent[];
  /** A frame has begun and not ended. */
  isPartial(): boolean;
  clear(): void;
}

const SIGNS: Readonly<Record<number, 'ack' | 'nak' | 'cancelled'>> = {
  [ACK]: 'ack',
  [NAK]: 'nak',
  [EOT]: 'cancelled',
};

/** Parts what comes from a reader into events. */
export function createFrames({ hasAddress }: { hasAddress: boolean }): Frames {
  const textAt = hasAddress ? 4 : 3;
  let frame: number[] = [];
  let isBroken = false;

  function take(byte: number): LineEvent | undefined {
    if (isBroken) return undefined;
    if (frame.length === 0 && byte !== START) {
      const kind = SIGNS[byte];
      return kind && { kind };
    }
    frame.push(byte);
    if (frame.length < textAt) return undefined;
    const length = ((frame[textAt - 2] ?? 0) << 8) | (frame[textAt - 1] ?? 0);
    const isHeadRight = length > 0 && length <= MAX_TEXT && (!hasAddress || frame[1] === ADDRESS);
    if (isHeadRight && frame.length < textAt + length + 2) return undefined;
    const whole = frame;
    frame = [];
    // The check over a frame with its own check byte is 0.
    if (isHeadRight && whole.at(-2) === END && checkOf(whole) === 0)
      return { kind: 'text', text: Uint8Array.from(whole.slice(textAt, -2)) };
    isBroken = true;
    return { kind: 'broken' };
  }

  return {
    push: (chunk) => Array.from(chunk, take).filter((event) => event !== undefined),
    isPartial: () => frame.length > 0,
    clear() {
      frame = [];
      isBroken = false;
    },
  };
}
