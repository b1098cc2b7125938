import type { Ledger, LedgerLine, ReportInput } from './input.ts';
import { stateWords } from './states.ts';

/**
 * What should stand in the books against what does. Given by whoever ran the world; else per top-up what the carrier's books
 * say was charged against what the platform has taken from the outlet's credit for good.
 */
export function ledgerOf({
  ledger,
  result,
  scenario,
}: Pick<ReportInput, 'ledger' | 'result' | 'scenario'>): Ledger {
  if (ledger) return ledger;
  const orders = scenario.orders.flatMap((plan): LedgerLine[] => {
    const end = result.ends[plan.name];
    if (plan.do !== 'topup' || !end) return [];
    const { zh, en } = stateWords(end.state);
    const actualFen = end.state === 'succeeded' ? end.fen : 0;
    return [{ name: plan.name, expectedFen: end.chargedFen, actualFen, note: `${zh} ${en}` }];
  });
  return { orders, accounts: [] };
}

export function sumOf(lines: readonly LedgerLine[]): Omit<LedgerLine, 'name'> {
  const sum = { expectedFen: 0, actualFen: 0 };
  for (const { expectedFen, actualFen } of lines) {
    sum.expectedFen += expectedFen;
    sum.actualFen += actualFen;
  }
  return sum;
}
