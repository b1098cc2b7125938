import type { Order } from './order.ts';
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

/** While nobody has to do anything: by what is being done. The same for a purchase and its void. */
const UNDER_WAY: { [stage: string]: Advice } = {
  ordering: { zh: '正在向电力公司下单,请勿拔卡', en: 'Ordering at the utility: leave the card in' },
  reading: { zh: '正在读卡,请勿拔卡', en: 'Reading the card: leave it in' },
  sealing: { zh: '正在取得写卡数据,请勿拔卡', en: 'Fetching what is written: leave the card in' },
  writing: { zh: '正在写卡,请勿拔卡', en: 'Writing the card: do not pull it out' },
};

/** What to do with card and cash in everything else. */
type Words = {
  [when in
    | 'unanswered'
    | 'notWritten'
    | 'inDoubt'
    | 'telling'
    | 'cancelling'
    | 'contradicted'
    | 'done'
    | 'failed']: Advice;
};

const PURCHASE: Words = {
  // Ordered perhaps, and surely not written: the customer need not stand there until it is known.
  unanswered: {
    zh: '电力公司没有明确答复,卡未写入,可先取卡;系统会自动查询。请勿退款,也不要重新购电;有结果后凭原卡继续',
    en: 'The utility has not answered clearly; the card is not written and may be handed out. The platform keeps asking: neither refund nor sell again, and go on with the same card when it is known',
  },
  notWritten: {
    zh: '卡未写入:放好原卡后继续写卡,或撤销并退还现金',
    en: 'The card was not written: put the same card in and go on, or take it back and return the cash',
  },
  inDoubt: {
    zh: '不能确定是否已写卡:请勿退款,也不要重新购电;请把原卡放回任一读卡器,系统读卡后自动判定',
    en: 'It is not known whether the card was written: neither refund nor sell again; put the same card into any reader, and reading it decides',
  },
  telling: {
    zh: '卡已写好,可以取卡并收款;正在向电力公司确认,系统会一直重试',
    en: 'The card is written: take the cash and hand the card out. The utility is being told until it answers',
  },
  cancelling: {
    zh: '正在撤销,卡未写入;请退还用户现金,信誉度随后退回',
    en: 'Taking it back, the card was not written: give the cash back; the credit returns soon',
  },
  contradicted: {
    zh: '电力公司的账与电卡不一致,已转人工核实:可以取卡;核实前请勿退款,也不要重新购电',
    en: 'The utility’s books contradict the card; a person finds out. Hand the card out; until then neither refund nor sell again',
  },
  done: { zh: '交易完成,可以取卡', en: 'Done: hand the card out' },
  failed: {
    zh: '未成交,卡未写入;请退还用户现金',
    en: 'Not done, the card was not written: return the cash',
  },
};

/** Until a void is on the card the purchase stands, so that no cash goes back before. */
const VOID: Words = {
  unanswered: {
    zh: '电力公司没有明确答复撤销申请,卡未改动,可先取卡;系统会自动查询。现在不要退款,有结果后凭原卡继续',
    en: 'The utility has not answered clearly; the card is unchanged and may be handed out. The platform keeps asking: no refund now, and go on with the same card when it is known',
  },
  notWritten: {
    zh: '卡未恢复,原购电仍然有效:放好原卡后继续,或放弃撤销(不退款)',
    en: 'The card was not restored, so the purchase stands: put the same card in and go on, or give the void up (no refund)',
  },
  inDoubt: {
    zh: '不能确定卡是否已恢复:现在不要退款;请把原卡放回任一读卡器,系统读卡后自动判定',
    en: 'It is not known whether the card was restored: no refund now; put the same card into any reader, and reading it decides',
  },
  telling: {
    zh: '卡已恢复,正在向电力公司确认撤销;确认后信誉度退回,再退还用户现金',
    en: 'The card is restored; the utility is being told. The credit returns once it has answered: give the cash back then',
  },
  cancelling: {
    zh: '正在放弃撤销,卡未改动,原购电仍然有效:可以取卡,不退款',
    en: 'Giving the void up: the card is unchanged and the purchase stands. Hand the card out, no refund',
  },
  contradicted: {
    zh: '电力公司的账与电卡不一致,已转人工核实:可以取卡;核实前不要退款',
    en: 'The utility’s books contradict the card; a person finds out. Hand the card out, and no refund until then',
  },
  done: {
    zh: '撤销完成,信誉度已退回:请退还用户现金并取卡',
    en: 'Voided, and the credit is back: give the cash back and hand the card out',
  },
  failed: {
    zh: '撤销未成,卡未改动,原购电仍然有效:可以取卡,不退款',
    en: 'Not voided: the card is unchanged and the purchase stands. Hand the card out, no refund',
  },
};

const VOIDED: Advice = { zh: '此笔购电已撤销', en: 'This purchase was voided' };

function adviceOf(order: Order): Advice {
  const words = order.kind === 'cardVoid' ? VOID : PURCHASE;
  const work = order.card;
  if (!work) return words.failed;
  const { stage, mayBeWritten, why } = work;
  if (stage === 'waiting') return withReason(mayBeWritten ? words.inDoubt : words.notWritten, why);
  if (order.voidedBy !== undefined) return VOIDED;
  if (stage === 'closed') return order.state === 'failed' ? words.failed : words.done;
  if (order.state === 'manual') return stage === 'closing' ? words.contradicted : words.unanswered;
  if (stage === 'ordering' && order.state === 'unknown') return words.unanswered;
  if (stage !== 'closing') return UNDER_WAY[stage] ?? words.notWritten;
  const told = order.legs.at(-1)?.operation;
  return told === 'cancel' || told === 'cancelVoid' ? words.cancelling : words.telling;
}

function withReason(advice: Advice, why: string | undefined): Advice {
  const reason = why === undefined ? undefined : explain(why);
  if (!reason) return advice;
  return { zh: `${reason.zh}。${advice.zh}`, en: `${reason.en}. ${advice.en}` };
}

/** CAR-04: an order that is not finished with the card or the utility; of a void, with the purchase's number (被撤流水号). */
export type UnconfirmedView = OrderView & { voidedJournalNo?: string };
