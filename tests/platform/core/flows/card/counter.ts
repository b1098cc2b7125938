import type { MeterCard } from '../../../../../contracts/devices/card-reader.ts';
import type { Envelope } from '../../../../../contracts/envelope.ts';
import { type WireErrorCode, wireError } from '../../../../../contracts/errors.ts';
import type { Place } from '../../../../../contracts/topics.ts';
import type { Principal } from '../../../../../platform/core/authorize.ts';
import type { CardWork, Wallet } from '../../../../../platform/core/card-work.ts';
import type { CardSeen } from '../../../../../platform/core/input.ts';
import { OUTLET, smallPlatform, TELLER } from '../../../../support/small-platform.ts';

export const READER = {
  kind: 'device',
  outlet: OUTLET,
  station: '1',
  device: 'reader',
} as const satisfies Place;
export const UTILITY = {
  kind: 'counterpart',
  counterpart: 'state-grid',
  instance: '1',
} as const satisfies Place;

export const OTHER_OUTLET = '51010002';
export const OTHER_TELLER: Principal = {
  kind: 'person',
  role: 'teller',
  organisation: OTHER_OUTLET,
  station: '2',
  operator: 'T900',
};
export const OTHER_READER = {
  kind: 'device',
  outlet: OTHER_OUTLET,
  station: '2',
  device: 'reader',
} as const satisfies Place;

export const SERIAL = '00000000000000A1';
export const METER = '000000000007';
export const CUSTOMER = '510100012345';
export const BEFORE: Wallet = { count: 5, amountFen: 10_000 };
export const AFTER: Wallet = { count: 6, amountFen: 20_000 };
/** What the meter wrote back when it took purchase `count`. */
export const returnedAt = (count: number) => ({
  count,
  balanceFen: 3_000,
  data: `68${String(count).padStart(4, '0')}`,
});

/** The card as it is brought: the meter has taken purchase 5. */
export const SEEN: CardSeen = {
  serial: SERIAL,
  meterNo: METER,
  customerNo: CUSTOMER,
  wallet: BEFORE,
  returned: returnedAt(5),
};

/** A reading: the card before the purchase, with these members changed. */
export const reading = (over: Partial<MeterCard> = {}): MeterCard => ({
  ...SEEN,
  card: 'meter',
  layout: '2013',
  kind: 'purchase',
  challenge: 'C0FFEE0000000001',
  ...over,
});
/** Without its return file: a key with `undefined` would be another document. */
export function cleared(over: Partial<MeterCard> = {}): MeterCard {
  const { returned: _, ...card } = reading(over);
  return card;
}
/** The card as the purchase leaves it. */
export const writtenCard = () => cleared({ wallet: AFTER });

/** A small platform with a card reader and a utility, and what they may say about an order. */
export function cardCounter({ reader = true, utility = true, printer = false, creditFen = 100_000 } = {}) {
  const platform = smallPlatform({ carrier: false, printer, creditFen });
  platform.command(
    { kind: 'system' },
    {
      type: 'registerOrganisation',
      organisation: { code: OTHER_OUTLET, kind: 'outlet', name: '盐市口', parent: '51010000' },
    },
  );
  if (reader) platform.online(READER, 'card-reader');
  if (utility) platform.online(UTILITY, 'utility');

  const card = (id: string): CardWork => {
    const work = platform.order(id).card;
    if (!work) throw new Error(`order ${id} has no card`);
    return work;
  };
  const last = (type: string): Envelope => {
    const found = platform.published().findLast((message) => message.type === type);
    if (!found) throw new Error(`no ${type} was published`);
    return found;
  };
  const success = (result: object) => ({ outcome: 'success', result });
  const failure = (code: WireErrorCode) => ({ outcome: 'failure', error: wireError(code) });
  const unknown = (code: WireErrorCode) => ({ outcome: 'unknown', error: wireError(code) });
  const utilitySays = (id: string, type: string, to: string, data: unknown) =>
    platform.reply(UTILITY, id, `yizhan.utility.${type}`, to, data);
  const readerSays = (id: string, type: string, data: unknown, to: string, place: Place = READER) =>
    platform.reply(place, id, `yizhan.card-reader.${type}`, to, data);
  /** What the utility was told last about this order, which answers to. */
  const telling = (id: string) => {
    const leg = platform.order(id).legs.at(-1);
    return `${leg?.key}.${leg?.inquiries}`;
  };
  const sealOf = (work: CardWork) => ({
    before: work.before,
    after: work.after,
    authorization: 'AA00000000000001',
    files: [{ file: 'wallet', data: '00', mac: '12345678' }],
  });

  const counter = {
    ...platform,
    get now() {
      return platform.now;
    },
    card,
    last,
    success,
    failure,
    unknown,
    utilitySays,
    readerSays,
    sent: (type: string) => platform.published().filter((message) => message.type === type),
    buy: (id: string, amountFen = AFTER.amountFen, over: Partial<CardSeen> = {}, who = TELLER) =>
      platform.command(who, { type: 'buyOnCard', id, card: { ...SEEN, ...over }, amountFen }),
    voidOf: (id: string, purchase: string, over: object = {}, who = TELLER) =>
      platform.command(who, {
        type: 'voidOnCard',
        id,
        purchase,
        customerNo: CUSTOMER,
        amountFen: AFTER.amountFen,
        ...over,
      }),
    work: (id: string, who = TELLER) => platform.command(who, { type: 'workOnCard', order: id }),
    takeBack: (id: string, who = TELLER) => platform.command(who, { type: 'takeBack', order: id }),
    confirm: (id: string, who = TELLER) => platform.command(who, { type: 'confirmCard', order: id }),
    /** The utility took the order. */
    ordered: (id: string, over: object = {}) => {
      const { serial, customerNo, meterNo, after } = card(id);
      const { amountFen, kind } = platform.order(id);
      const repeated =
        kind === 'cardVoid' ? {} : { customerNo, meterNo, cardSerial: serial, count: after.count, amountFen };
      return utilitySays(
        id,
        `${kind === 'cardVoid' ? 'orderVoid' : 'order'}.completed`,
        `${id}.1`,
        success({ ...repeated, counterpartNo: 'SG1', ...over }),
      );
    },
    declined: (id: string, code: WireErrorCode, operation = 'order') =>
      utilitySays(id, `${operation}.completed`, `${id}.1`, failure(code)),
    inquired: (id: string, n: number, result: object) =>
      utilitySays(id, 'inquire.completed', `${id}.1.i${n}`, success(result)),
    read: (id: string, found: object = reading(), place: Place = READER) =>
      readerSays(id, 'read.completed', success(found), `${id}.r${card(id).round}`, place),
    readFails: (id: string, code: WireErrorCode) =>
      readerSays(id, 'read.completed', failure(code), `${id}.r${card(id).round}`),
    sealed: (id: string, over: object = {}) =>
      utilitySays(
        id,
        'seal.completed',
        last('yizhan.utility.seal').id,
        success({ ...sealOf(card(id)), ...over }),
      ),
    wrote: (id: string, over: object = {}, place: Place = READER) =>
      readerSays(
        id,
        'write.completed',
        success({ serial: SERIAL, wallet: card(id).after, written: 'now', ...over }),
        `${id}.w${card(id).round}`,
        place,
      ),
    writeFails: (id: string, code: WireErrorCode) =>
      readerSays(id, 'write.completed', failure(code), `${id}.w${card(id).round}`),
    writeUnclear: (id: string) =>
      readerSays(id, 'write.completed', unknown('device.writeUncertain'), `${id}.w${card(id).round}`),
    telling,
    /** The utility took what it was told last. */
    toldDone: (id: string) => {
      const { operation } = platform.order(id).legs.at(-1) ?? {};
      return utilitySays(
        id,
        `${operation}.completed`,
        telling(id),
        success({ counterpartNo: `SG-${operation}` }),
      );
    },
    toldFails: (id: string, code: WireErrorCode) =>
      utilitySays(id, `${platform.order(id).legs.at(-1)?.operation}.completed`, telling(id), failure(code)),
    /** As far as the files are on their way to the card. */
    toWriting(id: string) {
      counter.buy(id);
      counter.ordered(id);
      counter.read(id);
      counter.sealed(id);
    },
    /** A purchase from the first word to the last. */
    sold(id: string) {
      counter.toWriting(id);
      counter.wrote(id);
      counter.toldDone(id);
    },
    /** A purchase that waits for a person, its card proven not to be written. */
    waiting(id: string) {
      counter.buy(id);
      counter.ordered(id);
      counter.readFails(id, 'device.cardNotPresent');
    },
    /** A purchase whose money may be on the card. */
    indeterminate(id: string) {
      counter.toWriting(id);
      counter.writeUnclear(id);
      counter.readFails(id, 'device.cardNotPresent');
    },
  };
  return counter;
}

export type Counter = ReturnType<typeof cardCounter>;

/** The card as the purchase leaves it, and this return file. */
export const answeredCard = (returned: NonNullable<MeterCard['returned']>): MeterCard => ({
  ...writtenCard(),
  returned,
});
