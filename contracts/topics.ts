import type { Clause } from './clause.ts';

/** Where a message's other end stands: a device on a station's counter, or an instance of a counterpart's adapter. */
export type Place =
  | { kind: 'device'; outlet: string; station: string; device: string }
  | { kind: 'counterpart'; counterpart: string; instance: string };

/** The four leaves of a place: requests to it, its replies, its unasked events, its retained state. */
export type Leaf = 'req' | 'rep' | 'evt' | 'state';

export const LEAVES: readonly Leaf[] = ['req', 'rep', 'evt', 'state'];

/** Only the major version stands in the topic; the minor one is told in `state`. */
export const ROOT = 'yz/1';

/** The platform's own beat: its time and its epoch. Not retained, so that no old time can be taken for a fresh one. */
export const TIME_TOPIC = `${ROOT}/platform/time`;

export const clauses: readonly Clause[] = [
  {
    id: 'TOP-001',
    level: 'MUST',
    text: `A device speaks below ${ROOT}/dev/{outlet}/{station}/{device}/, a counterpart's adapter below ${ROOT}/cp/{counterpart}/{instance}/; the leaves are req, rep, evt and state.`,
  },
  {
    id: 'TOP-002',
    level: 'MUST',
    text: 'A segment is 1 to 32 of the characters a to z, 0 to 9 and «-»; an outlet is exactly 8 digits.',
  },
  {
    id: 'TOP-003',
    level: 'MUST',
    text: 'Everything is sent with QoS 1; retain is used on state and nowhere else.',
  },
  {
    id: 'TOP-004',
    level: 'MUST',
    text: 'A client publishes only to rep, evt and state of its own place and subscribes only to req of its own place and to the platform’s time; this holds for retained messages and wills, too.',
  },
  {
    id: 'TOP-005',
    level: 'MUST',
    text: 'The MQTT client id is the place’s name: «dev.{outlet}.{station}.{device}» or «cp.{counterpart}.{instance}», and equals the user name.',
  },
  {
    id: 'TOP-006',
    level: 'MUST',
    text: 'A client connects with a clean session, so that no request of an earlier session is replayed to it.',
  },
];

const SEGMENT = /^[a-z0-9-]{1,32}$/;
const OUTLET = /^\d{8}$/;

/** Throws where a segment is not one of the grammar's: a place is built from configuration, so the text names the remedy. */
export function assertPlace(place: Place): void {
  const parts =
    place.kind === 'device'
      ? { station: place.station, device: place.device }
      : { counterpart: place.counterpart, instance: place.instance };
  if (place.kind === 'device' && !OUTLET.test(place.outlet))
    throw new RangeError(`outlet «${place.outlet}» must be exactly 8 digits (its organisation code)`);
  for (const [name, value] of Object.entries(parts))
    if (!SEGMENT.test(value))
      throw new RangeError(`${name} «${value}» must be 1 to 32 of the characters a-z, 0-9 and «-»`);
}

/** The place's own topic prefix, without the leaf. */
export function prefixOf(place: Place): string {
  return place.kind === 'device'
    ? `${ROOT}/dev/${place.outlet}/${place.station}/${place.device}`
    : `${ROOT}/cp/${place.counterpart}/${place.instance}`;
}

export function topicOf(place: Place, leaf: Leaf): string {
  return `${prefixOf(place)}/${leaf}`;
}

/** The place's name: MQTT user name, client id, and `source` of its messages (TOP-005). */
export function nameOf(place: Place): string {
  return place.kind === 'device'
    ? `dev.${place.outlet}.${place.station}.${place.device}`
    : `cp.${place.counterpart}.${place.instance}`;
}

/** The place of a name, or `undefined` where the text is no name of a place. */
export function placeOfName(name: string): Place | undefined {
  const parts = name.split('.');
  return place(parts);
}

/** What a topic says, or `undefined` for a topic outside the grammar. Wildcards are never part of it. */
export function parseTopic(topic: string): { place: Place; leaf: Leaf } | undefined {
  if (!topic.startsWith(`${ROOT}/`)) return undefined;
  const parts = topic.slice(ROOT.length + 1).split('/');
  const leaf = parts.pop() as Leaf;
  if (!LEAVES.includes(leaf)) return undefined;
  const found = place(parts);
  return found && { place: found, leaf };
}

function place(parts: string[]): Place | undefined {
  const [kind, a, b, c] = parts as [string, string, string, string];
  if (kind === 'dev' && parts.length === 4 && OUTLET.test(a) && SEGMENT.test(b) && SEGMENT.test(c))
    return { kind: 'device', outlet: a, station: b, device: c };
  if (kind === 'cp' && parts.length === 3 && SEGMENT.test(a) && SEGMENT.test(b))
    return { kind: 'counterpart', counterpart: a, instance: b };
  return undefined;
}
