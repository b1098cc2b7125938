import { join } from 'node:path';
import { connectEndpoint } from '../../../contracts/endpoint/connect.ts';
import { type JsonLines, openJsonLines } from '../../../contracts/endpoint/json-lines.ts';
import { carrier as profile } from '../../../contracts/profiles/carrier.ts';
import type { Place } from '../../../contracts/topics.ts';
import { createCarrier } from './behaviour.ts';
import { type Books, createBooks } from './books.ts';
import { type ConductOf, createConduct, type Rule, readScript } from './conduct.ts';
import type { BookEvent } from './entries.ts';

/** The place that the simulated carrier's adapter has on the wire. */
export const CARRIER_PLACE: Place = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' };

export interface CarrierOptions {
  url: string;
  password: string;
  /** Where the books and the adapter's journal are kept; without it in memory. */
  folder?: string;
  clock: {
    /** The carrier's and the adapter's time in ms; it must not go back. */
    now(): number;
    /** Calls `fn` after so many ms; the result takes it back. */
    after(ms: number, fn: () => void): () => void;
  };
  /** See {@link readScript}: its errors name what is wrong. */
  script?: unknown;
  seed?: number;
  log?: (line: string) => void;
}

export interface RunningCarrier {
  close(): Promise<void>;
  /**
   * Ends and starts again, as a process would: what it still had to tell is found by an inquiry, from the books. How it behaves
   * stays, with the rules that are used up. Without a folder the books are empty afterwards.
   */
  restart(): Promise<void>;
  /** The next top-ups that the rule fits behave so, whatever script and magic numbers say. */
  inject(rule: Rule): void;
  /** The carrier's truth, for a test to look at. */
  readonly books: Books;
  /** Whether something is on its way to the disk. */
  writing(): boolean;
}

/** Starts the simulated China Mobile with its adapter, `cp.china-mobile.1`. Resolves before it is connected. */
export async function startCarrier(options: CarrierOptions): Promise<RunningCarrier> {
  const { seed } = options;
  const script = options.script === undefined ? [] : readScript(options.script);
  const conductOf = createConduct({ script, ...(seed === undefined ? {} : { seed }) });
  let life = await begin(options, conductOf);
  return {
    close: () => life.close(),
    async restart() {
      await life.close();
      life = await begin(options, conductOf);
    },
    inject: conductOf.add,
    get books() {
      return life.books;
    },
    writing: () => life.writing(),
  };
}

/** One life of its process: from what the files hold to `close`. */
async function begin(options: CarrierOptions, conductOf: ConductOf) {
  const { url, password, folder, clock, log = () => {} } = options;
  const failed = (error: Error) => log(`china-mobile: ${error.message}. It answers nothing until then`);
  const kept = folder
    ? await openJsonLines(join(folder, 'china-mobile.books.jsonl'), { failed })
    : { values: [], lines: inMemory };
  const books = createBooks(kept.values as BookEvent[]);
  const { behaviour, writing, stop } = createCarrier(books, conductOf, {
    ...clock,
    keep: kept.lines.append,
  });
  const connection = await connectEndpoint({
    place: CARRIER_PLACE,
    profile,
    behaviour,
    url,
    password,
    log,
    now: clock.now,
    ...(folder && { journalFile: join(folder, 'china-mobile.keys.jsonl') }),
  });
  return {
    books,
    writing,
    async close() {
      stop();
      await connection.close();
      await kept.lines.close();
    },
  };
}

const inMemory: JsonLines = { append: (_values, onDurable) => onDurable(), close: async () => {} };
