/** A button under the counter: a contact, and the adapter that reads it onto a serial line. */
export interface AlarmButton {
  input(chunk: Uint8Array): void;
  /** Where it speaks to; answers the function that parts them. */
  attach(output: (bytes: Uint8Array) => void): () => void;
  /** Somebody pushes it; real contacts open and close a few times before they rest. */
  push(bounces?: number): void;
  letGo(bounces?: number): void;
  /** How often it was pushed. */
  pushes(): number;
  /** The adapter says nothing any more, whatever it is asked. */
  mute(on: boolean): void;
}

const CLOSED = 0x50;
const OPEN = 0x52;

export function createAlarmButton(): AlarmButton {
  let closed = false;
  let muted = false;
  let pushes = 0;
  let output: ((bytes: Uint8Array) => void) | undefined;

  const say = () => {
    if (!muted) output?.(Uint8Array.of(closed ? CLOSED : OPEN));
  };
  function move(to: boolean, bounces: number): void {
    if (closed === to) return;
    for (let i = 0; i < 2 * bounces + 1; i++) {
      closed = !closed;
      say();
    }
  }

  return {
    input(chunk) {
      for (const byte of chunk) if (byte === 0x3f) say();
    },
    attach(to) {
      output = to;
      return () => {
        if (output === to) output = undefined;
      };
    },
    push(bounces = 0) {
      if (!closed) pushes += 1;
      move(true, bounces);
    },
    letGo: (bounces = 0) => move(false, bounces),
    pushes: () => pushes,
    mute(on) {
      muted = on;
    },
  };
}
