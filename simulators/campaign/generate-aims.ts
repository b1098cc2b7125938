import { matrixCells } from '../world/fault-catalogue.ts';
import { isOfCard, type OrderColumn } from '../world/fault-states.ts';
import type { FaultName } from '../world/faults.ts';
import type { Draws } from './generate-draws.ts';

/** A cell of the matrix that a world is made to come to. */
export interface Aim {
  fault: FaultName;
  state: OrderColumn;
}

/** What hits a card, its reader or its utility needs no aim: it can only happen where it happens. */
const CELLS = matrixCells().filter(
  ({ fault, infeasible }) => infeasible === undefined && !isOfCard(fault),
) as readonly Aim[];
/** Only after a day does a person take over. */
const LONG = CELLS.filter(({ state }) => state === 'manual');
const SHORT = CELLS.filter(({ state }) => state !== 'manual');

const AIMS_SHORT = 2;
const AIMS_LONG = 3;

/** One small world in so many lasts for more than a day. */
const LONG_EVERY = 12;

/** Whether the small world of this seed does. */
export const isLong = ({ seed }: Draws): boolean => seed % LONG_EVERY === 0;

/**
 * What the small world of this seed aims at. What is drawn evenly seldom comes to the rarest cells: so they come in turn, seed
 * by seed, and in another company each time round.
 */
export function aimsOf(draws: Draws): readonly Aim[] {
  const longs = Math.floor(draws.seed / LONG_EVERY);
  return isLong(draws) ? taken(LONG, AIMS_LONG, longs) : taken(SHORT, AIMS_SHORT, draws.seed - longs);
}

function taken(cells: readonly Aim[], count: number, turn: number): Aim[] {
  const apart = Math.floor(cells.length / count) + Math.floor(turn / cells.length);
  const found = new Set<Aim>();
  for (let k = 0; k < count; k++) {
    const cell = cells[(turn + k * apart) % cells.length];
    if (cell) found.add(cell);
  }
  return [...found];
}
