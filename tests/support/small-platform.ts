import type { Envelope } from '../../contracts/envelope.ts';
import { decode } from '../../contracts/envelope.ts';
import { type Place, parseTopic, topicOf } from '../../contracts/topics.ts';
import type { Principal } from '../../platform/core/authorize.ts';
import type { Command, Input } from '../../platform/core/input.ts';
import { emptyState, type State } from '../../platform/core/state.ts';
import { step } from '../../platform/core/step.ts';
import type { Answer, Turn } from '../../platform/core/turn.ts';

export const OUTLET = '51010001';
export const OFFICE = '51019901';
export const START = Date.UTC(2026, 10, 23, 1, 0, 0); // 09:00 in Shanghai
export const TELLER: Principal = {
  kind: 'person',
  role: 'teller',
  organisation: OUTLET,
  station: '1',
  operator: 'T001',
};
export const CLERK: Principal = {
  kind: 'person',
  role: 'clerk',
  organisation: OFFICE,
  station: '1',
  operator: 'C001',
};
export const SYSTEM: Principal = { kind: 'system' };
export const CARRIER = {
  kind: 'counterpart',
  counterpart: 'china-mobile',
  instance: '1',
} as const satisfies Place;
export const PRINTER = {
  kind: 'device',
  outlet: OUTLET,
  station: '1',
  device: 'printer',
} as const satisfies Place;
export const PHONE = '13808001234';

/** A bare core with one outlet, one office, a carrier and a printer online: each call is one step. */
export function smallPlatform(options: { creditFen?: number; carrier?: boolean; printer?: boolean } = {}) {
  const state: State = emptyState();
  let now = START;
  const turns: Turn[] = [];
  const feed = (input: Input): Turn => {
    const turn = step(state, input, now);
    turns.push(turn);
    return turn;
  };
  const command = (principal: Principal, asked: Command): Answer => {
    const effect = feed({ kind: 'command', principal, command: asked }).effects.find(
      (e) => e.kind === 'answer',
    );
    if (effect?.kind !== 'answer') throw new Error(`${asked.type} was not answered`);
    return effect.answer;
  };
  const online = (place: Place, profile: string, epoch = 'epoch-1') =>
    feed({ kind: 'presence', change: { place, online: true, epoch, profile, status: {}, capabilities: {} } });

  feed({ kind: 'started', epoch: 'platform-1' });
  command(SYSTEM, {
    type: 'registerOrganisation',
    organisation: { code: '51010000', kind: 'area', name: '成都市' },
  });
  command(SYSTEM, {
    type: 'registerOrganisation',
    organisation: { code: OUTLET, kind: 'outlet', name: '春熙路报刊亭', parent: '51010000' },
  });
  command(SYSTEM, {
    type: 'registerOrganisation',
    organisation: { code: OFFICE, kind: 'office', name: '春熙路邮政支局', parent: '51010000' },
  });
  if (options.carrier !== false) online(CARRIER, 'carrier');
  if (options.printer !== false) online(PRINTER, 'printer');
  const { creditFen = 100_000 } = options;
  if (creditFen > 0)
    command(CLERK, {
      type: 'buyCredit',
      id: '01JCREDT000000000000000000',
      outlet: OUTLET,
      amountFen: creditFen,
    });

  return {
    state,
    turns,
    feed,
    command,
    online,
    get now() {
      return now;
    },
    advance(ms: number) {
      now += ms;
    },
    pay: (id: string, amountFen = 5_000, phone = PHONE, again = false) =>
      command(TELLER, { type: 'pay', id, service: 'mobile-topup', fields: { phone }, amountFen, again }),
    /** A reply of the carrier (or another place) about an order. */
    reply(place: Place, correlation: string, type: string, causation: string, data: unknown, key?: string) {
      const source =
        place.kind === 'device'
          ? `dev.${place.outlet}.${place.station}.${place.device}`
          : `cp.${place.counterpart}.${place.instance}`;
      const envelope: Envelope = {
        id: `${causation}/${type}`,
        source,
        type,
        time: now,
        correlation,
        causation,
        ...(key ? { key } : {}),
        data,
      };
      return feed({ kind: 'message', place, leaf: 'rep', envelope });
    },
    /** Wakes everything that is due. */
    wakeDue() {
      for (const [key, at] of [...state.wakes.due])
        if (at <= now) {
          state.wakes.due.delete(key);
          feed({ kind: 'wake', key });
        }
    },
    published: () =>
      turns
        .flatMap((turn) => turn.effects)
        .flatMap((e) => (e.kind === 'publish' ? [{ topic: topicOf(e.place, 'req'), ...e.envelope }] : [])),
    marks: () => turns.flatMap((turn) => turn.marks),
  };
}

export const readTopic = parseTopic;
export const readMessage = decode;
