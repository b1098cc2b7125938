import { checkOf, completionSchema } from '../../contracts/operation.ts';
import { carrier } from '../../contracts/profiles/carrier.ts';
import type { BookedLeg, BookedOrder } from './booked-order.ts';
import { INQUIRE, type Message, PERFORM } from './message.ts';

/**
 * What a counterpart's message says about an order, by the rule for evidence (settled rule 1), written down here a second
 * time: only a success of this very account and amount is a success; only a code on the service's own list, with effect
 * `none` where it is a completion, is a failure; «not found» counts per inquiry; whatever does not fit says nothing.
 */
export type Claim =
  | { kind: 'succeeded'; counterpartNo: string }
  | { kind: 'declined'; code: string }
  | { kind: 'processing' }
  | { kind: 'notFound'; inquiry: number }
  | { kind: 'mismatch' }
  | { kind: 'unclear' };

/** What a service lets end an order without its money being moved. */
export interface EvidenceRules {
  declines: ReadonlySet<string>;
  /** «Not found» ends it from so long after its acceptance, where it was said twice so far apart; ms. */
  notFoundAfter: number;
  notFoundApart: number;
}

const RULES: { [service: string]: EvidenceRules } = {
  'mobile-topup': {
    declines: new Set([
      'contract.expired',
      'contract.timeUnknown',
      'contract.invalidData',
      'contract.unsupportedType',
      'adapter.busy',
      'counterpart.accountInvalid',
      'counterpart.accountClosed',
      'counterpart.amountNotAllowed',
      'counterpart.limitExceeded',
      'counterpart.declined',
      'counterpart.unreachable',
    ]),
    notFoundAfter: 10 * 60_000,
    notFoundApart: 60_000,
  },
};

/** Of a meter card's purchase at the utility; a void is also declined where the purchase does not stand as it must. */
const AT_THE_UTILITY = new Set([
  'contract.expired',
  'contract.timeUnknown',
  'contract.invalidData',
  'contract.unsupportedType',
  'adapter.busy',
  'counterpart.accountInvalid',
  'counterpart.accountClosed',
  'counterpart.amountNotAllowed',
  'counterpart.limitExceeded',
  'counterpart.declined',
  'counterpart.unreachable',
  'counterpart.orderOpen',
  'counterpart.countMismatch',
]);
RULES['meter-card'] = { declines: AT_THE_UTILITY, notFoundAfter: 10 * 60_000, notFoundApart: 60_000 };

export const rulesOf = (order: BookedOrder): EvidenceRules | undefined => RULES[order.service];

const fitsPerform = checkOf(completionSchema(carrier.operations.perform.result));
const fitsInquire = checkOf(completionSchema(carrier.operations.inquire.result));

/** The claim and the leg it is about; `undefined` where the message is not about one of the order's own requests. */
export function claimOf(message: Message, order: BookedOrder): { claim: Claim; leg: BookedLeg } | undefined {
  const { causation = '', type, data } = message;
  const rules = rulesOf(order);
  const leg = order.legs.find(({ key }) => causation === key || causation.startsWith(`${key}.i`));
  if (!rules || !leg || !message.place.startsWith(`cp.${leg.counterpart}.`)) return undefined;
  if (type === `${PERFORM}.processing`) return { leg, claim: { kind: 'processing' } };
  if (type === `${PERFORM}.completed`) return { leg, claim: completed(rules, order, data) };
  if (type !== `${INQUIRE}.completed`) return undefined;
  const number = causation.slice(leg.key.length + 2);
  const inquiry = /^[1-9]\d*$/.test(number) ? Number(number) : 0;
  if (inquiry < 1 || inquiry > leg.inquiries) return undefined;
  return { leg, claim: inquired(rules, order, inquiry, data) };
}

const UNCLEAR: Claim = { kind: 'unclear' };

interface Told {
  account?: string;
  amountFen?: number;
  counterpartNo?: string;
}

function completed(rules: EvidenceRules, order: BookedOrder, data: unknown): Claim {
  if (fitsPerform(data)) return UNCLEAR;
  const { outcome, result, error } = data as {
    outcome: string;
    result?: Told;
    error?: { code: string; effect: string };
  };
  if (outcome === 'success' && result) return success(order, result);
  const declined = outcome === 'failure' && error?.effect === 'none' && rules.declines.has(error.code);
  return declined ? { kind: 'declined', code: error.code } : UNCLEAR;
}

function inquired(rules: EvidenceRules, order: BookedOrder, inquiry: number, data: unknown): Claim {
  if (fitsInquire(data)) return UNCLEAR;
  const { outcome, result } = data as {
    outcome: string;
    result?: Told & { standing: string; errorCode?: string };
  };
  if (outcome !== 'success' || !result) return UNCLEAR;
  if (result.standing === 'succeeded') return success(order, result);
  if (result.standing === 'processing') return { kind: 'processing' };
  if (result.standing === 'notFound') return { kind: 'notFound', inquiry };
  const { errorCode = '' } = result;
  if (result.standing === 'failed' && rules.declines.has(errorCode))
    return { kind: 'declined', code: errorCode };
  return UNCLEAR;
}

function success(order: BookedOrder, { account, amountFen, counterpartNo = '' }: Told): Claim {
  return account === order.account && amountFen === order.amountFen
    ? { kind: 'succeeded', counterpartNo }
    : { kind: 'mismatch' };
}
