import { expect, it } from 'vitest';
import { bench, cardOf, only, PURCHASE, sealed, withCard } from './bench.ts';
import type { Fault } from './fake-reader.ts';

const HARDWARE: Fault = { fault: 'reader', why: 'hardware', sent: true, done: false };

it('CRD-007 media and power are told as they change, and at no other time', () => {
  const b = bench();
  expect(b.status()).toEqual({ device: 'starting', media: 'unknown', chipPower: 'unknown' });
  const told = (act: () => void) => {
    const before = b.seen.statusChanges;
    act();
    return b.seen.statusChanges - before;
  };
  expect(told(() => b.driver.opened())).toBeGreaterThan(0);
  expect(b.status()).toEqual({ device: 'online', media: 'notPresent', chipPower: 'noCard' });
  expect(told(() => b.reader.insert(cardOf(PURCHASE)))).toBe(1);
  expect(b.status()).toEqual({ device: 'online', media: 'present', chipPower: 'poweredOff' });
  expect(told(() => b.reader.ready())).toBe(0);
  expect(told(() => b.read())).toBe(1);
  expect(b.status()).toEqual({ device: 'online', media: 'present', chipPower: 'online' });
  expect(told(() => b.reader.pull())).toBe(1);
  expect(b.status()).toEqual({ device: 'online', media: 'notPresent', chipPower: 'noCard' });
  expect(told(() => b.reader.jam())).toBe(1);
  expect(b.status()).toMatchObject({ device: 'userError', media: 'jammed' });
  expect(told(() => b.driver.lost('cut'))).toBe(1);
  expect(b.status()).toEqual({ device: 'offline', media: 'unknown', chipPower: 'unknown' });
});

it('CRD-008 one operation at a time: the next one asks nothing before the last reply of the one before', () => {
  const b = withCard(cardOf(PURCHASE));
  b.reader.held = true;
  const ends = [b.readAll(), b.readAll(), b.releaseAll()];
  let replies = 0;
  const begun: number[] = [];
  b.reader.onRequest = (request) => {
    if (request.do === 'hold' || request.do === 'powerOff') begun.push(replies);
  };
  while (b.reader.replies.length > 0) {
    expect(b.reader.replies).toHaveLength(1);
    replies++;
    b.reader.deliver();
  }
  expect(ends.map((each) => only(each).outcome)).toEqual(['success', 'success', 'success']);
  expect(begun).toEqual([11, 22]);
});

it('CRD-008 the fifth that would have to wait is refused: device.busy', () => {
  const b = withCard(cardOf(PURCHASE));
  b.reader.held = true;
  b.readAll();
  const waiting = Array.from({ length: 4 }, () => b.releaseAll());
  expect(only(b.releaseAll()).error).toMatchObject({ code: 'device.busy', effect: 'none' });
  expect(only(b.readAll()).error?.code).toBe('device.busy');
  expect(waiting.flat()).toEqual([]);
  while (b.reader.replies.length > 0) b.reader.deliver();
  expect(waiting.map((each) => only(each).outcome)).toEqual(Array(4).fill('success'));
});

it('CRD-003 CRD-004 the line is lost at any step of a write: what was not sent has no effect, all else is unknown; what waited has not begun', () => {
  const outcomes: string[] = [];
  for (let step = 0; ; step++) {
    const card = cardOf(PURCHASE);
    const b = withCard(card);
    const request = sealed(PURCHASE, b.readMeter().challenge);
    b.reader.held = true;
    const end = b.writeAll(request, 'w');
    const next = b.readAll();
    for (let i = 0; i < step && end.length === 0; i++) b.reader.deliver();
    if (end.length > 0) break;
    const stale = b.reader.replies.splice(0);
    b.driver.lost('cut');
    const { outcome, error } = only(end);
    outcomes.push(outcome);
    expect(outcome).toBe(card.writes === 0 ? 'failure' : 'unknown');
    expect(error?.code).toBe(card.writes === 0 ? 'device.offline' : 'device.writeUncertain');
    expect(b.inquire('w')).toMatchObject({ standing: card.writes === 0 ? 'notWritten' : 'uncertain' });
    expect(only(next).error).toMatchObject({ code: 'device.offline', effect: 'none' });
    // The reply comes all the same, late: it belongs to nothing any more.
    for (const late of stale) late();
    expect(end).toHaveLength(1);
    b.reader.held = false;
    b.driver.opened();
    expect(b.write(sealed(PURCHASE, b.readMeter().challenge)).outcome).toBe('success');
  }
  expect(new Set(outcomes)).toEqual(new Set(['failure', 'unknown']));
});

it('ERR-004 a protocol that asks for a new connection in the middle: unknown, and one new connection', () => {
  const b = withCard(cardOf(PURCHASE));
  const request = sealed(PURCHASE, b.readMeter().challenge);
  b.reader.onRequest = (asked) => {
    if (asked.do === 'transmit' && asked.apdu[1] === 0xd6) b.reader.silent('no answer');
  };
  expect(b.write(request)).toMatchObject({ outcome: 'unknown', error: { code: 'device.writeUncertain' } });
  expect(b.seen.reopened).toEqual(['no answer']);
  expect(b.status().device).toBe('offline');
});

it('CRD-006 a card that is pulled while its last answer is on the way has no session', () => {
  const card = cardOf(PURCHASE);
  const b = withCard(card);
  b.reader.held = true;
  const end = b.readAll();
  for (let i = 0; i < 10; i++) b.reader.deliver();
  expect(end).toEqual([]);
  b.reader.pull();
  b.reader.deliver();
  const { challenge } = only(end).result as { challenge: string };
  b.reader.insert(card);
  expect(only(b.writeAll(sealed(PURCHASE, challenge))).error?.code).toBe('device.challengeStale');
});

it('ERR-004 the line is lost in a release: unknown, and nothing more is asked', () => {
  const b = withCard(cardOf(PURCHASE));
  b.reader.held = true;
  const end = b.releaseAll();
  b.driver.lost('cut');
  expect(only(end)).toMatchObject({ outcome: 'unknown', error: { code: 'device.offline' } });
  expect(b.reader.requests).toHaveLength(1);
});

it('DEV-02 three operations in a row that fail in the reader: hardwareError, until it has been tested anew', () => {
  const b = withCard(cardOf(PURCHASE));
  for (let i = 0; i < 3; i++) {
    expect(b.status().device).toBe('online');
    b.reader.failAt(1, HARDWARE);
    expect(b.read().error?.code).toBe('device.hardwareError');
  }
  expect(b.status().device).toBe('hardwareError');
  expect(b.seen.reopened).toHaveLength(1);
  // Its protocol begins anew as well.
  expect(b.reader.losses).toBe(1);
  const asked = b.reader.requests.length;
  expect(b.read().error).toMatchObject({ code: 'device.hardwareError', effect: 'none' });
  b.driver.lost('still away');
  expect(b.status().device).toBe('hardwareError');
  expect(b.reader.requests).toHaveLength(asked);
  b.driver.opened();
  expect(b.status().device).toBe('online');
  b.reader.failAt(1, HARDWARE);
  b.read();
  expect(b.status().device).toBe('online');
  expect(b.read().outcome).toBe('success');
});

it('DEV-02 what did not ask the reader anything says nothing about it', () => {
  const b = withCard(cardOf(PURCHASE));
  for (const fault of [HARDWARE, HARDWARE, undefined, HARDWARE]) {
    if (fault) {
      b.reader.failAt(1, fault);
      b.read();
    } else b.write(sealed(PURCHASE, '0000000000000000'));
  }
  expect(b.status().device).toBe('hardwareError');
});

it('DEV-02 a success between them, or a customer’s mistake, makes no faulty reader', () => {
  const b = withCard(cardOf(PURCHASE));
  for (const fault of [HARDWARE, HARDWARE, undefined, HARDWARE, HARDWARE]) {
    if (fault) b.reader.failAt(1, fault);
    b.read();
  }
  expect(b.status().device).toBe('online');
  const other = withCard(cardOf(PURCHASE));
  other.reader.pull();
  for (let i = 0; i < 5; i++) other.read();
  expect(other.status().device).toBe('online');
});

it('DEV-02 release powers the card off and gives it back; without a card nothing is left to do', () => {
  const b = withCard(cardOf(PURCHASE));
  b.read();
  expect(b.release()).toEqual({ outcome: 'success', result: {} });
  expect(b.reader.slot).toBeUndefined();
  expect(b.release()).toEqual({ outcome: 'success', result: {} });
});

it('ERR-004 a release that nobody answered is unknown; one that jammed or was not begun has failed', () => {
  const cases: [Fault, string, string][] = [
    [{ fault: 'reader', why: 'silent', sent: true, done: true }, 'unknown', 'device.offline'],
    [{ fault: 'reader', why: 'hardware', sent: true, done: false }, 'unknown', 'device.hardwareError'],
    [{ fault: 'reader', why: 'jammed', sent: true, done: false }, 'failure', 'device.cardJammed'],
    [{ fault: 'reader', why: 'refused', sent: false, done: false }, 'failure', 'device.hardwareError'],
  ];
  for (const [fault, outcome, code] of cases) {
    const b = withCard(cardOf(PURCHASE));
    b.reader.failAt(1, fault);
    const effect = outcome === 'unknown' ? 'unknown' : 'none';
    expect(b.release()).toMatchObject({ outcome, error: { code, effect } });
  }
});

it('OPR-005 a release that waited past its deadline is not begun', () => {
  const b = withCard(cardOf(PURCHASE));
  b.expire('tardy');
  expect(b.release('tardy').error?.code).toBe('contract.expired');
  expect(b.reader.slot).toBeDefined();
});

it('OPR-008 inquire: what the journal has of a write; a key that is no write’s is not found', () => {
  const b = withCard(cardOf(PURCHASE));
  const request = sealed(PURCHASE, b.readMeter().challenge);
  b.reader.held = true;
  const end = b.writeAll(request, 'w');
  expect(b.inquire('w')).toEqual({ standing: 'inProgress' });
  while (end.length === 0) b.reader.deliver();
  expect(b.inquire('w')).toEqual({ standing: 'written' });
  b.reader.held = false;
  b.write({ ...request, challenge: '0000000000000000' }, 'stale');
  expect(b.inquire('stale')).toEqual({ standing: 'notWritten', errorCode: 'device.challengeStale' });
  b.release('r');
  expect(b.inquire('r')).toMatchObject({ standing: 'notFound' });
  expect(b.inquire('never')).toEqual({ standing: 'notFound', errorCode: 'contract.notFound' });
});

it('OPR-002 before the reader was ever there, commands and questions end at once: device.offline', () => {
  const b = bench();
  expect(b.read().error).toMatchObject({ code: 'device.offline', effect: 'none' });
  expect(b.release().error).toMatchObject({ code: 'device.offline', effect: 'none' });
});
