import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connectEndpoint } from '../../../contracts/endpoint/connect.ts';
import { type JsonLines, openJsonLines } from '../../../contracts/endpoint/json-lines.ts';
import { utility as profile } from '../../../contracts/profiles/utility.ts';
import type { Place } from '../../../contracts/topics.ts';
import { createUtility, noUses } from './behaviour.ts';
import { type Books, createBooks } from './books.ts';
import { createConduct, type Rule, readScript } from './conduct.ts';
import type { Context } from './context.ts';
import { TEST_CUSTOMERS } from './customers.ts';
import type { BookEvent, Customer } from './entries.ts';

/** The place that the simulated utility's adapter has on the wire. */
export const UTILITY_PLACE: Place = { kind: 'counterpart', counterpart: 'state-grid', instance: '1' };

export interface UtilityOptions {
  url: string;
  password: string;
  /** Where the books and the adapter's journal are kept; without it in memory. */
  folder?: string;
  clock: {
    /** The utility's and the adapter's time in ms; it must not go back. */
    now(): number;
    /** Calls `fn` after so many ms; the result takes it back. */
    after(ms: number, fn: () => void): () => void;
  };
  /** Whom the books know, where they do not know them yet; without it {@link TEST_CUSTOMERS}. */
  customers?: readonly Customer[];
  /** See {@link readScript}: its errors name what is wrong. */
  script?: unknown;
  seed?: number;
  log?: (line: string) => void;
}

export interface RunningUtility {
  /** Its process ends; `restart` begins a new one. */
  close(): Promise<void>;
  /**
   * Ends and starts again, as a process would, with or without the adapter's journal: what it still had to tell is found by an
   * inquiry, from the books. How it behaves stays, with the rules that are used up. Without a folder books and journal are empty
   * afterwards.
   */
  restart(more?: { losesJournal?: boolean }): Promise<void>;
  /** The next orders that the rule fits behave so, whatever script and magic numbers say. */
  inject(rule: Rule): void;
  /** The utility's truth, for a test to look at. */
  readonly books: Books;
  /** Whether something is on its way to the disk. */
  writing(): boolean;
}

/** Starts the simulated utility with its adapter, `cp.state-grid.1`. Resolves before it is connected. */
export async function startUtility(options: UtilityOptions): Promise<RunningUtility> {
  const { folder, seed } = options;
  const script = options.script === undefined ? [] : readScript(options.script);
  const conductOf = createConduct({ script, ...(seed === undefined ? {} : { seed }) });
  const uses = noUses();
  let life = await begin(options, conductOf, uses);
  return {
    close: () => life.close(),
    async restart({ losesJournal = false } = {}) {
      await life.close();
      if (losesJournal && folder) await rm(journalIn(folder), { force: true });
      life = await begin(options, conductOf, uses);
    },
    inject: conductOf.add,
    get books() {
      return life.books;
    },
    writing: () => life.writing(),
  };
}

const journalIn = (folder: string) => join(folder, 'state-grid.keys.jsonl');

/** One life of its process: from what the files hold to `close`. */
async function begin(
  options: UtilityOptions,
  conductOf: Context['conductOf'],
  uses: ReturnType<typeof noUses>,
) {
  const { url, password, folder, clock, customers = TEST_CUSTOMERS, log = () => {} } = options;
  const failed = (error: Error) => log(`state-grid: ${error.message}. It answers nothing until then`);
  const kept = folder
    ? await openJsonLines(join(folder, 'state-grid.books.jsonl'), { failed })
    : { values: [], lines: inMemory };
  const books = createBooks(kept.values as BookEvent[]);
  const newcomers = customers.filter(({ customerNo }) => !books.customer(customerNo));
  const at = clock.now();
  const registered: BookEvent[] = newcomers.map((customer) => ({ kind: 'customer', at, customer }));
  for (const event of registered) books.apply(event);
  kept.lines.append(registered, () => {});
  const { behaviour, writing, stop } = createUtility(
    books,
    conductOf,
    { ...clock, keep: kept.lines.append },
    uses,
  );
  const connection = await connectEndpoint({
    place: UTILITY_PLACE,
    profile,
    behaviour,
    url,
    password,
    log,
    now: clock.now,
    ...(folder && { journalFile: journalIn(folder) }),
  });
  const end = async () => {
    stop();
    await connection.close();
    await kept.lines.close();
  };
  let ended: Promise<void> | undefined;
  return {
    books,
    writing,
    close() {
      ended ??= end();
      return ended;
    },
  };
}

const inMemory: JsonLines = { append: (_values, onDurable) => onDurable(), close: async () => {} };
