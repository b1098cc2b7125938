import { decode } from '../../contracts/envelope.ts';

/** A message on the wire, as far as the checker looks into it. */
export interface Message {
  id: string;
  type: string;
  /** Where it came from or goes to: `cp.china-mobile.1`. */
  place: string;
  /** The order that it says it is about. */
  order: string | undefined;
  causation: string | undefined;
  key: string | undefined;
  data: unknown;
}

const ROOT = 'yz/1/';
const COUNTERPARTS = `${ROOT}cp/`;
const REPLY = '/rep';
const REQUEST = '/req';

/** A counterpart's reply; `undefined` for anything else, and for what is no envelope of that place: it says nothing at all. */
export function readReply(topic: string, text: string): Message | undefined {
  if (!topic.endsWith(REPLY) || !topic.startsWith(COUNTERPARTS)) return undefined;
  const place = placeOf(topic, REPLY);
  const read = decode(text);
  if (!read.ok || read.envelope.source !== place) return undefined;
  const { id, type, correlation, causation, key, data } = read.envelope;
  return { id, type, place, order: correlation, causation, key, data };
}

/** A request of the platform's to a place; `undefined` for everything else that it says. The lines of a sheet are not read. */
export function readRequest(topic: string, text: string): Message | undefined {
  if (!topic.endsWith(REQUEST)) return undefined;
  // A sheet's lines are most of what is sent, and nobody looks at them here: the paper itself is observed.
  const isSheet = !topic.startsWith(COUNTERPARTS) && text.includes(PRINT);
  const head = !isSheet ? text : `${text.slice(0, text.indexOf(',"data":'))}}`;
  const { id, type, correlationid, causationid, idempotencykey, data } = JSON.parse(head) as Wire;
  const place = placeOf(topic, REQUEST);
  return { id, type, place, order: correlationid, causation: causationid, key: idempotencykey, data };
}

interface Wire {
  id: string;
  type: string;
  correlationid?: string;
  causationid?: string;
  idempotencykey?: string;
  data?: unknown;
}

const placeOf = (topic: string, leaf: string) => topic.slice(ROOT.length, -leaf.length).replaceAll('/', '.');

export const PERFORM = 'yizhan.carrier.perform';
export const ORDER_CARD = 'yizhan.utility.order';
export const INQUIRE = 'yizhan.carrier.inquire';
export const PRINT = 'yizhan.printer.print';
export const ASK_PRINT = 'yizhan.printer.inquire';

/** What moves something at the utility, or asks its books: not what is only read for a person or sealed for a card. */
export const isToUtility = (type: string) =>
  type.startsWith('yizhan.utility.') &&
  type !== 'yizhan.utility.seal' &&
  type !== 'yizhan.utility.findCustomer';
