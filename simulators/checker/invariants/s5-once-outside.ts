import type { BookedOrder } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import { type Message, ORDER_CARD, PERFORM } from '../message.ts';
import { masked, yuan } from '../words.ts';

export const s5: Invariant = {
  id: 'S5',
  kind: 'safety',
  zh: '每个订单在对方最多扣款或下单一次;该订单发出的每个请求都用同一个幂等键、号码和金额',
  en: 'The counterpart charges, or orders, at most once for an order, and every request for it carries one key, account and amount: what the customer wants',
  watch({ books, scene, broken, checked }) {
    function sameAsBefore(at: number, { order = '', key = '', data }: Message, booked?: BookedOrder): void {
      const { account = '', amountFen = 0 } = data as { account?: string; amountFen?: number };
      const intent = scene.intents.get(order);
      const before = booked?.askedUnder ?? '';
      if (booked && before === '') booked.askedUnder = booked.legs.find((leg) => leg.key === key)?.key ?? key;
      checked();
      if (before !== '' && key !== before)
        broken({
          at,
          order,
          zh: `幂等键由 ${before} 变为 ${key}`,
          en: `was sent under key ${before}, and again under ${key}`,
        });
      if (!intent || (intent.account === account && intent.fen === amountFen)) return;
      broken({
        at,
        order,
        zh: `客户要为 ${masked(intent.account)} 充 ${yuan(intent.fen)} 元,请求却是 ${masked(account)} ${yuan(amountFen)} 元`,
        en: `the customer wants ${yuan(intent.fen)} yuan for ${masked(intent.account)}, the request says ${yuan(amountFen)} yuan for ${masked(account)}`,
      });
    }

    /** What the utility is asked to order is what the customer with the card wants. */
    function orderedAsWanted(at: number, { order = '', data }: Message): void {
      const {
        meterNo,
        cardSerial,
        count,
        amountFen = 0,
      } = data as {
        meterNo?: string;
        cardSerial?: string;
        count?: number;
        amountFen?: number;
      };
      const intent = scene.intents.get(order);
      checked();
      if (!intent?.card) return;
      const { serial, count: next } = intent.card;
      if (meterNo === intent.account && cardSerial === serial && count === next && amountFen === intent.fen)
        return;
      broken({
        at,
        order,
        zh: `顾客要为电表 ${intent.account} 第 ${next} 次购 ${yuan(intent.fen)} 元,请求却是 ${meterNo} 第 ${count} 次 ${yuan(amountFen)} 元`,
        en: `the customer wants ${yuan(intent.fen)} yuan as purchase ${next} of meter ${intent.account}, the request says ${yuan(amountFen)} yuan as ${count} of ${meterNo}`,
      });
    }

    return {
      sent(at, message, order) {
        if (message.type === PERFORM) sameAsBefore(at, message, order);
        else if (message.type === ORDER_CARD) orderedAsWanted(at, message);
      },
      utility(at, key, what) {
        if (what !== 'ordered') return;
        checked();
        const order = key.slice(0, ID_LENGTH);
        const booked = books.orders.get(order);
        if (!booked?.legs.some((leg) => leg.key === key))
          return broken({
            at,
            order,
            zh: `电力公司以 ${key} 下单,日志中没有这个幂等键`,
            en: `the utility has ordered under ${key}, a key that the log does not know`,
          });
        const times = ++booked.charges;
        if (times > 1)
          broken({
            at,
            order,
            zh: `电力公司下单 ${times} 次`,
            en: `the utility has ordered ${times} times for it`,
          });
      },
      carrier(at, key, what, account, fen) {
        if (what !== 'charged') return;
        checked();
        // The key's last part counts the order's legs.
        const order = key.slice(0, key.lastIndexOf('.'));
        const intent = scene.intents.get(order);
        // What nobody wanted here, or under a key that the log does not know, is not ours to be charged.
        const booked = books.orders.get(order);
        if (!booked?.legs.some((leg) => leg.key === key))
          return broken({
            at,
            order,
            zh: `对方以 ${key} 扣款,日志中没有这个幂等键`,
            en: `the counterpart has charged under ${key}, a key that the log does not know`,
          });
        const times = ++booked.charges;
        if (times > 1)
          broken({
            at,
            order,
            zh: `对方扣款 ${times} 次,每次 ${yuan(fen)} 元`,
            en: `the counterpart has charged ${times} times, now ${yuan(fen)} yuan`,
          });
        if (intent && (intent.account !== account || intent.fen !== fen))
          broken({
            at,
            order,
            zh: `应充 ${yuan(intent.fen)} 元,对方扣 ${yuan(fen)} 元`,
            en: `${yuan(intent.fen)} yuan for ${masked(intent.account)} were wanted, ${yuan(fen)} yuan for ${masked(account)} were charged`,
          });
      },
    };
  },
};

/** An order's id, whatever its keys have after it. */
const ID_LENGTH = 26;
