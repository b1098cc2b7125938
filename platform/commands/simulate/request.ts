import { availableParallelism } from 'node:os';
import type { SizeOption } from '../../../simulators/campaign/campaign-plan.ts';
import type { DayWorld } from '../../../simulators/campaign/demand-day.ts';
import { FLOWS } from '../../../simulators/campaign/mix.ts';
import { FAULT_NAMES } from '../../../simulators/world/fault-catalogue.ts';
import type { FaultName } from '../../../simulators/world/faults.ts';
import { UsageError } from '../options.ts';

type Profile = DayWorld['profile'];
const PROFILES: readonly Profile[] = ['stress', 'hangzhou'];

export const OPTIONS = {
  seeds: { type: 'string', what: 'a campaign over these seeds, such as 1..2000' },
  seed: { type: 'string', what: 'one world only, of this seed' },
  stations: { type: 'string', what: 'so many stations, in one world' },
  hours: { type: 'string', what: 'so many hours of orders and faults, with --stations (24)' },
  profile: {
    type: 'string',
    what: `how the orders come, with --stations: ${PROFILES.join(' or ')} (stress)`,
  },
  time: { type: 'string', what: 'seeds until the time is over: 60s, 10m, 6h' },
  flows: { type: 'string', what: `these flows only: ${FLOWS.join(',')}` },
  faults: { type: 'string', what: 'these faults only: NET-DROP,PLT-CRASH, … or none' },
  workers: { type: 'string', what: 'threads of a campaign (one less than there are processors)' },
  json: { type: 'boolean', what: 'the result as one JSON object on standard output' },
  report: { type: 'string', what: 'a folder for the reports of failures, and of a campaign its junit.xml' },
  'require-coverage': { type: 'boolean', what: 'void (130) where a cell of the matrix was never hit' },
  shrink: { type: 'string', what: 'make the failing scenario in this file as small as can be' },
  'planted-bugs': { type: 'boolean', what: 'show that every planted bug is found by its own rule' },
} as const;

export type Values = { [name in keyof typeof OPTIONS]?: string | boolean | undefined };

/** Outlets are 51010001 to 51019998: 51019999 is the office. */
const MOST_STATIONS = 9_998;

const DEFAULT_SEEDS = { from: 1, to: 2000 };

/** What a person asked for, every option resolved. */
export interface Request {
  what: 'campaign' | 'world' | 'shrink' | 'planted';
  from: number;
  to?: number;
  size?: SizeOption;
  flows?: readonly string[];
  faults?: FaultName[];
  workers: number;
  /** Somebody named a number of threads. */
  workersAsked: boolean;
  timeMs?: number;
  json: boolean;
  report?: string;
  requireCoverage: boolean;
  file?: string;
}

/** Reads them. Throws a UsageError that names the option, its value and what is allowed. */
export function readRequest(values: Values, today: number): Request {
  const text = (name: keyof Values) => values[name] as string | undefined;
  if (values['planted-bugs'])
    for (const other of ['seed', 'seeds', 'stations', 'flows', 'faults', 'shrink'] as const)
      if (text(other) !== undefined)
        throw new UsageError(
          `--planted-bugs and --${other} exclude each other: each bug brings its own seeds, flows and faults`,
        );
  const size = sizeOf(text);
  const one =
    text('seed') !== undefined ||
    (size !== undefined && text('seeds') === undefined && text('time') === undefined);
  for (const other of ['seeds', 'time'] as const)
    if (text('seed') !== undefined && text(other) !== undefined)
      throw new UsageError(`--seed and --${other} exclude each other: one world, or a campaign`);
  const time = text('time');
  const seeds = one ? only(text('seed') ?? '1') : seedsOf(text('seeds'), time === undefined, today);
  return {
    what: values['planted-bugs']
      ? 'planted'
      : text('shrink') !== undefined
        ? 'shrink'
        : one
          ? 'world'
          : 'campaign',
    ...seeds,
    size,
    flows: listOf('flows', text('flows'), FLOWS),
    faults: text('faults') === 'none' ? [] : listOf('faults', text('faults'), FAULT_NAMES),
    workers:
      values.workers === undefined
        ? Math.max(1, availableParallelism() - 1)
        : whole('workers', text('workers'), 1),
    workersAsked: values.workers !== undefined,
    timeMs: time === undefined ? undefined : msOf(time),
    json: values.json === true,
    report: text('report'),
    requireCoverage: values['require-coverage'] === true,
    file: text('shrink'),
  };
}

function sizeOf(text: (name: keyof Values) => string | undefined): SizeOption | undefined {
  const stations = text('stations');
  const [hours, profile] = [text('hours'), text('profile')];
  if (stations === undefined) {
    const lonely = hours !== undefined ? 'hours' : profile !== undefined ? 'profile' : undefined;
    if (lonely) throw new UsageError(`--${lonely} needs --stations: how many there are in that world`);
    return undefined;
  }
  if (profile !== undefined && !PROFILES.includes(profile as Profile))
    throw new UsageError(`--profile ${profile}: must be ${PROFILES.join(' or ')}`);
  return {
    stations: whole('stations', stations, 1, MOST_STATIONS),
    hours: whole('hours', hours ?? '24', 1),
    profile: (profile as Profile | undefined) ?? 'stress',
  };
}

function only(text: string): { from: number; to: number } {
  const seed = whole('seed', text, 0);
  return { from: seed, to: seed };
}

/** Without any, a campaign by time takes fresh ones every day, the same all day long. */
const A_NIGHT = 2_000_000;
const NIGHTS = 2_000;

function seedsOf(text: string | undefined, bounded: boolean, today: number): { from: number; to?: number } {
  if (text === undefined)
    return bounded ? DEFAULT_SEEDS : { from: (today % NIGHTS) * A_NIGHT + 1, to: undefined };
  const match = /^(\d+)\.\.(\d*)$/.exec(text);
  const [from, to] = [Number(match?.[1]), match?.[2] ? Number(match[2]) : undefined];
  if (!match || (to === undefined && bounded) || (to ?? from) < from || (to ?? from) > 0xffff_ffff)
    throw new UsageError(
      `--seeds ${text}: must be two whole numbers up to 4294967295, the first not above the last, such as 1..2000${bounded ? '' : ', or 1.. without an end'}`,
    );
  return { from, to };
}

function whole(name: string, text: string | undefined, least: number, most = 0xffff_ffff): number {
  const value = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`--${name} ${text ?? ''}: must be a whole number from ${least} to ${most}`);
  return value;
}

function msOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text);
  const ms =
    Number(match?.[1]) * { s: 1_000, m: 60_000, h: 3_600_000 }[(match?.[2] ?? 's') as 's' | 'm' | 'h'];
  if (!(ms > 0))
    throw new UsageError(
      `--time ${text}: must be seconds, minutes or hours, more than none, such as 60s, 10m or 6h`,
    );
  return ms;
}

function listOf<T extends string>(
  name: string,
  text: string | undefined,
  known: readonly T[],
): T[] | undefined {
  if (text === undefined) return undefined;
  const asked = text.split(',').map((each) => each.trim());
  const strange = asked.find((each) => !(known as readonly string[]).includes(each));
  if (strange !== undefined)
    throw new UsageError(`--${name} ${text}: there is no «${strange}»; there are ${known.join(', ')}`);
  return asked as T[];
}
