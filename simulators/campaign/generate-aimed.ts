import type { Fault } from '../world/faults.ts';
import type { Healer, Operation, OrderPlan } from '../world/scenario.ts';
import { instantText } from '../world/scenario-time.ts';
import type { Draft, Span } from './demand.ts';
import { customerOf } from './demand-customer.ts';
import { type Means, meansOf } from './generate-aim-means.ts';
import type { Aim } from './generate-aims.ts';
import type { Draws } from './generate-draws.ts';
import { MAKE } from './generate-fault-kinds.ts';

/** What an aim adds to a world: an order of its own, what goes wrong with it, and who must be there for that. */
export interface Aimed {
  orders: Draft[];
  operations: Operation[];
  faults: Fault[];
  needs: Healer[];
}

/** Nothing about the customer but the aim is out of the ordinary. */
const PLAIN = { oddAmount: 0, oddNumber: 0, magic: 0, conduct: 0, sameCustomer: 0 };
/** What every outlet that buys any credit can pay, fen. */
const LITTLE = 5_000;
/** Early, so that a person has it before a day and an hour are over; ms. */
const SOON = 5 * 60_000;

/**
 * An order of this name, and the faults that bring one of this kind upon it just when it is in this state. Nothing where this
 * world has no place for that.
 */
export function aimed(draws: Draws, span: Span, name: string, aim: Aim): Aimed {
  const at = span.start + 1_000 + draws.between(`${name} at`, 0, SOON);
  const station = draws.between(`${name} station`, 1, span.world.stations);
  const base = { name, at: instantText(span, at), station };
  const { account, fen } = customerOf(draws, name, PLAIN, []);
  const topup = { ...base, do: 'topup', account, fen: Math.min(fen, LITTLE), again: true } as const;
  const making = { draws, name, span, victim: { at, plan: topup }, ever: 0, cutByHand: false };
  const made = MAKE[aim.fault](making);
  if (!made) return { orders: [], operations: [], faults: [], needs: [] };
  const means = meansOf(making, made, aim.state);
  const fault = { ...made, ...means.own } as Fault;
  return {
    orders: [
      ...(means.orders ?? []),
      { at, plan: planOf(topup, means), ...(aim.state === 'manual' ? { long: true } : {}) },
    ],
    operations: means.operations ?? [],
    faults: [...(means.with ?? []), fault],
    needs: means.needs ? [means.needs] : [],
  };
}

function planOf(
  topup: Extract<OrderPlan, { do: 'topup' }>,
  { conduct, account, takesBack }: Means,
): OrderPlan {
  if (takesBack !== undefined) {
    const { name, at, station } = topup;
    return { name, at, station, do: 'void', of: takesBack };
  }
  return {
    ...topup,
    ...(account === undefined ? {} : { account }),
    ...(conduct === undefined ? {} : { conduct }),
  };
}
