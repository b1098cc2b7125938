import type { Clause } from './clause.ts';
import { formatInstant, parseInstant } from './time.ts';

/** A message: CloudEvents 1.0 with our extension attributes. Instants are milliseconds here and RFC 3339 on the wire. */
export interface Envelope<Data = unknown> {
  /** New for each transport attempt; with `source` it names the message. */
  id: string;
  /** The sender's name: a place's, or `platform`. */
  source: string;
  /** `yizhan.carrier.perform`, `yizhan.carrier.perform.completed` */
  type: string;
  /** When it was said, in ms. Diagnostic: deadlines go by `expiry`. */
  time: number;
  /** The business transaction: equal over attempts, inquiries and the receipt. */
  correlation?: string;
  /** In a reply: the `id` of the request. */
  causation?: string;
  /** One intended effect; equal over all attempts. */
  key?: string;
  /** In platform time, ms: an effect may not be started later. */
  expiry?: number;
  /** 1 for the first sending of a key. Diagnostic. */
  attempt?: number;
  data: Data;
}

export const MAX_BYTES = 64 * 1024;

export const clauses: readonly Clause[] = [
  {
    id: 'ENV-001',
    level: 'MUST',
    text: 'A message is one CloudEvents 1.0 event in structured JSON, UTF-8, at most 64 KiB, with datacontenttype «application/json».',
  },
  {
    id: 'ENV-002',
    level: 'MUST',
    text: 'specversion «1.0», id, source, type, time and data are present; source is the sender’s name.',
  },
  {
    id: 'ENV-003',
    level: 'MUST',
    text: 'A reply carries the request’s id in causationid and its correlationid and idempotencykey unchanged.',
  },
  {
    id: 'ENV-004',
    level: 'MUST',
    text: 'A command carries idempotencykey and expirytime; every attempt has a new id and the same key.',
  },
  {
    id: 'ENV-005',
    level: 'MUST',
    text: 'A receiver ignores attributes and members of data that it does not know.',
  },
  {
    id: 'ENV-006',
    level: 'MUST',
    text: 'Money is an integer number of fen in a member whose name ends in «Fen»; no message carries a fraction of a fen.',
  },
  {
    id: 'ENV-007',
    level: 'MUST',
    text: 'Whoever receives what is no envelope drops it without an effect; where an id can be read, it answers with type «yizhan.refused» and contract.malformed, effect unknown.',
  },
  {
    id: 'ENV-008',
    level: 'MUST',
    text: 'Correlation, key, deadline and reply are in the message: no MQTT property, DUP flag or PUBACK proves anything.',
  },
];

export type Decoded = { ok: true; envelope: Envelope } | { ok: false; why: string; id?: string };

/** The envelope as text for the wire. Throws where it would break ENV-001: our own fault, not the partner's. */
export function encode(envelope: Envelope): string {
  const wire: Record<string, unknown> = {
    specversion: '1.0',
    id: envelope.id,
    source: envelope.source,
    type: envelope.type,
    time: formatInstant(envelope.time),
    datacontenttype: 'application/json',
  };
  if (envelope.correlation !== undefined) wire.correlationid = envelope.correlation;
  if (envelope.causation !== undefined) wire.causationid = envelope.causation;
  if (envelope.key !== undefined) wire.idempotencykey = envelope.key;
  if (envelope.expiry !== undefined) wire.expirytime = formatInstant(envelope.expiry);
  if (envelope.attempt !== undefined) wire.attempt = envelope.attempt;
  wire.data = envelope.data;
  const text = JSON.stringify(wire);
  if (isTooLarge(text))
    throw new RangeError(
      `message ${envelope.type} ${envelope.id} is larger than ${MAX_BYTES} bytes (ENV-001)`,
    );
  return text;
}

/** The limit counts bytes. A UTF-16 unit is at most 3 bytes of UTF-8, so most texts need no counting. */
function isTooLarge(payload: Uint8Array | string): boolean {
  if (typeof payload !== 'string') return payload.length > MAX_BYTES;
  return payload.length * 3 > MAX_BYTES && utf8.encode(payload).length > MAX_BYTES;
}

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a payload. Never throws: what is no envelope comes back with the reason, and with its id where one can be read. */
export function decode(payload: Uint8Array | string): Decoded {
  if (isTooLarge(payload)) return { ok: false, why: `larger than ${MAX_BYTES} bytes` };
  let wire: unknown;
  try {
    wire = JSON.parse(typeof payload === 'string' ? payload : strictUtf8.decode(payload));
  } catch {
    return { ok: false, why: 'not JSON in UTF-8' };
  }
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire))
    return { ok: false, why: 'not a JSON object' };
  return check(wire as Record<string, unknown>);
}

function check(wire: Record<string, unknown>): Decoded {
  const id = filled(wire.id) ? wire.id : undefined;
  const refuse = (why: string): Decoded => ({ ok: false, why, ...(id === undefined ? {} : { id }) });
  if (id === undefined) return refuse('id is missing or empty');
  if (wire.specversion !== '1.0') return refuse('specversion is not «1.0»');
  if (!filled(wire.source)) return refuse('source is missing or empty');
  if (!filled(wire.type)) return refuse('type is missing or empty');
  if (isSet(wire.datacontenttype) && wire.datacontenttype !== 'application/json')
    return refuse('datacontenttype is not «application/json»');
  const time = instant(wire.time);
  if (time === undefined) return refuse('time is no RFC 3339 instant');
  if (typeof wire.data !== 'object' || wire.data === null || Array.isArray(wire.data))
    return refuse('data is no object');
  const envelope: Envelope = { id, source: wire.source, type: wire.type, time, data: wire.data };
  for (const [attribute, field] of TEXTS) {
    const value = wire[attribute];
    if (!isSet(value)) continue;
    if (!filled(value)) return refuse(`${attribute} is not a filled text of at most ${MAX_TEXT} characters`);
    envelope[field] = value;
  }
  if (isSet(wire.expirytime)) {
    const expiry = instant(wire.expirytime);
    if (expiry === undefined) return refuse('expirytime is no RFC 3339 instant');
    envelope.expiry = expiry;
  }
  if (isSet(wire.attempt)) {
    if (!Number.isSafeInteger(wire.attempt) || (wire.attempt as number) < 1)
      return refuse('attempt is no whole number from 1');
    envelope.attempt = wire.attempt as number;
  }
  return { ok: true, envelope };
}

const MAX_TEXT = 256;
const TEXTS = [
  ['correlationid', 'correlation'],
  ['causationid', 'causation'],
  ['idempotencykey', 'key'],
] as const;

/** CloudEvents' JSON format lets a sender write an attribute that it does not set as null. */
const isSet = (value: unknown) => value !== undefined && value !== null;

function filled(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > 2 * MAX_TEXT) return false;
  // Characters as JSON Schema counts them: one beyond the basic plane is two units here.
  return value.length <= MAX_TEXT || [...value].length <= MAX_TEXT;
}

function instant(value: unknown): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}
