import { describe, expect, it } from 'vitest';
import { createSle4442 } from '../../../simulators/devices/cards/sle4442.ts';
import { type Change, cardOf, NEWER, PURCHASE, sealed, VOID } from '../card-reader/bench.ts';
import { provePulls } from '../card-reader/pulled.ts';
import { same, type TestCard } from '../card-reader/test-card.ts';
import { bench, MODEL_NAMES, withCard } from './bench.ts';

const CHANGES = [PURCHASE, VOID, NEWER];
const isAs = (card: TestCard, { files }: Change['before']) =>
  same(card.files.parameters, files.parameters) &&
  same(card.files.wallet, files.wallet) &&
  same(card.files.returned, files.returned);

describe.each(MODEL_NAMES)('DEV-02 %s', (name) => {
  it.each(CHANGES)('CRD-002 reads a card, writes $name, reads it back, and gives it back', (change) => {
    const card = cardOf(change);
    const b = withCard(name, card);
    expect(b.status()).toEqual({ device: 'online', media: 'present', chipPower: 'poweredOff' });
    const read = b.readMeter();
    expect(read).toMatchObject({ wallet: { count: change.before.count } });
    expect(b.status()).toMatchObject({ chipPower: 'online' });
    expect(b.write(sealed(change, read.challenge))).toMatchObject({
      outcome: 'success',
      result: { written: 'now' },
    });
    expect(isAs(card, change.after)).toBe(true);
    expect(b.release()).toEqual({ outcome: 'success', result: {} });
    b.reader.slot.pull();
    b.pass(600);
    expect(b.status()).toEqual({ device: 'online', media: 'notPresent', chipPower: 'noCard' });
  });

  it('CRD-001 CRD-006 another card is not written to, and a challenge ends with its session', () => {
    const b = withCard(name, cardOf(PURCHASE));
    const { challenge } = b.readMeter();
    const other = cardOf(PURCHASE, { serial: '8899AABBCCDDEEFF' });
    b.reader.slot.swap({ name: '另一张', chip: other });
    const swapped = b.readMeter();
    for (const each of [challenge, swapped.challenge])
      expect(b.write(sealed(PURCHASE, each)).error).toMatchObject({
        code: 'device.cardSwapped',
        effect: 'none',
      });
    const own = withCard(name, cardOf(PURCHASE));
    const first = own.readMeter();
    own.readMeter();
    expect(own.write(sealed(PURCHASE, first.challenge)).error).toMatchObject({
      code: 'device.challengeStale',
      effect: 'none',
    });
    expect([other.writes, other.authorizations]).toEqual([0, 0]);
  });

  it('CRD-005 what is on the card already is not written again', () => {
    const card = cardOf(PURCHASE);
    const b = withCard(name, card);
    b.write(sealed(PURCHASE, b.readMeter().challenge));
    const { writes, authorizations } = card;
    expect(b.write(sealed(PURCHASE, b.readMeter().challenge))).toMatchObject({
      outcome: 'success',
      result: { written: 'already' },
    });
    expect([card.writes, card.authorizations]).toEqual([writes, authorizations]);
  });

  it('without a card there is nothing to read and nothing to give back', () => {
    const b = bench(name);
    b.plugIn();
    expect(b.read()).toMatchObject({ outcome: 'failure', error: { code: 'device.cardNotPresent' } });
    expect(b.release()).toEqual({ outcome: 'success', result: {} });
  });

  it('a memory card is read whole, and spoken to through the family’s own command', () => {
    const b = withCard(name, createSle4442({ data: Uint8Array.of(1, 2, 3) }));
    const { outcome, result } = b.read();
    expect(outcome).toBe('success');
    expect(result).toMatchObject({ card: 'memory', answerToReset: 'A2131091' });
    expect((result as { memory: string }).memory).toMatch(/^A2131091010203(FF){249}$/);
  });

  it('CRD-007 a card that comes and goes is told within two seconds, also when a poll is lost', () => {
    const b = bench(name);
    b.plugIn();
    b.reader.inject({ fault: 'noAcknowledge', on: 'status', times: 1 });
    b.reader.slot.insert({ name: '电卡', chip: cardOf(PURCHASE) });
    b.pass(2_000);
    expect(b.status().media).toBe('present');
    b.reader.slot.pull();
    b.pass(2_000);
    expect(b.status().media).toBe('notPresent');
  });
});

it('DEV-02 a latch holds the card while it is worked on, and lets it go', () => {
  const b = withCard('crt-288k', cardOf(PURCHASE));
  expect(b.reader.mechanism.state.isLocked).toBe(false);
  b.readMeter();
  expect(b.reader.mechanism.state.isLocked).toBe(true);
  b.release();
  expect(b.reader.mechanism.state.isLocked).toBe(false);
});

it('DEV-02 a motor draws the card in, brings it to the contacts and gives it back at the gate', () => {
  const b = withCard('crt-591', cardOf(PURCHASE));
  expect(b.reader.slot.position).toBe('inside');
  b.readMeter();
  expect(b.reader.slot.position).toBe('contacts');
  b.release();
  expect(b.reader.slot.position).toBe('gate');
});

for (const name of MODEL_NAMES) provePulls(name, (chip) => withCard(name, chip));
