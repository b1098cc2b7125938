import { type Answer, answerTo, type Command, SERIAL_NUMBER } from './commands.ts';
import { ACK, type Arrival, ENQ, EOT, frameOf, NAK } from './frame.ts';

/** How long the reader may take to acknowledge, in ms; and how often a frame, or a spoilt answer, is asked for again. */
const ACKNOWLEDGE_MS = 300;
const MAX_REPEATS = 3;
/** The longest pause inside an answer, in ms: after it, bytes of it are lost. */
const GAP_MS = 300;

type Phase = 'free' | 'cancelling' | 'acknowledge' | 'answer';

/**
 * The handshake of one command: frame, ACK, ENQ, answer. Nothing is done by the reader before ENQ, so until then a frame may be
 * repeated; afterwards never.
 *
 * An answer has no number: it only repeats its command. So where an answer is still owed, or may come twice, the next command has
 * to wait behind a fence: a cancel, then a command whose answer harms nobody. The reader answers in order, so whatever is old
 * comes before the fence's answer, and is dropped because it repeats another command.
 *
 * In every transition the write comes last: the answer may come back inside it.
 */
export function createHandshake(line: {
  write(bytes: Uint8Array): void;
  setTimer(ms: number | undefined): void;
}) {
  let phase: Phase = 'free';
  let current: { command: Command; end(answer: Answer): void } | undefined;
  /** What runs when the fence has been answered. */
  let fenced: typeof current;
  let repeats = 0;
  let inDoubt = true;
  /** An answer has begun to come. */
  let isComing = false;

  function enter(next: Phase, ms: number | undefined, bytes?: Uint8Array): void {
    phase = next;
    isComing = false;
    line.setTimer(ms);
    if (bytes) line.write(bytes);
  }

  const send = (command: Command) => enter('acknowledge', ACKNOWLEDGE_MS, frameOf(command.body));

  function begin(command: Command, end: (answer: Answer) => void): void {
    repeats = 0;
    current = { command, end };
    send(command);
  }

  function finish(answer: Answer): void {
    const ended = current;
    current = undefined;
    if ('silent' in answer) inDoubt = true;
    enter('free', undefined);
    ended?.end(answer);
  }

  function fence(): void {
    begin(SERIAL_NUMBER, (answer) => {
      const next = fenced;
      fenced = undefined;
      if ('silent' in answer) return next?.end(answer);
      inDoubt = false;
      if (next) begin(next.command, next.end);
    });
  }

  function repeat(reason: string): void {
    if (!current) return;
    if (repeats++ === MAX_REPEATS) finish({ silent: reason });
    else send(current.command);
  }

  /** It came spoilt, or bytes of it are missing. Noise may have looked like a frame: then the answer comes twice. */
  function askAgain(): void {
    inDoubt = true;
    if (!current) return;
    if (repeats++ === MAX_REPEATS) finish({ silent: `${MAX_REPEATS + 1} spoilt answers` });
    else enter('answer', current.command.answerMs, Uint8Array.of(NAK));
  }

  function takeControl(byte: number): void {
    if (phase === 'cancelling' && byte === EOT) return fence();
    if (phase !== 'acknowledge') return;
    if (byte === NAK) repeat(`the reader refused the frame ${MAX_REPEATS + 1} times`);
    if (byte === ACK && current) {
      repeats = 0;
      enter('answer', current.command.answerMs, Uint8Array.of(ENQ));
    }
  }

  return {
    /** One at a time. `end` is called once, maybe within the call; never where `reset` comes before. */
    run(command: Command, end: (answer: Answer) => void): void {
      if (!inDoubt) return begin(command, end);
      fenced = { command, end };
      enter('cancelling', ACKNOWLEDGE_MS, Uint8Array.of(EOT));
    },
    take(arrival: Arrival): void {
      if (arrival.kind === 'control') return takeControl(arrival.byte);
      if (phase !== 'answer' || !current) {
        // Nobody has asked for it: who knows what else is on its way.
        inDoubt = true;
      } else if (arrival.kind === 'frame') {
        const answer = answerTo(current.command, arrival.body);
        if (answer) finish(answer);
        else inDoubt = true;
      } else askAgain();
    },
    /** There is a frame that has begun and not ended. */
    coming(): void {
      if (phase !== 'answer') return;
      isComing = true;
      line.setTimer(GAP_MS);
    },
    /** A command is under way, and the timer is the handshake's. */
    busy: () => phase !== 'free',
    timer(): void {
      // Not every reader confirms a cancel when it has nothing to cancel.
      if (phase === 'cancelling') fence();
      else if (phase === 'acknowledge') repeat(`no acknowledgement to ${MAX_REPEATS + 1} frames`);
      else if (isComing) askAgain();
      else if (current) finish({ silent: `no answer within ${current.command.answerMs} ms` });
    },
    /** The connection is gone, or new: nothing is under way, and old answers may still come. */
    reset(): void {
      phase = 'free';
      isComing = false;
      current = undefined;
      fenced = undefined;
      inDoubt = true;
    },
  };
}
