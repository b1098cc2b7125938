import type { CancelStanding } from '../cancel.ts';
import type { Envelope } from '../envelope.ts';
import type { WireErrorCode } from '../errors.ts';
import { type Completion, checkOf } from '../operation.ts';
import type { Behaviour, KeyRecord } from './behaviour.ts';
import { canonical, contentOf, forgetOld, isSameContent, type OpenKey } from './keys.ts';
import type { PlatformTime } from './platform-time.ts';
import { failure, fitting, type Served, unknown } from './served.ts';
import type { Asker, Voice } from './voice.ts';

export interface Commands {
  request(envelope: Envelope, served: Served): void;
  /** So many records, counted from the start, are on stable storage. */
  durable(count: number): void;
  recall(key: string): KeyRecord | undefined;
  /** Keeps the command with this key from beginning, if it has not; `answer` is called once it has ended (OPR-011). */
  cancel(key: string, answer: (standing: CancelStanding) => void): void;
  /** Calls `then` when what is known of these keys is on stable storage: at once, where nothing is under way. */
  settled(keys: readonly string[], then: () => void): void;
  inFlight(): number;
}

export interface CommandsOptions {
  behaviour: Behaviour;
  voice: Voice;
  time: PlatformTime;
  now(): number;
  journal(record: KeyRecord): void;
  known: readonly KeyRecord[];
  servedBy(operation: string): Served | undefined;
}

/** Refused before it was accepted: nothing was started, and nothing will be. */
const isRefusal = (completion: Completion | undefined) =>
  completion?.error?.code === 'contract.expired' || completion?.error?.code === 'contract.timeUnknown';

const CANCELED = failure('contract.canceled');
/** How a behaviour ends what is too late to begin; it does not know why. */
const isExpired = ({ error }: Completion) => error?.code === 'contract.expired';
const standingOf = ({ error }: Completion): CancelStanding =>
  error?.code === 'contract.canceled' ? 'canceled' : 'ended';

/** The life of every command: once per key, journaled before it is told, in time or not at all. */
export function createCommands(options: CommandsOptions): Commands {
  const { behaviour, voice, time, now, journal, servedBy } = options;
  /** What the journal holds of each key, or is about to hold of a new one, in the order of acceptance. */
  const keys = new Map<string, KeyRecord>();
  const open = new Map<string, OpenKey>();
  const waiting: (() => void)[] = [];
  let durableCount = 0;

  const write = (record: KeyRecord, then: () => void) => {
    waiting.push(then);
    journal(record);
  };

  /** Why no effect may be started now (OPR-005, OPR-006). */
  const obstacle = (expiry: number): 'contract.timeUnknown' | 'contract.expired' | undefined => {
    const platformNow = time.at(now());
    if (platformNow === undefined) return 'contract.timeUnknown';
    return platformNow > expiry ? 'contract.expired' : undefined;
  };

  /** Journals an end, then tells everybody who waits for it. */
  const end = (entry: OpenKey, completion: Completion, type: string) => {
    entry.end = completion;
    // Ended keys are kept for weeks: what only an open one needs goes.
    const { key, operation, content, at } = entry.record;
    const record: KeyRecord = { key, operation, content, at, completion };
    write(record, () => {
      keys.set(key, record);
      open.delete(key);
      for (const asker of entry.askers) voice.replySurely(asker, type, completion);
      for (const answer of entry.cancelers) answer(standingOf(completion));
    });
  };

  const start = (entry: OpenKey, { data, expiry }: { data: unknown; expiry: number }, served: Served) => {
    const { completed, processing } = served.types;
    // Once more: the journal may have taken longer than the deadline allowed.
    const late = entry.canceled ? 'contract.canceled' : obstacle(expiry);
    if (late) return end(entry, failure(late), completed);
    const command = {
      operation: served.name,
      key: entry.record.key,
      data,
      expiry,
      late: () => entry.canceled || obstacle(expiry) !== undefined,
      processing(more = {}) {
        if (entry.end) return; // OPR-010: only before the end
        entry.processing = more;
        for (const asker of entry.askers) voice.reply(asker, processing, more);
      },
      complete(said: Completion) {
        const completion = fitting(entry.canceled && isExpired(said) ? CANCELED : said, served);
        if (!entry.end) return end(entry, completion, completed);
        if (canonical(entry.end) !== canonical(completion))
          throw new Error(
            `${served.name} ${entry.record.key} has ended as ${entry.end.outcome} and can't end again otherwise (OPR-002)`,
          );
        // The same end told twice is a repeat, which OPR-002 allows.
        if (open.get(command.key) === entry) entry.askers.push(entry.first);
        else voice.replySurely(entry.first, completed, completion);
      },
    };
    try {
      behaviour.command(command);
    } catch (error) {
      if (entry.end) throw error;
      // Its name only: the text of an error may hold personal data.
      end(entry, unknown('adapter.internal', error instanceof Error ? error.name : undefined), completed);
    }
  };

  const repeat = (record: KeyRecord, asker: Asker, data: unknown, served: Served) => {
    const { accepted, processing, completed } = served.types;
    const { key, operation, content, completion } = record;
    if (operation !== served.name || !isSameContent(content, data))
      return voice.reply(asker, completed, failure('contract.conflict')); // OPR-004
    const entry = open.get(key);
    if (entry && !entry.askers.some((known) => known.id === asker.id)) entry.askers.push(asker);
    if (entry?.durable === false) return;
    if (!isRefusal(completion)) voice.reply(asker, accepted, {});
    if (completion)
      voice.replySurely(asker, completed, completion); // OPR-003
    else if (entry?.processing) voice.reply(asker, processing, entry.processing);
  };

  const begin = (record: KeyRecord, first: Asker, durable: boolean): OpenKey => {
    const entry = {
      record,
      first,
      durable,
      end: undefined,
      processing: undefined,
      askers: [first],
      canceled: false,
      cancelers: [],
    };
    open.set(record.key, entry);
    return entry;
  };

  const first = (
    asker: Asker,
    request: { key: string; content: string; data: unknown; expiry: number },
    served: Served,
  ) => {
    const { accepted, completed } = served.types;
    const late = obstacle(request.expiry);
    const at = now();
    forgetOld(keys, at);
    const record: KeyRecord = {
      key: request.key,
      operation: served.name,
      content: request.content,
      requestId: asker.id,
      ...(asker.correlation === undefined ? {} : { correlation: asker.correlation }),
      at,
    };
    keys.set(request.key, record);
    const entry = begin(record, asker, false);
    // OPR-005, OPR-006: journaled, so that no belated copy, no clock set back and no later beat can start it.
    if (late) return end(entry, failure(late), completed);
    write(record, () => {
      entry.durable = true;
      for (const each of entry.askers) voice.reply(each, accepted, {}); // OPR-001
      start(entry, request, served);
    });
  };

  // OPR-007: what a restart left open can't be proved any more.
  for (const record of options.known) {
    const { key, completion } = record;
    keys.set(key, record);
    const served = servedBy(record.operation);
    if (completion || !served) continue;
    end(begin(record, firstOf(record), true), unknown('adapter.restarted'), served.types.completed);
  }

  return {
    request(envelope, served) {
      const { id, correlation, key, expiry, data } = envelope;
      const asker: Asker = { id, ...(correlation && { correlation }), ...(key && { key }) };
      const refuse = (code: WireErrorCode, detail: string) =>
        voice.reply(asker, served.types.completed, failure(code, detail));
      if (key === undefined) return refuse('contract.malformed', 'idempotencykey is missing (ENV-004)');
      const known = keys.get(key);
      // Before all other checks: «effect none» of a repeat would speak of the first request, too (ERR-002).
      if (known) return repeat(known, asker, data, served);
      if (expiry === undefined) return refuse('contract.malformed', 'expirytime is missing (ENV-004)');
      const wrong = checkOf(served.operation.request)(data);
      if (wrong !== undefined) return refuse('contract.invalidData', wrong);
      first(asker, { key, content: contentOf(data), data, expiry }, served);
    },
    durable(count) {
      for (; durableCount < count; durableCount++) waiting.shift()?.();
    },
    recall: (key) => (open.get(key)?.durable === false ? undefined : keys.get(key)),
    cancel(key, answer) {
      const entry = open.get(key);
      if (!entry) {
        const completion = keys.get(key)?.completion;
        return answer(completion ? standingOf(completion) : 'notFound');
      }
      entry.canceled = true;
      entry.cancelers.push(answer);
    },
    settled(asked, then) {
      if (!asked.some((key) => open.get(key)?.durable === false)) return then();
      // The last write under way covers them all.
      const last = waiting.pop();
      waiting.push(() => {
        last?.();
        then();
      });
    },
    inFlight: () => open.size,
  };
}

/** Whoever asked first, as the journal has it. */
const firstOf = ({ requestId: id = '', correlation, key }: KeyRecord): Asker => ({
  id,
  key,
  ...(correlation === undefined ? {} : { correlation }),
});
