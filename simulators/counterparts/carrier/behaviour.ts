import type { Behaviour, Command, Question } from '../../../contracts/endpoint/behaviour.ts';
import { KEYS_KEPT } from '../../../contracts/endpoint/keys.ts';
import { type WireErrorCode, wireError } from '../../../contracts/errors.ts';
import type { Completion, RequestOf, ResultOf } from '../../../contracts/operation.ts';
import type { carrier } from '../../../contracts/profiles/carrier.ts';
import { DAY, SECOND } from '../../../contracts/time.ts';
import type { Books } from './books.ts';
import type { Conduct } from './conduct.ts';
import type { BookEvent, Charge } from './entries.ts';

type Operations = typeof carrier.operations;

/** When the adapter stops waiting for the carrier, in ms. */
export const TIMEOUT = 30 * SECOND;

export interface CarrierPorts {
  /** The carrier's time in ms. */
  now(): number;
  /** Calls `fn` after so many ms; the result takes it back. Timers are the only thing that moves without a request. */
  after(ms: number, fn: () => void): () => void;
  /** Keeps the events and then calls `done`, in the order of the calls; also for none, as a barrier. */
  keep(events: readonly BookEvent[], done: () => void): void;
}

export interface Carrier {
  behaviour: Behaviour;
  /** Whether something is still going to happen by itself. */
  busy(): boolean;
  /** Whether something is on its way to the disk. */
  writing(): boolean;
  /** Takes the timers back. What is due is decided after the next start, from the books. */
  stop(): void;
}

const success = <Result>(result: Result): Completion<Result> => ({ outcome: 'success', result });
const failure = (code: WireErrorCode): Completion => ({ outcome: 'failure', error: wireError(code) });
const unknown = (code: WireErrorCode): Completion => ({ outcome: 'unknown', error: wireError(code) });

/** The simulated carrier: what the books decide, told as the conduct says. */
export function createCarrier(
  books: Books,
  conductOf: (request: { key: string; account: string }) => Conduct,
  ports: CarrierPorts,
): Carrier {
  /** Commands of this process that still have to be told. A restart loses them, and an inquiry tells. */
  const live = new Map<string, { command: Command; conduct: Conduct }>();
  const timers = new Set<() => void>();
  let writing = 0;
  let disarm: (() => void) | undefined;

  const after = (ms: number, fn: () => void) => {
    const cancel = ports.after(ms, () => {
      timers.delete(cancel);
      fn();
    });
    timers.add(cancel);
    return () => {
      timers.delete(cancel);
      cancel();
    };
  };

  // Applied at once, so that the next decision sees it; told only when it is kept.
  const write = (events: readonly BookEvent[], then: () => void) => {
    for (const event of events) books.apply(event);
    writing += 1;
    ports.keep(events, () => {
      writing -= 1;
      then();
    });
  };

  const decide = () => {
    const events = [...books.decideCharges(ports.now()), ...books.decideApplications(ports.now())];
    const keys = events.flatMap((event) =>
      event.kind === 'charged' || event.kind === 'declined' ? [event.key] : [],
    );
    if (events.length > 0) write(events, () => keys.forEach(tell));
    arm();
  };
  const arm = () => {
    disarm?.();
    const next = books.nextDue();
    disarm = next === undefined ? undefined : after(Math.max(0, next - ports.now()), decide);
  };

  const tell = (key: string) => {
    const told = live.get(key);
    const charge = books.charge(key);
    if (!told || !charge || charge.standing === 'processing') return;
    live.delete(key);
    const end = endOf(charge, told.conduct);
    told.command.complete(end);
    if (told.conduct.flaw === 'toldTwice') told.command.complete(end);
  };

  const perform = (command: Command) => {
    const { account, amountFen } = command.data as RequestOf<Operations['perform']>;
    const { key } = command;
    const known = books.charge(key);
    if (known)
      return performAgain(command, known, account === known.account && amountFen === known.amountFen);
    const conduct = conductOf({ key, account });
    if (conduct.upstream === 'down') return command.complete(failure('counterpart.unreachable'));
    if (conduct.tell === 'timeout') after(TIMEOUT, () => command.complete(unknown('counterpart.timeout')));
    if (conduct.upstream === 'notReached') return;
    const at = ports.now();
    const code =
      books.obstacle(account) ??
      (conduct.upstream === 'decline' ? (conduct.code ?? 'counterpart.declined') : undefined);
    const due =
      conduct.delayMs === 'never' ? undefined : { at: at + (conduct.delayMs ?? 0), ...(code && { code }) };
    const events: BookEvent[] = [{ kind: 'taken', at, key, account, amountFen, ...(due && { due }) }];
    if (conduct.arrearsFen !== undefined)
      events.push({
        kind: 'subscriber',
        account,
        arrearsFen: conduct.arrearsFen,
        status: books.subscriber(account).status,
      });
    if (due?.at === at)
      events.push(code ? { kind: 'declined', at, key, code } : { kind: 'charged', at, key });
    if (conduct.tell === 'result') live.set(key, { command, conduct });
    write(events, () => {
      const counterpartNo = books.charge(key)?.counterpartNo;
      if (conduct.processing && counterpartNo) command.processing({ counterpartNo });
      tell(key);
    });
    arm();
  };

  /** The adapter has lost its journal, the carrier has not: our key is charged once (CRR-004). */
  const performAgain = (command: Command, known: Charge, same: boolean) => {
    if (!same) return command.complete(unknown('counterpart.ambiguous'));
    live.set(command.key, { command, conduct: { upstream: 'charge', tell: 'result' } });
    write([], () => {
      if (known.standing === 'processing') command.processing({ counterpartNo: known.counterpartNo });
      tell(command.key);
    });
  };

  const applyForReversal = (command: Command) => {
    const data = command.data as RequestOf<Operations['applyForReversal']>;
    const { key } = command;
    const known = books.application(key);
    if (!known && !books.mayApply(data)) return command.complete(failure('counterpart.declined'));
    const events: BookEvent[] = known
      ? []
      : [{ kind: 'applied', at: ports.now(), key, originalKey: data.originalKey }];
    write(events, () => command.complete(success({ applicationNo: books.application(key)?.applicationNo })));
    arm();
  };

  const inquire = ({ data, recall, answer }: Question) => {
    const { originalKey } = data as RequestOf<Operations['inquire']>;
    const charge = books.charge(originalKey);
    let result: ResultOf<Operations['inquire']> = { standing: 'notFound' };
    if (charge) {
      const { standing, account, amountFen, counterpartNo, code } = charge;
      result = { standing, account, amountFen, counterpartNo, ...(code && { errorCode: code }) };
    } else {
      // What never reached the carrier is not in its books; the adapter's journal may prove that.
      const end = recall(originalKey)?.completion;
      if (end?.outcome === 'failure' && end.error) result = { standing: 'failed', errorCode: end.error.code };
    }
    write([], () => answer(success(result)));
  };

  const inquireReversal = ({ data, answer }: Question) => {
    const application = books.application((data as RequestOf<Operations['inquireReversal']>).applicationKey);
    const result: ResultOf<Operations['inquireReversal']> = {
      standing: application?.standing ?? 'notFound',
      ...(application?.code && { errorCode: application.code }),
    };
    write([], () => answer(success(result)));
  };

  arm(); // what was waiting before a restart
  return {
    behaviour: {
      capabilities: { reversal: 'application', keepsKeysDays: KEYS_KEPT / DAY },
      status: () => ({ upstream: 'up' }),
      command: (command) => (command.operation === 'perform' ? perform(command) : applyForReversal(command)),
      question: (question) =>
        question.operation === 'inquire' ? inquire(question) : inquireReversal(question),
    },
    busy: () => timers.size > 0 || writing > 0,
    writing: () => writing > 0,
    stop() {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}

/** What the platform is told of a decided charge; CRR-001 is broken only where the conduct says so. */
function endOf({ account, amountFen, counterpartNo, standing, code }: Charge, { flaw }: Conduct): Completion {
  if (standing === 'failed') return failure(code ?? 'counterpart.declined');
  const told = flaw === 'wrongAmount' ? Math.max(1, amountFen - 100) : amountFen;
  return success({ account, amountFen: told, counterpartNo });
}
