import { printer } from '../../../contracts/devices/printer.ts';
import { typesOf } from '../../../contracts/operation.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';

const PERFORM = typesOf(carrier, 'perform').request;
const PRINT = typesOf(printer, 'print').request;

/** Messages of one payment on the bus: perform, accepted, completed; print, accepted, completed. */
export const MESSAGES_PER_PAYMENT = 6;

interface Wire {
  id: string;
  type: string;
  time: string;
  correlationid: string;
  idempotencykey: string;
  data: object;
}

/**
 * What a carrier or printer called `name` replies, as texts for the wire: at once, unchecked, as cheaply as can be. The bench
 * measures the platform, not its partners.
 */
export function answersTo(name: string, request: string): string[] {
  const { id, type, time, correlationid, idempotencykey, data } = JSON.parse(request) as Wire;
  const reply = (kind: string, more: object) =>
    JSON.stringify({
      specversion: '1.0',
      id: `${id}/${kind}`,
      source: name,
      type: `${type}.${kind}`,
      time,
      datacontenttype: 'application/json',
      correlationid,
      causationid: id,
      idempotencykey,
      data: more,
    });
  const end = (result: object) => [reply('accepted', {}), reply('completed', { outcome: 'success', result })];
  if (type === PERFORM) return end({ ...data, counterpartNo: `CM${id.slice(-12)}` });
  return type === PRINT ? end({ proof: 'processId' }) : [];
}
