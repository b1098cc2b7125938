import { describe, expect, it } from 'vitest';
import {
  mayPublish,
  maySubscribe,
  type Principal,
  publicationsOf,
  subscriptionsOf,
} from '../../contracts/access.ts';
import { nameOf, type Place } from '../../contracts/topics.ts';

const at = (place: Place): Principal => ({ role: 'place', name: nameOf(place), place });
const PRINTER = at({ kind: 'device', outlet: '51010001', station: '1', device: 'printer' });
const CARRIER = at({ kind: 'counterpart', counterpart: 'china-mobile', instance: '1' });
const PLATFORM: Principal = { role: 'platform', name: 'platform' };
const WHO = { printer: PRINTER, carrier: CARRIER, platform: PLATFORM };
type Who = keyof typeof WHO;

const MINE = 'yz/1/dev/51010001/1/printer';
const OTHERS = [
  'yz/1/dev/51010001/1/reader', // another device of the counter
  'yz/1/dev/51010001/2/printer', // another counter of the outlet
  'yz/1/dev/51010002/1/printer', // another outlet
];
const ADAPTER = 'yz/1/cp/china-mobile/1';
const TIME = 'yz/1/platform/time';

/** Topic, then who may publish there, and who may retain there. Nobody else may. */
const PUBLISH: [topic: string, may: Who[], retained: Who[]][] = [
  [`${MINE}/req`, ['platform'], []],
  [`${MINE}/rep`, ['printer'], []],
  [`${MINE}/evt`, ['printer'], []],
  [`${MINE}/state`, ['printer'], ['printer']],
  [`${ADAPTER}/req`, ['platform'], []],
  [`${ADAPTER}/rep`, ['carrier'], []],
  [`${ADAPTER}/evt`, ['carrier'], []],
  [`${ADAPTER}/state`, ['carrier'], ['carrier']],
  [TIME, ['platform'], []],
  ...OTHERS.flatMap((other): [string, Who[], Who[]][] => [
    [`${other}/req`, ['platform'], []],
    [`${other}/rep`, [], []],
    [`${other}/evt`, [], []],
    [`${other}/state`, [], []],
  ]),
  ['yz/1/cp/china-mobile/2/rep', [], []],
  ['yz/1/cp/china-unicom/1/state', [], []],
  [`${MINE}/log`, [], []],
  [`${MINE}/rep/x`, [], []],
  [MINE, [], []],
  ['yz/1/dev/+/+/+/req', [], []],
  ['yz/2/dev/51010001/1/printer/rep', [], []],
  ['yz/1/platform/other', [], []],
  ['$SYS/broker/uptime', [], []],
  ['#', [], []],
  ['', [], []],
];

/** Filter, then who may subscribe to it. */
const SUBSCRIBE: [filter: string, may: Who[]][] = [
  [`${MINE}/req`, ['printer']],
  [`${ADAPTER}/req`, ['carrier']],
  [TIME, ['printer', 'carrier']],
  ...['rep', 'evt', 'state'].flatMap((leaf): [string, Who[]][] => [
    [`yz/1/dev/+/+/+/${leaf}`, ['platform']],
    [`yz/1/cp/+/+/${leaf}`, ['platform']],
    [`${MINE}/${leaf}`, []],
  ]),
  ...OTHERS.map((other): [string, Who[]] => [`${other}/req`, []]),
  ['yz/1/dev/+/+/+/req', []],
  ['yz/1/dev/51010001/+/+/req', []],
  [`${MINE}/+`, []],
  [`${MINE}/#`, []],
  ['yz/1/#', []],
  ['+/+/+', []],
  ['#', []],
  ['$SYS/#', []],
  [`$share/g/${MINE}/req`, []],
  ['', []],
];

const names = Object.keys(WHO) as Who[];

describe('TOP-004 who may publish', () => {
  it.each(PUBLISH)('TOP-004 to «%s»: %j, retained: %j', (topic, may, retained) => {
    expect(names.filter((who) => mayPublish(WHO[who], topic, false))).toEqual(may);
    expect(names.filter((who) => mayPublish(WHO[who], topic, true))).toEqual(retained);
  });
});

describe('TOP-004 who may subscribe', () => {
  it.each(SUBSCRIBE)('TOP-004 to «%s»: %j', (filter, may) => {
    expect(names.filter((who) => maySubscribe(WHO[who], filter)).sort()).toEqual([...may].sort());
  });
});

describe('TOP-004 the access list for other brokers', () => {
  const matches = (filter: string, topic: string) => {
    const parts = topic.split('/');
    return (
      filter.split('/').length === parts.length &&
      filter.split('/').every((level, i) => level === '+' || level === parts[i])
    );
  };

  it('says the same of every publication as the decision in the broker', () => {
    for (const who of names)
      for (const [topic] of PUBLISH.filter(([topic]) => !/[+#]/.test(topic))) {
        const listed = publicationsOf(WHO[who]).some((filter) => matches(filter, topic));
        expect(listed, `${who} ${topic}`).toBe(mayPublish(WHO[who], topic, false));
      }
  });

  it('lets a place read nothing by a wildcard, and nobody by «#»', () => {
    for (const who of names) expect(subscriptionsOf(WHO[who]).join()).not.toContain('#');
    expect(subscriptionsOf(PRINTER).join()).not.toContain('+');
  });
});
