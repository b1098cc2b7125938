import { describe, expect, it } from 'vitest';
import { emulateCrt310 } from '../../../simulators/devices/card-reader-crt310/reader.ts';
import { type Change, cardOf, NEWER, PURCHASE, sealed, VOID } from '../card-reader/bench.ts';
import { same, type TestCard } from '../card-reader/test-card.ts';
import { bench, withCard } from './bench.ts';

const CHANGES = [PURCHASE, VOID, NEWER];
const isAs = (card: TestCard, { files }: Change['before']) =>
  same(card.files.parameters, files.parameters) &&
  same(card.files.wallet, files.wallet) &&
  same(card.files.returned, files.returned);

describe.each([
  { name: 'as its table has it', options: {} },
  { name: 'strict paper', options: { strictPaper: true } },
  { name: 'fetches by itself', options: { fetches: true } },
])('DEV-02 CRT-310 $name', ({ options }) => {
  it.each(CHANGES)('CRD-002 reads a card, writes $name, reads it back, and gives it back', (change) => {
    const card = cardOf(change);
    const b = withCard(card, emulateCrt310(options));
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
    expect(b.reader.slot.position).toBe('gate');
    b.reader.slot.pull();
    b.pass(600);
    expect(b.status()).toEqual({ device: 'online', media: 'notPresent', chipPower: 'noCard' });
  });
});

it('DEV-02 without a card there is nothing to read and nothing to give back', () => {
  const b = bench();
  b.plugIn();
  expect(b.read()).toMatchObject({ outcome: 'failure', error: { code: 'device.cardNotPresent' } });
  expect(b.release()).toEqual({ outcome: 'success', result: {} });
});
