/** A command that is obeyed on arrival, even while the printer cannot print. */
export type RealTime =
  | { kind: 'status'; n: 1 | 2 | 3 | 4 }
  | { kind: 'recover'; clear: boolean }
  | { kind: 'drawer' }
  | { kind: 'clearBuffers' };

const CLEAR = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/** Finds real-time commands in a byte stream, by their bytes alone. */
export function createRealTimeScanner() {
  let seen: number[] = [];
  const restart = (byte: number): undefined => {
    seen = byte === 0x10 ? [byte] : [];
    return undefined;
  };
  return {
    /** Takes one byte; answers the command that it completes. */
    push(byte: number): RealTime | undefined {
      if (seen.length === 0) return restart(byte);
      seen.push(byte);
      const [, op, n] = seen;
      if (op !== 0x04 && op !== 0x05 && op !== 0x14) return restart(byte);
      if (n === undefined) return undefined;
      if (op === 0x14 && n === 1) {
        if (seen.length < 5) return undefined;
        seen = [];
        return { kind: 'drawer' };
      }
      if (op === 0x14) {
        if (byte !== CLEAR[seen.length - 1]) return restart(byte);
        if (seen.length < CLEAR.length) return undefined;
        seen = [];
        return { kind: 'clearBuffers' };
      }
      seen = [];
      if (op === 0x05) return n === 1 || n === 2 ? { kind: 'recover', clear: n === 2 } : restart(byte);
      return n === 1 || n === 2 || n === 3 || n === 4 ? { kind: 'status', n } : restart(byte);
    },
    reset(): void {
      seen = [];
    },
  };
}
