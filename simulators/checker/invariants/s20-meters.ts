import type { BookedOrder } from '../booked-order.ts';
import { createCards } from '../cards.ts';
import type { Invariant } from '../invariant.ts';
import { yuan } from '../words.ts';

/** One meter's money, in fen. */
interface Account {
  serial: string;
  credited: number;
  /** What was on the card before anything was sold here, and the meter had not taken. */
  before: number;
  captured: number;
  counts: Set<number>;
}

export const s20: Invariant = {
  id: 'S20',
  kind: 'safety',
  zh: '每块电表:已充电费加卡上未插表的金额,等于入账减撤销;任何一次购电不会充两次',
  en: 'For every meter: what it has credited and what waits on its card is what was captured less what was voided, and no purchase is credited twice',
  watch({ books, scene, broken, checked }) {
    const cards = createCards();
    const meters = new Map<string, Account>();
    const known = new Set<string>();

    function accountOf(meterNo: string, serial: string): Account {
      const found = meters.get(meterNo);
      if (found) return found;
      const fresh = { serial, credited: 0, before: 0, captured: 0, counts: new Set<number>() };
      meters.set(meterNo, fresh);
      return fresh;
    }

    /** On the card, and not yet taken by the meter. */
    function waiting(account: Account): number {
      const found = cards.now(account.serial);
      if (!found || found.returnedCount === found.count || account.counts.has(found.count)) return 0;
      return found.amountFen;
    }

    const first = new Map<string, number>();

    function moved(at: number, order: BookedOrder): void {
      const { card } = order;
      if (!card) return;
      const account = accountOf(card.meterNo, card.serial);
      account.before = first.get(card.serial) ?? 0;
      if (order.state !== 'succeeded') return;
      for (const { kind, amountFen } of order.transfers)
        if (kind === 'capture') account.captured += amountFen;
        else if (kind === 'single') account.captured -= amountFen;
      checked();
      compare(at, card.meterNo, account, order.id);
    }

    /** Nothing for nothing: what the customer has was paid for, or is being paid for just now. */
    function compare(at: number, meterNo: string, account: Account, order: string): void {
      let open = 0;
      for (const each of books.open)
        if (each.card?.meterNo === meterNo && each.kind === 'cardPurchase') open += each.amountFen;
      const has = account.credited + waiting(account) - account.before;
      if (has <= account.captured + open) return;
      broken({
        at,
        order,
        zh: `电表 ${meterNo} 得到 ${yuan(has)} 元,入账只有 ${yuan(account.captured)} 元`,
        en: `meter ${meterNo} got ${yuan(has)} yuan, only ${yuan(account.captured)} yuan were captured for it`,
      });
    }

    return {
      card(_, serial, found) {
        cards.tell(serial, found);
        if (known.has(serial)) return;
        known.add(serial);
        first.set(serial, found && found.returnedCount !== found.count ? found.amountFen : 0);
      },
      meter(at, meterNo, serial, creditedFen) {
        const account = accountOf(meterNo, serial);
        account.before = first.get(serial) ?? 0;
        const count = cards.now(serial)?.count ?? 0;
        if (creditedFen === 0) return;
        checked();
        if (account.counts.has(count))
          broken({
            at,
            zh: `电表 ${meterNo} 第 ${count} 次购电充了两次`,
            en: `meter ${meterNo} has credited purchase ${count} twice`,
          });
        account.counts.add(count);
        account.credited += creditedFen;
        compare(at, meterNo, account, '');
      },
      record(at, record, order) {
        if (order?.card && (record.type === 'orderEnded' || record.type === 'orderOpened')) moved(at, order);
      },
      end(at) {
        if (scene.aliveSince === undefined) return;
        for (const [meterNo, account] of meters) {
          const orders = [...books.orders.values()].filter(({ card }) => card?.meterNo === meterNo);
          // What nobody could end is no news, and nor is what should have ended and did not: that is L1's.
          if (orders.some((order) => !order.final && order.state !== 'manual')) continue;
          checked();
          const has = account.credited + waiting(account) - account.before;
          // A case, or what a person has, names what differs: by its own amount, and by no other.
          const named = orders.filter(({ cases, final }) => cases.length > 0 || !final);
          if (isExplained(has - account.captured, named)) continue;
          broken({
            at,
            order: orders.at(-1)?.id ?? '',
            zh: `电表 ${meterNo} 得到 ${yuan(has)} 元,入账减撤销为 ${yuan(account.captured)} 元`,
            en: `meter ${meterNo} has ${yuan(has)} yuan in the end, ${yuan(account.captured)} yuan were captured less voided`,
          });
        }
      },
    };
  },
};

/** Whether the difference is nothing, or just what some of these orders are about, each on the card or not. */
function isExplained(fen: number, [first, ...others]: readonly BookedOrder[]): boolean {
  if (!first) return fen === 0;
  return [0, first.amountFen, -first.amountFen].some((amount) => isExplained(fen - amount, others));
}
