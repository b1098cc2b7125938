import { type BookedOrder, holdsMoney } from '../booked-order.ts';
import { claimOf } from '../claim.ts';
import type { Invariant } from '../invariant.ts';
import { naiveBank } from '../naive-bank.ts';
import type { Image } from '../observation.ts';
import { yuan } from '../words.ts';

export const n3: Invariant = {
  id: 'N3',
  kind: 'safety',
  zh: '一个只知道「谁要买什么、对方做了什么」的简单银行,得出与平台相同的信誉度余额和冻结',
  en: 'A naive bank that knows only who wanted what and what the counterpart did comes to the same credit and the same holds',
  watch({ books, scene, broken, checked }) {
    const bank = naiveBank();
    /** What the platform holds, by outlet, in fen; and the outlets to be compared. */
    const platform = new Map<string, readonly [balance: number, held: number]>();
    const moved = new Set<string>();
    /** Words of the counterpart that the platform may not have written down yet. */
    let tentative: string[] = [];
    /** Orders whose counterpart said «not found»: the log must say whether that was enough (S7 judges it). */
    const notFound = new Set<BookedOrder>();

    function accepted(order: BookedOrder): void {
      const intent = scene.intents.get(order.id);
      const fen = intent && intent.do !== 'void' ? intent.fen : order.amountFen;
      moved.add(order.outlet);
      if (order.kind === 'cardVoid') return;
      if (holdsMoney(order)) {
        if (order.openings === 1) bank.hold(order.id, order.outlet, fen);
      } else if (order.kind === 'creditPurchase') bank.bought(order.outlet, fen);
      else bank.bought(order.outlet, -(scene.intents.get(order.voids)?.fen ?? fen));
    }

    function ended(order: BookedOrder): void {
      moved.add(order.outlet);
      if (order.kind === 'cardPurchase') bank.outcome(order.id, order.state === 'succeeded');
      else if (order.state === 'succeeded') bank.bought(order.outlet, order.amountFen);
    }

    function heardOf(order: BookedOrder, done: boolean): void {
      if (!bank.outcome(order.id, done)) return;
      tentative.push(order.id);
      moved.add(order.outlet);
    }

    function compare(at: number, { accounts }: Image): void {
      for (const order of notFound)
        if (order.final) {
          if (order.final.state === 'failed') heardOf(order, false);
          notFound.delete(order);
        }
      for (const [name, [debit, credit, pending]] of accounts) {
        if (!name.startsWith('credit:')) continue;
        const outlet = name.slice('credit:'.length);
        platform.set(outlet, [credit - debit, pending]);
        moved.add(outlet);
      }
      for (const outlet of moved) {
        checked();
        const balance = bank.balance(outlet);
        const held = bank.held(outlet);
        const [own, ownHeld] = platform.get(outlet) ?? [0, 0];
        if (own === balance && ownHeld === held && balance >= held) continue;
        broken({
          at,
          zh: `网点 ${outlet}:简单银行余额 ${yuan(balance)} 元、冻结 ${yuan(held)} 元,平台 ${yuan(own)} 元、${yuan(ownHeld)} 元`,
          en: `outlet ${outlet} has ${yuan(balance)} yuan and ${yuan(held)} held by the naive bank, ${yuan(own)} and ${yuan(ownHeld)} by the platform`,
        });
      }
      moved.clear();
      for (const id of tentative) bank.close(id);
      tentative = [];
    }

    return {
      record(_, record, order) {
        if (order && record.type === 'orderOpened') accepted(order);
        // What is on a card is S12's: here only what its end does to the credit.
        if (order?.card && record.type === 'orderEnded') ended(order);
      },
      heard(_, message, order) {
        const claim = order && claimOf(message, order)?.claim;
        if (!order || !claim) return;
        if (claim.kind === 'succeeded') heardOf(order, true);
        else if (claim.kind === 'declined') heardOf(order, false);
        else if (claim.kind === 'notFound') notFound.add(order);
      },
      settledByHand(_, id, outcome) {
        const order = books.orders.get(id);
        if (order) heardOf(order, outcome === 'succeeded');
      },
      quiet: compare,
      recovered(at, image) {
        for (const id of tentative) {
          const order = books.orders.get(id);
          if (order?.final) continue;
          bank.forget(id);
          if (order) moved.add(order.outlet);
        }
        platform.clear();
        compare(at, image);
      },
      end(at) {
        if (scene.aliveSince === undefined) return;
        for (const outlet of platform.keys()) moved.add(outlet);
        compare(at, { businessDate: '', orders: [], accounts: [] });
      },
    };
  },
};
