import iconv from 'iconv-lite';

/** What can be wrong with the sign or its line; each counts how often it really struck. */
export const SIGN_FAULTS = [
  /** Takes the request and says nothing. */
  'noAnswer',
  /** Does not even take it. */
  'deaf',
  /** Says that it did not understand. */
  'refuses',
  /** Its answer is that to another request. */
  'wrongNumber',
  /** Noise before its answer. */
  'noise',
] as const;

export type SignFault = (typeof SIGN_FAULTS)[number];

/** An LED sign with a microcontroller behind a serial line. It keeps its text while the line is away. */
export interface LedSign {
  input(chunk: Uint8Array): void;
  /** Where its answers go; answers the function that parts them. */
  attach(output: (bytes: Uint8Array) => void): () => void;
  text(): string;
  /** Every text that was shown, one after another. */
  readonly shown: readonly string[];
  /** From now on so many requests meet this fault. */
  fault(name: SignFault, times: number): void;
  struck(name: SignFault): number;
  /** Dark, and in the middle of nothing. */
  powerCycle(): void;
}

const STX = 0x02;
const ETX = 0x03;
const ACK = 0x06;
const NAK = 0x15;
/** Longer than any request: without this bound a lost end would eat everything behind it. */
const LONGEST = 4 + 2 * 200;

/** Its own reading of the line described in the driver's folder. */
export function createLedSign({ characters = 64 } = {}): LedSign {
  let text = '';
  let frame: number[] | undefined;
  let ended = false;
  let output: ((bytes: Uint8Array) => void) | undefined;
  let fault: { name: SignFault; left: number } | undefined;
  const shown: string[] = [];
  const struck = new Map<SignFault, number>();

  function show(next: string): void {
    text = next;
    shown.push(next);
  }

  /** Whether it understood, and did, what was asked. */
  function obey(what: number | undefined, data: readonly number[]): boolean {
    if (what === 0x51) return data.length === 0;
    const asked = iconv.decode(Buffer.from(data), 'gb2312');
    if (what !== 0x54 || Array.from(asked).length > characters) return false;
    show(asked);
    return true;
  }

  function strike(): SignFault | undefined {
    if (!fault || fault.left === 0) return undefined;
    fault.left -= 1;
    struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1);
    return fault.name;
  }

  function take([number = 0, what, ...rest]: readonly number[], check: number): void {
    const data = rest.slice(0, -1);
    const right = [number, what ?? 0, ...data, ETX].reduce((all, byte) => all ^ byte, 0) === check;
    const wrong = strike();
    if (wrong === 'deaf') return;
    const taken = wrong !== 'refuses' && right && obey(what, data);
    if (wrong === 'noAnswer') return;
    const said = wrong === 'wrongNumber' ? 0x30 + ((number - 0x30 + 5) % 10) : number;
    const noise = wrong === 'noise' ? [0xff, ACK, 0x00] : [];
    output?.(Uint8Array.from([...noise, taken ? ACK : NAK, said]));
  }

  return {
    input(chunk) {
      for (const byte of chunk) {
        if (frame && ended) {
          const whole = frame;
          frame = undefined;
          take(whole, byte);
        } else if (frame) {
          frame.push(byte);
          ended = byte === ETX;
          if (frame.length > LONGEST) frame = undefined;
        } else if (byte === STX) {
          frame = [];
          ended = false;
        }
      }
    },
    attach(to) {
      output = to;
      frame = undefined;
      return () => {
        if (output === to) output = undefined;
      };
    },
    text: () => text,
    shown,
    fault(name, times) {
      fault = { name, left: times };
    },
    struck: (name) => struck.get(name) ?? 0,
    powerCycle() {
      frame = undefined;
      show('');
    },
  };
}
