import { type Leaf, nameOf, type Place, parseTopic, ROOT, TIME_TOPIC, topicOf } from './topics.ts';

/**
 * Who may use which topic (TOP-004): the one matrix from which the embedded broker decides, and from which the access list
 * of an external broker is generated. Deny by default.
 */
export type Principal = { role: 'platform'; name: string } | { role: 'place'; name: string; place: Place };

const FROM_PLACE: readonly Leaf[] = ['rep', 'evt', 'state'];

/** May this principal publish here? `retain` counts: a retained message outside `state` would be replayed later (TOP-003). */
export function mayPublish(who: Principal, topic: string, retain: boolean): boolean {
  if (who.role === 'platform') {
    if (topic === TIME_TOPIC) return !retain;
    return parseTopic(topic)?.leaf === 'req' && !retain;
  }
  const parsed = parseTopic(topic);
  if (!parsed || nameOf(parsed.place) !== who.name) return false;
  return FROM_PLACE.includes(parsed.leaf) && (!retain || parsed.leaf === 'state');
}

/** May this principal subscribe to this very filter? A wildcard is allowed only to the platform, and only in its own filters. */
export function maySubscribe(who: Principal, filter: string): boolean {
  return subscriptionsOf(who).includes(filter);
}

/** Every filter that a principal may subscribe to; there are no others. */
export function subscriptionsOf(who: Principal): string[] {
  if (who.role === 'place') return [topicOf(who.place, 'req'), TIME_TOPIC];
  return FROM_PLACE.flatMap((leaf) => [`${ROOT}/dev/+/+/+/${leaf}`, `${ROOT}/cp/+/+/${leaf}`]);
}

/** The patterns that a principal may publish to, for the access list of a broker that can't ask {@link mayPublish}. */
export function publicationsOf(who: Principal): string[] {
  if (who.role === 'place') return FROM_PLACE.map((leaf) => topicOf(who.place, leaf));
  return [`${ROOT}/dev/+/+/+/req`, `${ROOT}/cp/+/+/req`, TIME_TOPIC];
}
