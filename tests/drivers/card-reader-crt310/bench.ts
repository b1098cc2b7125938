import type { Static } from 'typebox';
import { cardReader, type MeterCard } from '../../../contracts/devices/card-reader.ts';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import { type Completion, checkOf, completionSchema } from '../../../contracts/operation.ts';
import { createCardReaderDriver } from '../../../drivers/card-reader/driver.ts';
import type { WriteRequest } from '../../../drivers/card-reader/write-request.ts';
import { createCrt310 } from '../../../drivers/card-reader-crt310/protocol.ts';
import { type Crt310, emulateCrt310 } from '../../../simulators/devices/card-reader-crt310/reader.ts';
import type { Card, Chip } from '../../../simulators/devices/cards/chip.ts';

export { only } from '../card-reader/bench.ts';

type Status = Static<typeof cardReader.status>;

/** The driver at the emulated reader, on a wire that takes no time; the only clock is the test's. */
export function bench(reader: Crt310 = emulateCrt310()) {
  let now = 0;
  let due: number | undefined;
  let isConnected = false;
  const seen = { statuses: [] as Status[], reopened: [] as string[], sent: [] as string[] };
  const records = new Map<string, KeyRecord>();
  const late = new Set<string>();
  const driver = createCardReaderDriver({
    create: createCrt310,
    port: {
      write(bytes) {
        seen.sent.push(Buffer.from(bytes).toString('hex').toUpperCase());
        if (isConnected) reader.input(bytes);
      },
      setTimer(ms) {
        due = ms === undefined ? undefined : now + ms;
      },
      statusChanged: () => {
        seen.statuses.push(driver.status() as Status);
      },
      reopen: (reason) => {
        seen.reopened.push(reason);
        unplug();
      },
    },
  });
  let detach = () => {};
  seen.statuses.push(driver.status() as Status);
  reader.onUnplug(() => b.unplug());

  function unplug(): void {
    isConnected = false;
    detach();
  }

  function plugIn(): void {
    isConnected = true;
    detach = reader.attach((bytes) => {
      if (isConnected) driver.bytes(bytes);
    });
    driver.opened();
  }

  /** Time passes until then, or until nothing is under way in it. */
  function pass(ms: number): void {
    const until = now + ms;
    while (due !== undefined && due <= until) {
      now = due;
      due = undefined;
      driver.timer();
    }
    now = until;
  }

  /** Until all of them have ended; throws where a minute is not enough. */
  function settle(ends: readonly Completion[]): Completion {
    for (let i = 0; ends.length === 0 && i < 600; i++) {
      pass(100);
      if (!isConnected && seen.reopened.length > 0) break;
    }
    const [first] = ends;
    if (first === undefined || ends.length !== 1) throw new Error(`${ends.length} ends instead of one`);
    return first;
  }

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
    driver.question({
      operation,
      data,
      recall: (key) => records.get(key),
      answer(completion) {
        fits(operation, completion);
        ends.push(completion);
      },
    });
    return ends;
  }

  let keys = 0;
  const b = {
    driver,
    reader,
    seen,
    pass,
    settle,
    plugIn,
    /** Somebody pulls the plug, and the transport notices. */
    unplug() {
      unplug();
      driver.lost('unplugged');
    },
    expire: (key: string) => void late.add(key),
    status: () => driver.status() as Status,
    /** The host closed the line or lost it, and opens it anew. */
    reconnect() {
      seen.reopened.length = 0;
      plugIn();
      pass(3_000);
    },
    /** A person puts a card in; the next poll finds it. */
    insert(card: Card) {
      reader.slot.insert(card);
      pass(600);
    },
    begin: {
      read: () => question('read', {}),
      write: (request: WriteRequest, key = `w${keys++}`) => command('write', request, key),
      release: (key = `r${keys++}`) => command('release', {}, key),
    },
    read: () => settle(question('read', {})),
    write: (request: WriteRequest, key = `w${keys++}`) => settle(command('write', request, key)),
    release: (key = `r${keys++}`) => settle(command('release', {}, key)),
    inquire: (originalKey: string) =>
      settle(question('inquire', { originalKey })).result as { standing: string; errorCode?: string },
    readMeter(): MeterCard {
      const { result, error } = b.read();
      if ((result as MeterCard | undefined)?.card !== 'meter')
        throw new Error(`no meter card: ${JSON.stringify(result ?? error)}`);
      return result as MeterCard;
    },
  };
  return b;
}

export type Bench = ReturnType<typeof bench>;

/** A connected reader with a card in it. */
export function withCard(chip: Chip | undefined, reader?: Crt310): Bench {
  const b = bench(reader);
  b.plugIn();
  b.insert({ name: '电卡', chip });
  return b;
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
