import type { createArmed } from './faults.ts';

/** How what the reader says gets onto the wire, with what the armed faults make of it. */
export function createMouth(armed: ReturnType<typeof createArmed>) {
  let output: ((bytes: Uint8Array) => void) | undefined;
  let unplug = () => {};
  /** Done, and not answered yet. */
  let late: Uint8Array | undefined;
  /** Comes in one chunk with what is said next. */
  let held = new Uint8Array();

  function say(bytes: Uint8Array): void {
    if (armed.find('silent')) return;
    const all = Uint8Array.from([...held, ...bytes]);
    held = new Uint8Array();
    const size = armed.find('pieces')?.bytes ?? all.length;
    for (let at = 0; at < all.length; at += size) output?.(all.subarray(at, at + size));
  }

  function speak(): void {
    const bytes = late;
    late = undefined;
    if (bytes) say(bytes);
  }

  return {
    say,
    speak,
    /** The answer to a command, or its repetition. */
    answer(command: Uint8Array, whole: Uint8Array): void {
      let bytes = whole;
      if (armed.take('wrongCheck', command))
        bytes = bytes.map((byte, i) => (i === whole.length - 1 ? byte ^ 0xff : byte));
      const lost = armed.take('lostByte', command);
      if (lost) bytes = bytes.filter((_, i) => i !== Math.min(lost.at, whole.length - 1));
      const junk = armed.take('junkBefore', command);
      if (junk) bytes = Uint8Array.from([...junk.bytes, ...bytes]);
      if (armed.take('answeredTwice', command)) bytes = Uint8Array.from([...bytes, ...bytes]);
      if (armed.take('lateAnswer', command)) {
        late = bytes;
        return;
      }
      const cut = armed.take('unplugged', command);
      if (!cut) return say(bytes);
      say(bytes.subarray(0, cut.afterBytes));
      unplug();
    },
    isHolding: () => held.length > 0,
    hold(bytes: Uint8Array): void {
      held = Uint8Array.from([...held, ...bytes]);
    },
    /** The confirmation of a cancel, and in one chunk with it what came too late. */
    confirm(bytes: Uint8Array): void {
      say(Uint8Array.from([...bytes, ...(late ?? [])]));
      late = undefined;
    },
    forget(): void {
      late = undefined;
      held = new Uint8Array();
    },
    attach(to: (bytes: Uint8Array) => void): () => void {
      output = to;
      return () => {
        if (output === to) output = undefined;
      };
    },
    onUnplug(pull: () => void): void {
      unplug = pull;
    },
  };
}
