import type {
  CreateReaderProtocol,
  ReaderPort,
  ReaderReply,
  ReaderRequest,
  ReaderState,
} from '../card-reader/reader.ts';
import { ALLOW_ENTRY, type Command, isMove, type Reply, reset, SERIAL_NUMBER, STATUS } from './commands.ts';
import { createExchange } from './exchange.ts';
import type { Model } from './models.ts';
import { failureOf, NOT_RESET } from './refusals.ts';
import { carryOut, mediaOf, type Power, type Steps } from './requests.ts';

/** How often an idle reader is asked where the card is, in ms: with a lost reply in between still within CRD-007's two seconds. */
const POLL_MS = 500;

interface Work {
  request: ReaderRequest;
  reply(reply: ReaderReply): void;
}

/** The protocol of the F2 family (CRT-591 on a serial line, CRT-288K on USB HID): a synchronous state machine without clock and I/O. */
export const createF2Protocol =
  (model: Model): CreateReaderProtocol =>
  (port: ReaderPort) => {
    const exchange = createExchange(model, port);
    const power: Power = { chip: undefined };
    /** `busy`: starting, polling or serving a request. */
    let phase: 'closed' | 'starting' | 'busy' | 'idle' = 'closed';
    /** Under way, or waiting for a poll to end. */
    let work: Work | undefined;
    let media: ReaderState['media'] = 'unknown';

    function tell(now: ReaderState['media']): void {
      if (now === media) return;
      media = now;
      port.stateChanged({ media });
    }

    /** Asks one command after the other; `end` is called only where every one of them was answered. */
    function run<Result>(steps: Steps<Result>, end: (result: Result) => void): void {
      const advance = ({ done, value }: IteratorResult<Command, Result>): void => {
        if (done) return end(value);
        exchange.begin(value, (outcome) => {
          if (outcome.kind === 'silent') return breakOff(outcome.detail);
          note(value, outcome);
          // A reader that lost its power knows nothing any more, and may be another one.
          if (outcome.kind === 'refused' && outcome.code === NOT_RESET)
            return breakOff('the reader was restarted');
          advance(steps.next(outcome));
        });
      };
      advance(steps.next());
    }

    /** Every good reply says where the card is. A jam is over only when a card has been moved, or is gone. */
    function note(command: Command, reply: Reply): void {
      if (reply.kind === 'done') {
        const now = mediaOf(model, reply.state);
        if (media !== 'jammed' || now === 'notPresent' || isMove(command)) tell(now);
      } else if (failureOf(reply.code).failed.why === 'jammed') tell('jammed');
      else if (command === STATUS && media !== 'jammed') tell('unknown');
    }

    function breakOff(reason: string): void {
      const { reply } = work ?? {};
      close();
      reply?.({ failed: { why: 'silent', sent: true }, detail: reason });
      port.reopen(reason);
    }

    function close(): void {
      phase = 'closed';
      work = undefined;
      power.chip = undefined;
      media = 'unknown';
      exchange.stop();
    }

    function rest(): void {
      phase = 'idle';
      if (work) serve(work);
      else port.setTimer(POLL_MS);
    }

    function serve({ request, reply }: Work): void {
      phase = 'busy';
      run(carryOut(request, model, power), (answer) => {
        work = undefined;
        // The next request may come within the reply.
        rest();
        reply(answer);
      });
    }

    function poll(): void {
      phase = 'busy';
      run(all([STATUS]), rest);
    }

    function start(): void {
      phase = 'starting';
      const entry = model.keeps === 'motor' ? [ALLOW_ENTRY] : [];
      run(all([reset(model.reset), SERIAL_NUMBER, ...entry, STATUS]), (refusal) => {
        if (refusal !== undefined) return breakOff(refusal);
        rest();
        port.ready();
      });
    }

    return {
      model: model.name,
      holdsCard: true,
      cards: ['cpu', 'sle4442'],
      request(request, reply) {
        if (phase === 'closed' || phase === 'starting')
          return reply({ failed: { why: 'silent', sent: false }, detail: `the reader is ${phase}` });
        work = { request, reply };
        if (phase === 'idle') serve(work);
      },
      opened() {
        close();
        start();
      },
      lost(reason) {
        const { reply } = work ?? {};
        close();
        reply?.({ failed: { why: 'silent', sent: true }, detail: reason });
      },
      bytes: exchange.bytes,
      timer() {
        if (phase === 'idle') poll();
        else exchange.timer();
      },
    };
  };

/** One command after the other; ends early with what was refused. */
function* all(commands: readonly Command[]): Steps<string | undefined> {
  for (const command of commands) {
    const reply = yield command;
    if (reply.kind === 'refused') return failureOf(reply.code).detail;
  }
  return undefined;
}
