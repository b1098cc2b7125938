import { matrixCells } from '../world/fault-catalogue.ts';
import { type CardState, isOfCard } from '../world/fault-states.ts';
import type { Fault, FaultName } from '../world/faults.ts';
import { instantText } from '../world/scenario-time.ts';
import type { Draft, Span } from './demand.ts';
import type { Draws } from './generate-draws.ts';
import { MAKE } from './generate-fault-kinds.ts';

/** A cell of the card's matrix that a world with cards is made to come to. */
export interface CardAim {
  fault: FaultName;
  state: CardState;
}

const CELLS = matrixCells().filter(
  ({ fault, infeasible }) => infeasible === undefined && isOfCard(fault),
) as readonly CardAim[];

/** One world in so many has meter cards. */
export const CARDS_IN = 4;

/** Whether the world of this seed has: one of four in a row, and not always the same, which would be the short ones only. */
export const hasCards = ({ seed }: Draws): boolean =>
  seed % CARDS_IN === Math.floor(seed / CARDS_IN) % CARDS_IN;

/** What this seed's world with cards aims at: the cells come in turn. */
export const cardAimOf = ({ seed }: Draws): CardAim | undefined =>
  hasCards({ seed } as Draws) ? CELLS[Math.floor(seed / CARDS_IN) % CELLS.length] : undefined;

/** Whose card it is: nobody else's who comes, so that nothing but the aim happens to it. */
const CUSTOMER = 9;
const NAME = 'ka';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What keeps an order in a state long enough on the slowest line, and when after its customer came it is there. */
interface Stay {
  with(order: string): Fault[];
  from: number;
  to: number;
}

const lost = (message: Extract<Fault, { fault: 'NET-DROP' }>['message']) => (order: string) => [
  { fault: 'NET-DROP', order, message } as const,
];

/** A reading is ten commands; of a writing the eleventh to the thirteenth are the files. */
const pulled =
  (during: 'read' | 'write', command: number) =>
  (order: string): Fault[] => [{ fault: 'CARD-PULL', order, during, command, bytes: 9, forMs: 10 * MINUTE }];

/** Where the utility’s adapter dies it dies for everybody: the order must be there just then. */
const STAYS: { readonly [S in Exclude<CardState, 'untaken'>]: Stay } = {
  ordering: { with: (order) => [{ fault: 'UTL-LOST-REPLY', order }], from: 13 * SECOND, to: 15 * SECOND },
  reading: { with: lost('card-reader.read'), from: 13.5 * SECOND, to: 21 * SECOND },
  sealing: { with: lost('utility.seal'), from: 22 * SECOND, to: 31 * SECOND },
  writing: { with: lost('card-reader.write'), from: 29 * SECOND, to: 59 * SECOND },
  waiting: { with: pulled('read', 2), from: 40 * SECOND, to: 8 * MINUTE },
  doubt: { with: pulled('write', 12), from: 2 * MINUTE, to: 8 * MINUTE },
  proven: {
    with: (order) => [{ fault: 'UTL-NO-CONFIRM', order, times: 5, taken: false }],
    from: MINUTE,
    to: 5 * MINUTE,
  },
  over: { with: () => [], from: 30 * MINUTE, to: 40 * MINUTE },
};

/** A purchase on a card of its own, and the faults that bring one of this kind upon it just when it is in this state. */
export function aimedAtCard(
  draws: Draws,
  span: Span,
  { fault, state }: CardAim,
): { orders: Draft[]; faults: Fault[] } {
  const at = span.start + 2 * SECOND + draws.between(`${NAME} at`, 0, 5 * MINUTE);
  const station = draws.between(`${NAME} station`, 1, span.world.stations);
  const fen = 100 * draws.between(`${NAME} yuan`, 10, 50);
  const order: Draft = {
    at,
    plan: { name: NAME, at: instantText(span, at), station, do: 'card', customer: CUSTOMER, fen },
  };
  const made = MAKE[fault]({ draws, name: NAME, span, victim: order, ever: 0, cutByHand: false });
  if (!made) return { orders: [], faults: [] };
  if (fault === 'UTL-CRASH' && state !== 'untaken') {
    const { with: companions, from, to } = STAYS[state];
    const then = instantText(span, at + draws.between(`${NAME} moment`, from, to));
    return { orders: [order], faults: [...companions(NAME), { ...made, at: then } as Fault] };
  }
  const during =
    'during' in made
      ? state === 'reading'
        ? { during: 'read', command: draws.between(`${NAME} read`, 1, 10) }
        : { during: 'write', command: draws.between(`${NAME} write`, 1, 22) }
      : {};
  return { orders: [order], faults: [{ ...made, ...('nth' in made ? { nth: 1 } : {}), ...during } as Fault] };
}
