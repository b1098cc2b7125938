import { isCardOpen } from './card-work.ts';
import { isFinal, type Order } from './order.ts';
import { explain } from './problems.ts';
import type { OrderView } from './views.ts';

/** What a teller is told of the card and the money, and what may be done now (CAR-01 to CAR-06). */
export interface CardView {
  stage: string;
  /** What to do with the card and with the customer's cash. */
  zh: string;
  en: string;
  /** Put the card in and go on; take the order back; tell the utility now; void it. */
  may: ('work' | 'takeBack' | 'confirm' | 'void')[];
}

export function cardViewOf(order: Order): CardView | undefined {
  const work = order.card;
  if (!work) return undefined;
  return { stage: work.stage, ...adviceOf(order), may: permitted(order) };
}

function permitted(order: Order): CardView['may'] {
  const { stage, mayBeWritten } = order.card ?? { stage: 'closed', mayBeWritten: false };
  if (stage === 'waiting') return mayBeWritten ? ['work'] : ['work', 'takeBack'];
  if (stage === 'closing') return ['confirm'];
  const isVoidable =
    order.kind === 'cardPurchase' && order.state === 'succeeded' && stage === 'closed' && !order.voidedBy;
  return isVoidable ? ['void'] : [];
}

type Advice = { zh: string; en: string };

const PURCHASE: { [stage: string]: Advice } = {
  ordering: { zh: '正在向电力公司下单,请勿拔卡', en: 'Ordering at the utility: leave the card in' },
  reading: { zh: '正在读卡,请勿拔卡', en: 'Reading the card: leave it in' },
  sealing: { zh: '正在取得写卡数据,请勿拔卡', en: 'Fetching what is written: leave the card in' },
  writing: { zh: '正在写卡,请勿拔卡', en: 'Writing the card: do not pull it out' },
  closing: {
    zh: '卡已写好,可以取卡并收款;正在向电力公司确认,系统会一直重试',
    en: 'The card is written: take the cash and hand the card out. The utility is being told until it answers',
  },
  closed: { zh: '交易完成,可以取卡', en: 'Done: hand the card out' },
};

const CANCELLING: Advice = {
  zh: '正在撤销,卡未写入;请退还用户现金,信誉度随后退回',
  en: 'Taking it back, the card was not written: give the cash back; the credit returns soon',
};

const INDETERMINATE: Advice = {
  zh: '不能确定是否已写卡:请勿退款,也不要重新购电;请把原卡放回任一读卡器,系统读卡后自动判定',
  en: 'It is not known whether the card was written: neither refund nor sell again; put the same card into any reader, and reading it decides',
};

const NOT_WRITTEN: Advice = {
  zh: '卡未写入:放好原卡后继续写卡,或撤销并退还现金',
  en: 'The card was not written: put the same card in and go on, or take it back and return the cash',
};

const VOID_CLOSING: Advice = {
  zh: '卡已恢复,正在向电力公司确认撤销;确认后信誉度退回',
  en: 'The card is restored; the utility is being told, and the credit returns once it has answered',
};

const FAILED: Advice = {
  zh: '未成交,卡未写入;请退还用户现金',
  en: 'Not done, the card was not written: return the cash',
};

function adviceOf(order: Order): Advice {
  const work = order.card;
  if (!work) return FAILED;
  if (work.stage === 'waiting') return withReason(work.mayBeWritten ? INDETERMINATE : NOT_WRITTEN, work.why);
  if (!isCardOpen(work) && order.state === 'failed') return FAILED;
  if (work.stage === 'closing') {
    if (order.kind === 'cardVoid' && !isFinal(order.state))
      return order.legs.at(-1)?.operation === 'confirmVoid' ? VOID_CLOSING : CANCELLING;
    if (order.legs.at(-1)?.operation === 'cancel') return CANCELLING;
  }
  return PURCHASE[work.stage] ?? NOT_WRITTEN;
}

function withReason(advice: Advice, why: string | undefined): Advice {
  const reason = why === undefined ? undefined : explain(why);
  if (!reason) return advice;
  return { zh: `${reason.zh}。${advice.zh}`, en: `${reason.en}. ${advice.en}` };
}

/** CAR-04: an order that is not finished with the card or the utility; of a void, with the purchase's number (被撤流水号). */
export type UnconfirmedView = OrderView & { voidedJournalNo?: string };
