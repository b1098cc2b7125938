import type { Moment, Order } from '../../core/order.ts';
import type { Service } from '../../core/services/service.ts';

/** What an order's history says of how its counterpart behaved. Times are ms of platform time. */
export interface Story {
  order: Order;
  service: Service;
  acceptedAt?: number;
  /** The counterpart said that it is at work. */
  processingAt?: number;
  /** Why the outcome was not known, one or more times. */
  doubts: readonly string[];
  inquiries: readonly Inquiry[];
  /** Inquiries that found nobody of the counterpart there. */
  heldAt: readonly number[];
  end?: Moment;
  /** How the end was learnt, where there is one. */
  learnt: 'told' | 'inquired' | 'byHand';
}

export interface Inquiry {
  no: number;
  at: number;
  /** It left a trace before the next one. What was at work already may have been said to be, without a trace. */
  answered: boolean | 'perhaps';
}

/** An answer comes this soon after its question, ms; later it is news of its own. */
const SOON = 2_000;
/** The order's own state moving back, with the leg's stage as its reason: nothing that the counterpart said. */
const HOPE = ['accepted', 'processing'];

export function storyOf(order: Order, service: Service): Story {
  // The first moment is the order's own birth.
  const moments = order.history.slice(1);
  const first = (what: string) => moments.find((moment) => moment.what === what);
  const end = moments.find(({ what }) => what === 'succeeded' || what === 'failed');
  const processing = moments.find(({ what, why = '' }) => what === 'processing' && !HOPE.includes(why));
  const asked = moments.filter(({ what }) => what.startsWith('inquired '));
  const answers = moments.filter(isAnswer);
  const inquiries = asked.map(({ what, at }, i): Inquiry => {
    const until = asked[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const trace = answers.some((moment) => moment.at >= at && moment.at < until);
    const atWork = processing !== undefined && processing.at < at;
    return { no: Number(what.slice('inquired '.length)), at, answered: trace || (atWork && 'perhaps') };
  });
  const last = inquiries.at(-1);
  const byHand =
    first('manual') !== undefined &&
    (order.problem === 'platform.resolvedFailed' || !order.legs.some((leg) => leg.counterpartNo));
  const inquired = end && last && end.at - last.at <= SOON;
  const acceptedAt = first('accepted')?.at;
  return {
    order,
    service,
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(processing ? { processingAt: processing.at } : {}),
    doubts: moments.flatMap(({ what, why }) => (what === 'unknown' && why ? [why] : [])),
    inquiries,
    heldAt: moments.flatMap(({ what, at }) => (what === 'inquiryHeld' ? [at] : [])),
    ...(end ? { end } : {}),
    learnt: byHand ? 'byHand' : inquired ? 'inquired' : 'told',
  };
}

/** An answer to a question: not the request's own acceptance, nor a deadline that passed. */
const isAnswer = ({ what, why = '' }: Moment) =>
  !/^(accepted|inquired|inquiryHeld|alertRaised|manual)/.test(what) &&
  !(what === 'unknown' && why.startsWith('no ')) &&
  !(what === 'processing' && HOPE.includes(why));
