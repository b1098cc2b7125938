import { CONDUCTS, type Conduct, type ConductName } from '../counterparts/carrier/conduct.ts';
import { MAGIC_NUMBERS } from '../counterparts/carrier/magic-numbers.ts';
import type { Draws } from './generate-draws.ts';
import type { Mix } from './mix.ts';

/** One who comes to have a phone topped up. */
export interface Customer {
  account: string;
  fen: number;
  conduct?: ConductName | Conduct;
}

/** The prefectures that the platform serves and the carrier knows. */
const SERVED = ['1380800', '1380801', '1380802', '1380803', '1380804', '1380805', '1380806'] as const;

/** Another carrier's, a prefecture not yet enabled, too short, and no number at all. */
const ODD_NUMBERS = ['13008001234', '13808070001', '1380800', '02887654321'] as const;

/** Below the least, no whole tens, above the most. */
const ODD_AMOUNTS = [1, 100, 900, 999, 1_001, 1_500, 12_345, 49_999, 50_001, 51_000, 100_000] as const;

/** What most customers pay, 10 to 500 yuan; the rest is any multiple of ten. */
const USUAL = [
  1_000, 2_000, 3_000, 3_000, 5_000, 5_000, 5_000, 10_000, 10_000, 10_000, 20_000, 50_000,
] as const;

const DELAYS = [0, 50, 300, 5_000, 20_000, 45_000, 61_000, 8 * 60_000, 33 * 60_000] as const;

const NAMES = Object.keys(CONDUCTS) as ConductName[];

/** A number that tells no story by itself. */
export function plainNumber(draws: Draws, name: string): string {
  const last = draws.between(`${name} number`, 0, 9_899);
  return `${draws.of(`${name} prefecture`, SERVED)}${String(last).padStart(4, '0')}`;
}

/** Who comes as the customer of this name; `before` are those who came earlier. */
export function customerOf(
  draws: Draws,
  name: string,
  mix: Pick<Mix, 'oddAmount' | 'oddNumber' | 'magic' | 'conduct' | 'sameCustomer'>,
  before: readonly Customer[],
): Customer {
  const fen = draws.happens(`${name} odd amount`, mix.oddAmount)
    ? draws.of(`${name} amount`, ODD_AMOUNTS)
    : draws.happens(`${name} any tens`, 0.3)
      ? draws.between(`${name} amount`, 1, 50) * 1_000
      : draws.of(`${name} amount`, USUAL);
  if (draws.happens(`${name} odd number`, mix.oddNumber))
    return { account: draws.of(`${name} number`, ODD_NUMBERS), fen };
  if (draws.happens(`${name} magic`, mix.magic)) {
    const { digits } = draws.of(`${name} story`, MAGIC_NUMBERS);
    return { account: `${draws.of(`${name} prefecture`, SERVED)}${digits}`, fen };
  }
  const again = draws.happens(`${name} same`, mix.sameCustomer) ? before : [];
  const account = again.length > 0 ? draws.of(`${name} of`, again).account : plainNumber(draws, name);
  if (!draws.happens(`${name} conduct`, mix.conduct)) return { account, fen };
  return { account, fen, conduct: conductOf(draws, name) };
}

/** A story of the carrier's by its name, or one that has none. */
function conductOf(draws: Draws, name: string): ConductName | Conduct {
  if (draws.happens(`${name} named`, 0.6)) return draws.of(`${name} conduct name`, NAMES);
  const upstream = draws.of(`${name} upstream`, ['charge', 'charge', 'charge', 'decline'] as const);
  return {
    upstream,
    delayMs: draws.of(`${name} delay`, DELAYS),
    processing: draws.happens(`${name} processing`, 0.5),
    tell: draws.of(`${name} tell`, ['result', 'result', 'nothing', 'timeout'] as const),
  };
}
