import type { MeterCard } from '../../../contracts/devices/card-reader.ts';
import { cardReader } from '../../../contracts/devices/card-reader.ts';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import { type Completion, checkOf, completionSchema } from '../../../contracts/operation.ts';
import { createCardReaderDriver } from '../../../drivers/card-reader/driver.ts';
import type { WriteRequest } from '../../../drivers/card-reader/write-request.ts';
import { fakeReader } from './fake-reader.ts';
import type { TestCard } from './test-card.ts';

export { type Change, cardOf, layoutOf, NEWER, PURCHASE, sealed, VOID } from './change.ts';

/** The driver over a fake reader. */
export function bench() {
  const reader = fakeReader();
  const seen = { statusChanges: 0, reopened: [] as string[] };
  const records = new Map<string, KeyRecord>();
  const late = new Set<string>();
  const driver = createCardReaderDriver({
    create: reader.create,
    port: {
      write() {},
      setTimer() {},
      statusChanged: () => {
        seen.statusChanges++;
      },
      reopen: (reason) => seen.reopened.push(reason),
    },
  });

  function command(operation: 'write' | 'release', data: unknown, key: string): Completion[] {
    const ends: Completion[] = [];
    const record: KeyRecord = { key, operation, content: '', requestId: key, at: 0 };
    records.set(key, record);
    driver.command({
      operation,
      key,
      data,
      expiry: 0,
      processing() {},
      late: () => late.has(key),
      complete(completion) {
        fits(operation, completion);
        ends.push(completion);
        records.set(key, { ...record, completion });
      },
    });
    return ends;
  }

  function question(operation: 'read' | 'inquire', data: unknown): Completion[] {
    const ends: Completion[] = [];
    const answer = (completion: Completion) => {
      fits(operation, completion);
      ends.push(completion);
    };
    driver.question({ operation, data, recall: (key) => records.get(key), answer });
    return ends;
  }

  let keys = 0;
  return {
    driver,
    reader,
    seen,
    expire: (key: string) => void late.add(key),
    status: () => driver.status(),
    readAll: () => question('read', {}),
    writeAll: (request: WriteRequest, key = `w${keys++}`) => command('write', request, key),
    releaseAll: (key = `r${keys++}`) => command('release', {}, key),
    inquire: (originalKey: string) => question('inquire', { originalKey })[0]?.result,
    /** One whole operation, answered at once. */
    read: () => only(question('read', {})),
    write: (request: WriteRequest, key = `w${keys++}`) => only(command('write', request, key)),
    release: (key = `r${keys++}`) => only(command('release', {}, key)),
    readMeter(): MeterCard {
      const { result, error } = only(question('read', {}));
      if ((result as MeterCard | undefined)?.card !== 'meter')
        throw new Error(`no meter card: ${JSON.stringify(result ?? error)}`);
      return result as MeterCard;
    },
  };
}

export type Bench = ReturnType<typeof bench>;

/** A connected reader with a card in it. */
export function withCard(card: TestCard): Bench {
  const b = bench();
  b.reader.slot = card;
  b.driver.opened();
  return b;
}

export function only<T>(all: readonly T[]): T {
  const [first] = all;
  if (first === undefined || all.length !== 1) throw new Error(`${all.length} ends instead of one`);
  return first;
}

const misfits = {
  read: checkOf(completionSchema(cardReader.operations.read.result)),
  write: checkOf(completionSchema(cardReader.operations.write.result)),
  release: checkOf(completionSchema(cardReader.operations.release.result)),
  inquire: checkOf(completionSchema(cardReader.operations.inquire.result)),
};

/** What does not fit the contract may not leave the driver. */
function fits(operation: keyof typeof misfits, completion: Completion): void {
  const misfit = misfits[operation](completion);
  if (misfit) throw new Error(`${operation}: ${misfit}: ${JSON.stringify(completion)}`);
}
