import type { MeterCard } from '../../../contracts/devices/card-reader.ts';
import { cardReader } from '../../../contracts/devices/card-reader.ts';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import { type Completion, checkOf, completionSchema } from '../../../contracts/operation.ts';
import { createCardReaderDriver } from '../../../drivers/card-reader/driver.ts';
import type { WriteRequest } from '../../../drivers/card-reader/write-request.ts';
import { authorizationOf, headerOf, sealOf } from '../../../simulators/devices/cards/issuer.ts';
import type { FileName } from '../../../simulators/devices/cards/meter-files.ts';
import { fakeReader } from './fake-reader.ts';
import {
  EMPTY,
  type Files,
  parameters,
  returned,
  SERIAL,
  type TestCard,
  testCard,
  textOf,
  wallet,
} from './test-card.ts';

/** A card between two states, the amounts in fen. */
export interface Change {
  name: string;
  before: { files: Files; amountFen: number; count: number };
  after: { files: Files; amountFen: number; count: number };
}

const inserted = (): Files => ({
  parameters: parameters('replacement'),
  wallet: wallet(5_000, 255),
  returned: returned(255, 5_030),
});
const sold = (): Files => ({
  parameters: parameters('purchase'),
  wallet: wallet(10_000, 256),
  returned: EMPTY,
});

/** The count has a carry, so that a tear in it shows. */
export const PURCHASE: Change = {
  name: 'purchase',
  before: { files: inserted(), amountFen: 5_000, count: 255 },
  after: { files: sold(), amountFen: 10_000, count: 256 },
};

export const VOID: Change = { name: 'void', before: PURCHASE.after, after: PURCHASE.before };

export const NEWER: Change = {
  name: 'purchase on a card of 2013',
  before: { ...PURCHASE.before, files: { ...inserted(), returned: returned(255, 5_030, '2013') } },
  after: { ...PURCHASE.after, files: { ...sold(), returned: new Uint8Array(50) } },
};

export const layoutOf = ({ before }: Change) => (before.files.returned.length === 50 ? '2013' : '2009');

/** A card as the change finds it. */
export const cardOf = (change: Change, options: { serial?: string } = {}): TestCard =>
  testCard(change.before.files, options);

/** The write request of this change for one session, sealed. */
export function sealed(change: Change, challenge: string, serial = SERIAL): WriteRequest {
  const file = (name: FileName) => {
    const data = change.after.files[name];
    const header = headerOf(layoutOf(change), name, data.length);
    return { file: name, data: textOf(data), mac: sealOf(serial, challenge, header, data) };
  };
  const { before, after } = change;
  return {
    serial,
    challenge,
    before: { amountFen: before.amountFen, count: before.count },
    after: { amountFen: after.amountFen, count: after.count },
    authorization: authorizationOf(serial, challenge),
    // Not the order of writing: that is the driver's business.
    files: [file('wallet'), file('parameters'), file('returned')],
  };
}

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
