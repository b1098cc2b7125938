import type { BookedCard, BookedOrder } from '../booked-order.ts';
import { createCards, WRITE_CARD } from '../cards.ts';
import type { Invariant } from '../invariant.ts';
import type { Message } from '../message.ts';
import { yuan } from '../words.ts';

export const s12: Invariant = {
  id: 'S12',
  kind: 'safety',
  zh: '电卡:记为成功则卡上确曾写入;退款则卡上没有,且电力公司已撤销或从未下单;只写顾客的那张卡;一块表最多一笔未完成订单;告知电力公司的与卡一致',
  en: 'Meter cards: a success was really on the card; a refund really is not, and the utility has let the purchase go; only the customer’s own card is written; a meter has one open order, and the utility is told what the card says',
  watch({ books, scene, broken, checked }) {
    const cards = createCards();
    /** By meter: the order that is open on it. */
    const open = new Map<string, BookedOrder>();
    /** What a person found out is not to be proven by the card. */
    const byHand = new Set<string>();
    /** How each purchase stands in the utility's books, by its key: the truth. */
    const standing = new Map<string, string>();

    const wrong = (at: number, order: string, zh: string, en: string) => broken({ at, order, zh, en });

    function opened(at: number, order: BookedOrder, { meterNo }: BookedCard): void {
      const before = open.get(meterNo);
      checked();
      if (before)
        wrong(
          at,
          order.id,
          `电表 ${meterNo} 已有未完成的订单 ${before.journalNo}`,
          `meter ${meterNo} has order ${before.journalNo} open already`,
        );
      open.set(meterNo, order);
      isOfCustomer(at, order);
    }

    /** It is for the card that was in the customer's hand, with the count that follows on it. */
    function isOfCustomer(at: number, { id, kind, card }: BookedOrder): void {
      const intent = scene.intents.get(id);
      if (!intent?.card || !card) return;
      const isOther = card.serial !== intent.card.serial || card.meterNo !== intent.account;
      if (isOther || (kind === 'cardPurchase' && card.after.count !== intent.card.count))
        wrong(
          at,
          id,
          `顾客的卡是 ${intent.card.serial},第 ${intent.card.count} 次;订单记的是 ${card.serial},第 ${card.after.count} 次`,
          `is for card ${card.serial} and purchase ${card.after.count}; the customer has card ${intent.card.serial}, and ${intent.card.count} is next on it`,
        );
    }

    /** CAR-03: money that goes back was let go by the utility; CAR-02: money of a void when the utility has it back. */
    function letGo(at: number, order: BookedOrder): void {
      const found = standing.get(`${order.voids || order.id}.1`) ?? 'notFound';
      if (
        order.state === 'failed' &&
        order.kind === 'cardPurchase' &&
        !/^(notFound|failed|cancelled)$/.test(found)
      )
        wrong(
          at,
          order.id,
          `已退款,而电力公司账上仍为 ${found}`,
          `was given back, and in the utility's books it is still ${found}`,
        );
      if (order.state === 'succeeded' && order.kind === 'cardVoid' && found !== 'voided')
        wrong(
          at,
          order.id,
          `撤销已退款,而电力公司账上为 ${found}`,
          `gave the credit back, and in the utility's books the purchase is ${found}`,
        );
    }

    function ended(at: number, order: BookedOrder, { serial, before, after }: BookedCard): void {
      if (byHand.has(order.id)) return;
      checked();
      letGo(at, order);
      if (order.state === 'succeeded' && !cards.hasBorne(serial, after))
        wrong(
          at,
          order.id,
          `记为成功,卡上从未有过第 ${after.count} 次 ${yuan(after.amountFen)} 元`,
          `was recorded as a success; its card never bore purchase ${after.count} of ${yuan(after.amountFen)} yuan`,
        );
      if (order.state === 'failed' && order.kind === 'cardPurchase' && cards.bears(serial, after))
        wrong(
          at,
          order.id,
          `退款 ${yuan(order.amountFen)} 元,而卡上已写入第 ${after.count} 次`,
          `${yuan(order.amountFen)} yuan were given back, and purchase ${after.count} is on the card`,
        );
      if (order.state === 'succeeded' && order.kind === 'cardVoid' && !cards.bears(serial, after))
        wrong(
          at,
          order.id,
          `撤销成功,卡上却不是第 ${after.count} 次(应由 ${before.count} 退回)`,
          `the void succeeded, and the card does not bear purchase ${after.count} again`,
        );
    }

    /** Whatever is on the card from now on must be wanted by somebody: late writes of what was given back are not. */
    function isWanted(serial: string, count: number, amountFen: number): boolean {
      for (const { card, state, kind } of books.orders.values()) {
        if (card?.serial !== serial) continue;
        const bears = (wallet: BookedCard['after']) =>
          wallet.count === count && wallet.amountFen === amountFen;
        if (bears(card.before)) return true;
        if (bears(card.after) && !(state === 'failed' && kind === 'cardPurchase')) return true;
      }
      return false;
    }

    function written(at: number, { order: id = '', data }: Message, order: BookedOrder | undefined): void {
      const { serial, after } = data as { serial?: string; after?: BookedCard['after'] };
      checked();
      if (!order?.card || serial !== order.card.serial)
        wrong(
          at,
          id,
          `写卡指令发往卡 ${serial},订单的卡是 ${order?.card?.serial ?? '无'}`,
          `a write was sent for card ${serial}; the order's card is ${order?.card?.serial ?? 'none'}`,
        );
      else if (order.final || open.get(order.card.meterNo) !== order)
        wrong(at, id, '订单已结束仍发出写卡指令', 'a write was sent for an order that has ended');
      else if (after?.count !== order.card.after.count || after.amountFen !== order.card.after.amountFen)
        wrong(
          at,
          id,
          `写卡指令写第 ${after?.count} 次 ${yuan(after?.amountFen ?? 0)} 元,订单为第 ${order.card.after.count} 次`,
          `a write puts purchase ${after?.count} of ${yuan(after?.amountFen ?? 0)} yuan on the card; the order is ${order.card.after.count} of ${yuan(order.card.after.amountFen)} yuan`,
        );
    }

    return {
      card(at, serial, found) {
        const isFirst = cards.now(serial) === undefined && !cards.hasBorne(serial, found ?? NOTHING);
        cards.tell(serial, found);
        if (isFirst || !found || found.returnedCount === found.count) return;
        checked();
        const ofOrders = [...books.orders.values()].some((order) => order.card?.serial === serial);
        // Torn between the two, it says something that nobody wanted: then its order is still open.
        const isInWork = [...open.values()].some((order) => order.card?.serial === serial);
        if (ofOrders && !isInWork && !isWanted(serial, found.count, found.amountFen))
          wrong(
            at,
            '',
            `卡 ${serial} 上出现第 ${found.count} 次 ${yuan(found.amountFen)} 元,没有订单要它`,
            `card ${serial} bears purchase ${found.count} of ${yuan(found.amountFen)} yuan, which no standing order wants`,
          );
      },
      settledByHand: (_, order) => void byHand.add(order),
      record(at, record, order) {
        const card = order?.card;
        if (!order || !card) return;
        if (record.type === 'orderOpened') opened(at, order, card);
        if (record.type === 'orderTakenUp' && card.stage !== 'closed') open.set(card.meterNo, order);
        if (record.type === 'orderEnded') ended(at, order, card);
        if (record.type !== 'cardMoved') return;
        if (record.to.stage === 'closed' && open.get(card.meterNo) === order) open.delete(card.meterNo);
        if (
          record.to.mayBeWritten === false &&
          order.kind === 'cardPurchase' &&
          cards.bears(card.serial, card.after)
        )
          wrong(
            at,
            order.id,
            '记为未写卡,而卡上已写入',
            'was recorded as not written, and it is on the card',
          );
      },
      sent(at, message, order) {
        if (message.type === WRITE_CARD) written(at, message, order);
      },
      utility(at, key, what, { serial, count, fen }) {
        // A void that was taken back leaves the purchase as it was.
        standing.set(key, what === 'voidCancelled' ? 'confirmed' : what);
        const order = key.slice(0, key.lastIndexOf('.'));
        const wallet = { count, amountFen: fen };
        if (what !== 'confirmed' && what !== 'cancelled' && what !== 'voided') return;
        checked();
        if (what === 'confirmed' && !cards.hasBorne(serial, wallet))
          wrong(
            at,
            order,
            '向电力公司确认了未写入的购电',
            'the utility was told that the card is written, and it never was',
          );
        if (what === 'cancelled' && cards.bears(serial, wallet))
          wrong(
            at,
            order,
            '已写卡的购电在电力公司被撤销',
            'was cancelled at the utility, and it is on the card',
          );
        if (what === 'voided' && cards.bears(serial, wallet))
          wrong(
            at,
            order,
            '卡未恢复,电力公司已撤销',
            'was voided at the utility, and the card still bears it',
          );
      },
    };
  },
};

const NOTHING = { count: -1, amountFen: -1 };
