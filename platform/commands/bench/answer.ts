import { printer } from '../../../contracts/devices/printer.ts';
import { type Envelope, encode } from '../../../contracts/envelope.ts';
import { typesOf } from '../../../contracts/operation.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';
import { nameOf, type Place } from '../../../contracts/topics.ts';

const PERFORM = typesOf(carrier, 'perform');
const PRINT = typesOf(printer, 'print');

/** Messages of one payment on the bus: perform, accepted, completed; print, accepted, completed. */
export const MESSAGES_PER_PAYMENT = 6;

/** What a carrier or a printer that is as quick as can be replies to a request. */
export function answersTo(place: Place, request: Envelope): Envelope[] {
  const { id, correlation, key, time, data } = request;
  const reply = (type: string, more: object): Envelope => ({
    id: `${id}/${type}`,
    source: nameOf(place),
    type,
    time,
    causation: id,
    ...(correlation === undefined ? {} : { correlation }),
    ...(key === undefined ? {} : { key }),
    data: more,
  });
  if (request.type === PERFORM.request) {
    const result = { ...(data as object), counterpartNo: `CM${id.slice(-12)}` };
    return [reply(PERFORM.accepted, {}), reply(PERFORM.completed, { outcome: 'success', result })];
  }
  if (request.type === PRINT.request)
    return [
      reply(PRINT.accepted, {}),
      reply(PRINT.completed, { outcome: 'success', result: { proof: 'processId' } }),
    ];
  return [];
}

export const encodeAll = (envelopes: readonly Envelope[]) => envelopes.map(encode);
