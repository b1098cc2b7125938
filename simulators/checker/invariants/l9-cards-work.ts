import { canEnd, createCards } from '../cards.ts';
import type { Invariant } from '../invariant.ts';

export const l9: Invariant = {
  id: 'L9',
  kind: 'liveness',
  zh: '最终每张电卡都能再用:没有未完成的订单,卡上内容与电力公司的账一致,或已插表,或可插表',
  en: 'In the end every meter card can be used again: no order is open on it, it bears what the utility’s books say, and its meter has taken that or can take it',
  watch({ books, scene, broken, checked }) {
    const cards = createCards();
    /** By serial: the purchase that stands in the utility's books. */
    const stands = new Map<string, { count: number; amountFen: number }>();
    const before = new Map<string, { count: number; amountFen: number }>();
    /** By serial: keys of the purchases that are neither settled nor taken back in the utility's books. */
    const open = new Map<string, Set<string>>();

    const byHand = new Set<string>();
    /** By serial: what the meter showed when it refused the card as it still is. */
    const refused = new Map<string, string>();

    return {
      settledByHand: (_, order) => void byHand.add(order),
      card(_, serial, found) {
        cards.tell(serial, found);
        refused.delete(serial);
        if (found && !stands.has(serial))
          stands.set(serial, { count: found.count, amountFen: found.amountFen });
      },
      meter(_, _meterNo, serial, _fen, shown) {
        if (shown.startsWith('Err')) refused.set(serial, shown);
        else refused.delete(serial);
      },
      utility(_, key, what, { serial, count, fen }) {
        if (what === 'confirmed') {
          before.set(key, stands.get(serial) ?? { count: 0, amountFen: 0 });
          stands.set(serial, { count, amountFen: fen });
        }
        const keys = open.get(serial) ?? new Set();
        open.set(serial, keys);
        if (what === 'ordered' || what === 'voidOrdered') keys.add(key);
        else keys.delete(key);
        const was = before.get(key);
        if (what === 'voided' && was) stands.set(serial, was);
      },
      end(at) {
        if (scene.aliveSince === undefined) return;
        for (const serial of cards.serials()) {
          const orders = [...books.orders.values()].filter(({ card }) => card?.serial === serial);
          if (
            orders.some((order) => order.state === 'manual' || byHand.has(order.id) || !canEnd(scene, order))
          )
            continue;
          checked();
          const left = [...(open.get(serial) ?? [])];
          if (left.length > 0)
            broken({
              at,
              order: left[0]?.slice(0, left[0].lastIndexOf('.')) ?? '',
              zh: `卡 ${serial} 在电力公司仍有未完成的订单`,
              en: `card ${serial} still has an open order in the utility's books: nothing more can be sold to it`,
            });
          if (orders.some((order) => order.cases.length > 0)) continue;
          const found = cards.now(serial);
          const order = orders.at(-1)?.id ?? '';
          const wrong = (zh: string, en: string) =>
            broken({ at, order, zh: `卡 ${serial}:${zh}`, en: `card ${serial} ${en}` });
          if (orders.some(({ card }) => card && card.stage !== 'closed'))
            wrong('仍有未完成的订单', 'still has an open order');
          if (!found) {
            wrong('文件损坏', 'has a torn file');
            continue;
          }
          const shown = refused.get(serial);
          if (shown !== undefined)
            wrong(`电表显示 ${shown},不收`, `is refused by its meter, which shows ${shown.split(' ')[0]}`);
          const expected = stands.get(serial);
          if (expected && (found.count !== expected.count || found.amountFen !== expected.amountFen))
            wrong(
              `第 ${found.count} 次,电力公司账上为第 ${expected.count} 次`,
              `bears purchase ${found.count}, the utility's books say ${expected.count}`,
            );
          if (found.returnedCount !== undefined && found.returnedCount !== found.count)
            wrong('返写区的次数不符,电表不收', 'has a return file of another count: its meter refuses it');
        }
      },
    };
  },
};
