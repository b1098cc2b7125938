import { type Command, type Reply, replyTo, textOf } from './commands.ts';
import { ACK, createFrames, EOT, frameOf, type LineEvent, NAK } from './frame.ts';
import type { Model } from './models.ts';

/** What became of a command. `silent`: there is no right reply, and none that comes later may be taken for another's. */
export type Outcome = Reply | { kind: 'silent'; detail: string };

/** How soon the reader acknowledges a frame, and an EOT; in ms. */
const ACK_MS = 300;
/** A frame that has begun goes on within this time, in ms. */
const GAP_MS = 200;
/** What belongs to a spoiled reply comes within this time and is dropped; only then the reply is asked for again. In ms. */
const PAUSE_MS = 100;
const MAX_RESENDS = 3;
const MAX_BAD_REPLIES = 3;
/** Whole replies that answer something else. */
const MAX_STRAYS = 8;

/** idle → unacknowledged → replying ⇄ pausing → idle; out of time → cancelling → idle. */
type Phase = 'idle' | 'unacknowledged' | 'replying' | 'pausing' | 'cancelling';

/**
 * One command after the other: frame, ACK, reply, ACK. Replies carry no number, so order is all there is: only what comes behind
 * the command's own ACK may answer it, and after a reply that did not come the line has to be opened and the reader reset before
 * anything is asked again.
 *
 * In every transition `write` comes last: the answer may come back inside the call.
 */
export function createExchange(
  model: Model,
  port: { write(bytes: Uint8Array): void; setTimer(ms: number | undefined): void },
) {
  const frames = createFrames(model);
  let events: LineEvent[] = [];
  let isHandling = false;
  let phase: Phase = 'idle';
  let current: { command: Command; done(outcome: Outcome): void } | undefined;
  let resends = 0;
  let badReplies = 0;
  let strays = 0;
  let trouble = '';

  function enter(next: Phase, ms: number | undefined, bytes?: Uint8Array): void {
    phase = next;
    port.setTimer(ms);
    if (bytes) port.write(bytes);
  }

  function forget(): void {
    frames.clear();
    events = [];
  }

  function send(command: Command): void {
    // What came before it was sent can't answer it.
    forget();
    enter('unacknowledged', ACK_MS, frameOf(textOf(command), model));
  }

  function resend(command: Command, detail: string): void {
    if (resends === MAX_RESENDS) return end({ kind: 'silent', detail });
    resends++;
    send(command);
  }

  function end(outcome: Outcome, bytes?: Uint8Array): void {
    const done = current?.done;
    current = undefined;
    enter('idle', undefined, bytes);
    done?.(outcome);
  }

  /** The reader took the command, and its reply is lost: it may still be at work. */
  function giveUp(detail: string): void {
    trouble = detail;
    forget();
    if (!model.canCancel) return end({ kind: 'silent', detail });
    enter('cancelling', ACK_MS, Uint8Array.of(EOT));
  }

  function badReply(): void {
    if (++badReplies > MAX_BAD_REPLIES) return giveUp(`${badReplies} spoiled replies`);
    enter('pausing', PAUSE_MS);
  }

  function take(event: LineEvent): void {
    if (!current) return;
    const { command } = current;
    if (phase === 'cancelling') {
      if (event.kind === 'cancelled') end({ kind: 'silent', detail: trouble });
    } else if (phase === 'unacknowledged') {
      if (event.kind === 'ack') enter('replying', command.replyMs);
      // It proves that the command was not taken, so anything may be sent again.
      if (event.kind === 'nak') resend(command, `not accepted ${MAX_RESENDS + 1} times`);
    } else if (phase === 'replying') {
      if (event.kind === 'broken') badReply();
      if (event.kind === 'text') takeText(command, event.text);
    }
  }

  function takeText(command: Command, text: Uint8Array): void {
    const reply = replyTo(command, text, model);
    if (reply) return end(reply, Uint8Array.of(ACK));
    if (++strays === MAX_STRAYS) return giveUp(`${strays} replies to something else`);
    enter('replying', command.replyMs, Uint8Array.of(ACK));
  }

  return {
    isBusy: () => current !== undefined,
    /** @param done is called once, maybe within the call; never after {@link stop} */
    begin(command: Command, done: (outcome: Outcome) => void): void {
      current = { command, done };
      resends = 0;
      badReplies = 0;
      strays = 0;
      send(command);
    },
    stop(): void {
      current = undefined;
      forget();
      enter('idle', undefined);
    },
    bytes(chunk: Uint8Array): void {
      if (phase === 'idle' || phase === 'pausing') return;
      events.push(...frames.push(chunk));
      // An answer that comes back inside a write waits for its turn behind the earlier ones.
      if (isHandling) return;
      isHandling = true;
      for (let event = events.shift(); event; event = events.shift()) take(event);
      isHandling = false;
      if (phase === 'replying' && frames.isPartial()) port.setTimer(GAP_MS);
    },
    timer(): void {
      if (!current) return;
      const { command } = current;
      if (phase === 'cancelling') end({ kind: 'silent', detail: trouble });
      else if (phase === 'pausing') {
        forget();
        enter('replying', command.replyMs, Uint8Array.of(NAK));
      } else if (phase === 'replying') {
        if (frames.isPartial()) badReply();
        else giveUp(`no reply within ${command.replyMs} ms`);
      } else if (command.repeatable) resend(command, `no ACK to ${MAX_RESENDS + 1} tries`);
      else giveUp('no ACK');
    },
  };
}
