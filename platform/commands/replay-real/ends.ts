import type { Books } from '../../../simulators/counterparts/carrier/books.ts';
import type { OrderEnd } from '../../../simulators/world/result.ts';
import { availableCredit } from '../../core/ledger.ts';
import { findOrder } from '../../core/state.ts';
import { addDays, recover } from '../../runtime/recover.ts';
import { sha256 } from '../../service/service.ts';
import { openSqliteStore } from '../../store/sqlite.ts';

/**
 * How the orders ended and what credit is left, in fen: read from the platform's own file once nobody writes it any more, as a
 * recovery would (S11), and from the carrier's books.
 * @param ids by the scenario's names
 */
export async function readEnds(
  folder: string,
  ids: ReadonlyMap<string, string>,
  outlets: readonly string[],
  books: Books,
  changedMind: (name: string) => number | undefined,
): Promise<{ ends: { [name: string]: OrderEnd }; credit: { [outlet: string]: number } }> {
  const store = await openSqliteStore(folder);
  try {
    const { state } = recover(await store.kept(), sha256);
    addDays(state, await store.ordersOfDays([state.previousDate, state.businessDate].filter(Boolean)));
    const ends: { [name: string]: OrderEnd } = {};
    for (const [name, id] of ids) {
      const order = findOrder(state, id) ?? (await store.load([id]))[0];
      const charge = books.charge(`${id}.1`);
      const chargedFen = changedMind(name) ?? (charge?.standing === 'succeeded' ? charge.amountFen : 0);
      ends[name] = {
        state: order?.state ?? 'none',
        fen: order?.amountFen ?? 0,
        businessDate: order?.businessDate ?? '',
        ...(order?.problem ? { problem: order.problem } : {}),
        chargedFen,
        cases: order?.cases.length ?? 0,
      };
    }
    const credit = Object.fromEntries(
      outlets.map((outlet) => [outlet, availableCredit(state.ledger, outlet)]),
    );
    return { ends, credit };
  } finally {
    await store.close();
  }
}
