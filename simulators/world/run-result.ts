import { availableCredit } from '../../platform/core/ledger.ts';
import type { Order } from '../../platform/core/order.ts';
import type { State } from '../../platform/core/state.ts';
import type { Violation } from '../checker/invariant.ts';
import { outletOf } from './names.ts';
import type { OrderEnd, RunResult } from './result.ts';
import type { OrderPlan } from './scenario.ts';

/** What made the run end: the first that is there decides. */
export interface Findings {
  violation: Violation | undefined;
  /** The world or the platform threw. */
  crash: string | undefined;
  /** It went on and on: the violation that this is. */
  endless: Violation | undefined;
  /** The checker threw. */
  failedItself: string | undefined;
}

export function verdictOf(found: Findings): Pick<RunResult, 'verdict' | 'violation' | 'crash'> {
  const violation = found.violation ?? found.endless;
  const crash = found.crash ?? found.failedItself;
  return {
    verdict: violation || found.crash ? 'fail' : crash ? 'inconclusive' : 'pass',
    ...(violation ? { violation } : {}),
    ...(crash ? { crash } : {}),
  };
}

/** A run of more events than its budget: whatever it is, it does not end. `at`: the world's time, ms. */
export const endlessAt = (at: number, budget: number): Violation => ({
  invariant: 'L3',
  kind: 'liveness',
  at,
  zh: `事件超过${budget}个仍未结束`,
  en: `more than ${budget} events and no end`,
});

/** How every order of the scenario ended. `chargedFen`: what the carrier has charged for it, whatever it says. */
export function endsOf(
  orders: readonly OrderPlan[],
  found: (name: string) => Order | undefined,
  chargedFen: (name: string) => number,
): RunResult['ends'] {
  const ends: RunResult['ends'] = {};
  for (const { name, do: what } of orders)
    ends[name] = endOf(found(name), what === 'topup' ? chargedFen(name) : 0);
  return ends;
}

function endOf(order: Order | undefined, chargedFen: number): OrderEnd {
  if (!order) return { state: 'none', fen: 0, businessDate: '', chargedFen, cases: 0 };
  return {
    state: order.state,
    fen: order.amountFen,
    businessDate: order.businessDate,
    ...(order.problem ? { problem: order.problem } : {}),
    chargedFen,
    cases: order.cases.length,
  };
}

/** Available credit of the outlets of so many stations, in fen. */
export function creditsOf(state: State, stations: number): RunResult['credit'] {
  const credit: RunResult['credit'] = {};
  for (let i = 1; i <= stations; i++) credit[outletOf(i)] = availableCredit(state.ledger, outletOf(i));
  return credit;
}
