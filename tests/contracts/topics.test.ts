import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertPlace,
  LEAVES,
  nameOf,
  type Place,
  parseTopic,
  placeOfName,
  prefixOf,
  TIME_TOPIC,
  topicOf,
} from '../../contracts/topics.ts';

const segment = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
const outlet = fc.stringMatching(/^[0-9]{8}$/);
const place: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ kind: fc.constant('device' as const), outlet, station: segment, device: segment }),
  fc.record({ kind: fc.constant('counterpart' as const), counterpart: segment, instance: segment }),
);
const leaf = fc.constantFrom(...LEAVES);

/** What a stranger may put where a segment belongs. */
const HOSTILE = [
  '',
  '+',
  '#',
  'a+',
  'a#',
  '/',
  'a/b',
  '..',
  '.',
  'A',
  'Printer',
  'a_b',
  'a b',
  ' a',
  'a\n',
  'a\0',
  '$share',
  'x'.repeat(33),
  'é',
  '打印机',
  '٣',
  '1２',
];

const device = (over: Partial<Extract<Place, { kind: 'device' }>>): Place => ({
  kind: 'device',
  outlet: '51010001',
  station: '1',
  device: 'printer',
  ...over,
});

describe('TOP-001 the topic of a place', () => {
  it('TOP-001 stands below its own prefix, with one of four leaves, and reads back as the place', () => {
    fc.assert(
      fc.property(place, leaf, (at, end) => {
        expect(() => assertPlace(at)).not.toThrow();
        const topic = topicOf(at, end);
        expect(topic).toBe(`${prefixOf(at)}/${end}`);
        expect(topic).toMatch(
          at.kind === 'device'
            ? /^yz\/1\/dev\/[0-9]{8}\/[a-z0-9-]+\/[a-z0-9-]+\/(req|rep|evt|state)$/
            : /^yz\/1\/cp\/[a-z0-9-]+\/[a-z0-9-]+\/(req|rep|evt|state)$/,
        );
        expect(parseTopic(topic)).toEqual({ place: at, leaf: end });
      }),
    );
  });

  it('TOP-005 its name and the place are each other’s inverse, and no two places share one', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(placeOfName(nameOf(a))).toEqual(a);
        if (JSON.stringify(a) !== JSON.stringify(b)) expect(nameOf(a)).not.toBe(nameOf(b));
      }),
    );
  });

  it.each([
    ['', 'nothing'],
    [TIME_TOPIC, 'the platform’s own'],
    ['yz/1/dev/51010001/1/printer', 'no leaf'],
    ['yz/1/dev/51010001/1/printer/log', 'a leaf that is none'],
    ['yz/1/dev/51010001/1/printer/REQ', 'a leaf in capitals'],
    ['yz/1/dev/51010001/1/printer/req/', 'something behind the leaf'],
    ['yz/1/dev/51010001/1/printer/x/req', 'a segment too many'],
    ['yz/1/dev/51010001/printer/req', 'a segment too few'],
    ['yz/1/cp/china-mobile/req', 'no instance'],
    ['yz/1/cp/china-mobile/1/2/req', 'two instances'],
    ['yz/1/xx/china-mobile/1/req', 'another kind'],
    ['yz/2/cp/china-mobile/1/req', 'another major version'],
    ['yz/11/cp/china-mobile/1/req', 'a version that only begins alike'],
    ['/yz/1/cp/china-mobile/1/req', 'a slash before it'],
    ['$SYS/yz/1/cp/china-mobile/1/req', 'a system topic'],
    ['yz/1/cp/__proto__/constructor/req', 'names of JavaScript’s own'],
  ])('TOP-001 «%s» is none: %s', (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
  });
});

describe('TOP-002 a segment', () => {
  it.each(HOSTILE)('TOP-002 is not %j', (hostile) => {
    expect(parseTopic(`yz/1/dev/51010001/${hostile}/printer/req`)).toBeUndefined();
    expect(parseTopic(`yz/1/dev/51010001/1/${hostile}/req`)).toBeUndefined();
    expect(parseTopic(`yz/1/cp/${hostile}/1/req`)).toBeUndefined();
    expect(parseTopic(`yz/1/cp/china-mobile/${hostile}/req`)).toBeUndefined();
    expect(placeOfName(`cp.${hostile}.1`)).toBeUndefined();
    expect(placeOfName(`dev.51010001.1.${hostile}`)).toBeUndefined();
    expect(() => assertPlace(device({ device: hostile }))).toThrow(`device «${hostile}»`);
    expect(() => assertPlace(device({ station: hostile }))).toThrow(`station «${hostile}»`);
    const counterpart: Place = { kind: 'counterpart', counterpart: hostile, instance: '1' };
    expect(() => assertPlace(counterpart)).toThrow(`counterpart «${hostile}»`);
  });

  it('TOP-002 may have 32 characters', () => {
    const longest = device({ device: 'x'.repeat(32) });
    expect(() => assertPlace(longest)).not.toThrow();
    expect(parseTopic(topicOf(longest, 'req'))?.place).toEqual(longest);
  });

  it.each(['5101000', '510100011', '5101000a', '', '٥١٠١٠٠٠١', '5101 001', '-1010001'])(
    'TOP-002 of an outlet is exactly 8 digits, not «%s»',
    (wrong) => {
      expect(parseTopic(`yz/1/dev/${wrong}/1/printer/req`)).toBeUndefined();
      expect(placeOfName(`dev.${wrong}.1.printer`)).toBeUndefined();
      expect(() => assertPlace(device({ outlet: wrong }))).toThrow(/outlet «.*» must be exactly 8 digits/);
    },
  );

  it('TOP-002 whatever parses is a place that may be built', () => {
    const text = fc.array(
      fc.constantFrom('yz', '1', 'dev', 'cp', '51010001', 'a', 'req', 'rep', '+', '#', '', '/', 'A'),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const topic = parts.join('/');
        const parsed = parseTopic(topic);
        if (!parsed) return;
        assertPlace(parsed.place);
        expect(topicOf(parsed.place, parsed.leaf)).toBe(topic);
      }),
    );
  });
});
