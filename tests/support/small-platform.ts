import type { Envelope } from '../../contracts/envelope.ts';
import { decode } from '../../contracts/envelope.ts';
import { type WireErrorCode, wireError } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';
import { type Place, parseTopic, topicOf } from '../../contracts/topics.ts';
import type { Principal } from '../../platform/core/authorize.ts';
import type { Command, Input } from '../../platform/core/input.ts';
import { availableCredit } from '../../platform/core/ledger.ts';
import type { Order, PrintJob } from '../../platform/core/order.ts';
import { emptyState, findOrder, type State } from '../../platform/core/state.ts';
import { step } from '../../platform/core/step.ts';
import type { Answer, Turn } from '../../platform/core/turn.ts';
import { nextWake, takeDue } from '../../platform/core/wakes.ts';

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
export const ADMIN: Principal = {
  kind: 'person',
  role: 'administrator',
  organisation: '51010000',
  station: '1',
  operator: 'A001',
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

  const offline = (place: Place, epoch = 'epoch-1') =>
    feed({
      kind: 'presence',
      change: { place, online: false, epoch, profile: '', status: {}, capabilities: {} },
    });
  const wakeDue = () => {
    for (let key = takeDue(state.wakes, now); key !== undefined; key = takeDue(state.wakes, now))
      feed({ kind: 'wake', key });
  };

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
    offline,
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
    wakeDue,
    /** Lets time pass up to `to` ms, stopping at every wake on the way as a station's clock would. */
    runTo(to: number) {
      for (let at = nextWake(state.wakes); at !== undefined && at <= to; at = nextWake(state.wakes)) {
        now = Math.max(now, at);
        wakeDue();
      }
      now = to;
    },
    order(id: string): Order {
      const order = findOrder(state, id);
      if (!order) throw new Error(`order ${id} is not in memory`);
      return order;
    },
    available: () => availableCredit(state.ledger, OUTLET),
    alerts: () => turns.flatMap((turn) => turn.effects).flatMap((e) => (e.kind === 'alert' ? [e.code] : [])),
    published: () =>
      turns
        .flatMap((turn) => turn.effects)
        .flatMap((e) => (e.kind === 'publish' ? [{ topic: topicOf(e.place, 'req'), ...e.envelope }] : [])),
    marks: () => turns.flatMap((turn) => turn.marks),
  };
}

type Small = ReturnType<typeof smallPlatform>;

/** What a carrier may say about an order's only leg. */
export function carrierOf(platform: Small, place: Place = CARRIER) {
  const say = (id: string, type: string, data: unknown, causation = `${id}.1`) =>
    platform.reply(place, id, `yizhan.carrier.${type}`, causation, data);
  return {
    say,
    accepted: (id: string) => say(id, 'perform.accepted', {}),
    processing: (id: string, counterpartNo?: string) =>
      say(id, 'perform.processing', counterpartNo ? { counterpartNo } : {}),
    succeeded: (id: string, over: object = {}) =>
      say(id, 'perform.completed', {
        outcome: 'success',
        result: { account: PHONE, amountFen: 5_000, counterpartNo: 'CM1', ...over },
      }),
    failed: (id: string, code: WireErrorCode, over: object = {}) =>
      say(id, 'perform.completed', { outcome: 'failure', error: { ...wireError(code), ...over } }),
    unknown: (id: string) =>
      say(id, 'perform.completed', { outcome: 'unknown', error: wireError('counterpart.timeout') }),
    /** Answers inquiry number `n`. */
    told: (id: string, n: number | string, result: object) =>
      say(id, 'inquire.completed', { outcome: 'success', result }, `${id}.1.i${n}`),
  };
}

/** What a printer's driver may say about a job: `to` is the id of the message it answers. */
export function printerOf(platform: Small, place: Place = PRINTER) {
  const say = (id: string, type: string, to: string, data: unknown) =>
    platform.reply(place, id, `yizhan.printer.${type}`, to, data);
  return {
    say,
    accepted: (id: string, job = 1, sending = 1) => say(id, 'print.accepted', `${id}.p${job}.${sending}`, {}),
    completed: (id: string, completion: Completion, job = 1, sending = 1) =>
      say(id, 'print.completed', `${id}.p${job}.${sending}`, completion),
    printed: (id: string, job = 1) =>
      say(id, 'print.completed', `${id}.p${job}.1`, { outcome: 'success', result: { proof: 'processId' } }),
    failed: (id: string, code: WireErrorCode, job = 1) =>
      say(id, 'print.completed', `${id}.p${job}.1`, { outcome: 'failure', error: wireError(code) }),
    told: (id: string, question: number | string, result: object, job = 1) =>
      say(id, 'inquire.completed', `${id}.p${job}.q${question}`, { outcome: 'success', result }),
  };
}

/** The order's print job with this number. */
export function jobOf(order: Order, no = 1): PrintJob {
  const job = order.prints.find((p) => p.no === no);
  if (!job) throw new Error(`order ${order.id} has no print ${no}`);
  return job;
}

export const readTopic = parseTopic;
export const readMessage = decode;
