import { readdirSync, readFileSync, statSync } from 'node:fs';
import { release as systemRelease } from 'node:os';
import { basename, join } from 'node:path';
import { loadCredentials } from '../../bus/credentials.ts';
import { formatLocal } from '../../core/calendar.ts';
import type { Order } from '../../core/order.ts';
import type { State } from '../../core/state.ts';
import { viewOf } from '../../core/views.ts';
import { RELEASE } from '../../store/release.ts';
import { readControl } from '../control/files.ts';
import { CREDENTIALS } from '../station.ts';
import { scrub, scrubAll } from './scrub.ts';

/** The versions of what runs here. */
export const versions = () => ({
  yizhan: RELEASE,
  node: process.version,
  sqlite: process.versions.sqlite,
  platform: process.platform,
  architecture: process.arch,
  system: systemRelease(),
  madeAt: new Date().toISOString(),
});

/** Names, sizes and rights of what the folder holds, and of the credentials nothing but whose they are. */
export function configuration(folder: string) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mode, mtime } = statSync(path);
      const name = path.slice(folder.length + 1);
      // Papers are named by journal numbers, which are theirs; sheets of a customer are nobody else's business.
      return {
        name: name.startsWith('papers/') ? 'papers/…' : name,
        size,
        mode: (mode & 0o777).toString(8),
        changed: mtime,
      };
    });
  let credentials: string[] | string;
  try {
    credentials = loadCredentials(join(folder, CREDENTIALS)).names();
  } catch (error) {
    credentials = (error as Error).message;
  }
  return { files, credentials };
}

/** What a running station says of itself to anybody; why not, where none answers. */
export async function running(folder: string): Promise<{ health: unknown; metrics: string }> {
  const url = readControl(folder)?.url;
  const none = { health: 'no station is running on this folder', metrics: '' };
  if (url === undefined) return none;
  try {
    const get = (path: string) => fetch(new URL(path, url), { signal: AbortSignal.timeout(5_000) });
    const [health, metrics] = [await get('/health'), await get('/metrics')];
    return { health: await health.json(), metrics: await metrics.text() };
  } catch {
    return none;
  }
}

/** The orders in memory: of two business days, and older ones that are still alive. */
export const ordersOf = (state: State): Order[] => [
  ...state.older.values(),
  ...[...state.books.values()].flatMap(({ orders }) => [...orders.values()]),
];

/** Numbers that say nothing of a customer, and without which nothing can be found. */
export const knownNumbers = (state: State, orders: readonly Order[]): Set<string> =>
  new Set([
    ...state.organisations.keys(),
    ...orders.flatMap(({ journalNo, receipt, id }) => [journalNo, receipt?.number, id].filter(isText)),
  ]);

const isText = (value: string | undefined): value is string => value !== undefined;

/** What became of each order: numbers as a teller sees them, no printed lines, and of what people wrote only words. */
export function stories(orders: readonly Order[], known: ReadonlySet<string>) {
  return orders.map((order) => {
    const { id, kind, service, outlet, fields, amountFen, journalNo, createdAt, state, problem, card } =
      viewOf(order);
    const legs = order.legs.map(({ no, counterpart, stage, inquiries, notFound, held }) => ({
      ...{ no, counterpart, stage, inquiries, notFound: notFound.length, held },
    }));
    const prints = order.prints.map(({ no, copy, state: print, error, device }) => ({
      no,
      copy,
      print,
      error,
      device,
    }));
    const history = order.history.map(({ at, what, why }) => ({ at: formatLocal(at), what, why }));
    const story = {
      id,
      kind,
      service,
      outlet,
      amountFen,
      journalNo,
      at: formatLocal(createdAt),
      state,
      problem,
    };
    const told = scrubAll({ history, cases: order.cases }, known);
    return { ...story, fields, stage: card?.stage, legs, prints, ...told };
  });
}

/** Who was online at the last record, and how. */
export const devices = (state: State, known: ReadonlySet<string>) =>
  [...state.presence].map(([name, { profile, since, status, capabilities }]) => ({
    name,
    profile,
    since: formatLocal(since),
    ...scrubAll({ status, capabilities }, known),
  }));

export const alerts = (state: State, known: ReadonlySet<string>) =>
  state.alerts.map(({ at, code, about }) => ({ at: formatLocal(at), code, about: scrub(about, known) }));

/** How long each journal is, and what was begun and has no end in it. */
export function journals(folder: string) {
  const inDrivers = (() => {
    try {
      return readdirSync(join(folder, 'drivers')).map((name) => join(folder, 'drivers', name));
    } catch {
      return [];
    }
  })();
  return inDrivers
    .filter((path) => path.endsWith('.jsonl') && !path.endsWith('.note.jsonl'))
    .map((path) => {
      const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
      const ended = new Map<string, boolean>();
      let unreadable = 0;
      for (const line of lines)
        try {
          const { key, completion } = JSON.parse(line) as { key: string; completion?: object };
          ended.set(key, completion !== undefined);
        } catch {
          unreadable++;
        }
      const unfinished = [...ended.values()].filter((done) => !done).length;
      return { name: basename(path), lines: lines.length, keys: ended.size, unfinished, unreadable };
    });
}

/** The end of a log that somebody has kept. */
export function tail(path: string, known: ReadonlySet<string>): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  return scrub(lines.slice(-1_000).join('\n'), known);
}
