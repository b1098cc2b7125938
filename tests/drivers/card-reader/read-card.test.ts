import { expect, it } from 'vitest';
import type { Chip, MemoryChip } from '../../../simulators/devices/cards/chip.ts';
import { bench, cardOf, NEWER, PURCHASE, withCard } from './bench.ts';
import { hex, SERIAL, testCard, wallet } from './test-card.ts';

function withChip(chip: Chip | undefined) {
  const b = bench();
  b.reader.slot = chip;
  b.driver.opened();
  return b;
}

it('DEV-02 CRD-006 a purchase card: its files, its identity and a challenge of this session', () => {
  const b = withCard(cardOf(PURCHASE));
  const first = b.readMeter();
  expect(first).toEqual({
    card: 'meter',
    layout: '2009',
    serial: SERIAL,
    meterNo: '000012345678',
    customerNo: '000088880001',
    kind: 'replacement',
    wallet: { amountFen: 5_000, count: 255 },
    returned: {
      count: 255,
      balanceFen: 5_030,
      data: Buffer.from(PURCHASE.before.files.returned).toString('hex').toUpperCase(),
    },
    challenge: first.challenge,
  });
  expect(b.readMeter().challenge).not.toBe(first.challenge);
});

it('DEV-02 the layout is found by where the return file lies', () => {
  const b = withCard(cardOf(NEWER));
  expect(b.readMeter()).toMatchObject({ layout: '2013', returned: { count: 255, balanceFen: 5_030 } });
});

it('DEV-02 an empty return file is missing', () => {
  expect(withCard(testCard(PURCHASE.after.files)).readMeter().returned).toBeUndefined();
});

it('DEV-02 a memory card: its bytes', () => {
  const memory = Uint8Array.from({ length: 256 }, (_, i) => i);
  const chip: MemoryChip = {
    kind: 'sle4442',
    powerOn: () => hex('A2131091'),
    powerOff() {},
    readMain: () => memory,
    readProtection: () => new Uint8Array(32),
    readSecurity: () => new Uint8Array(4),
    verify: () => false,
    writeMain: () => false,
    protect: () => false,
    changeCode: () => false,
  };
  expect(withChip(chip).read().result).toEqual({
    card: 'memory',
    answerToReset: 'A2131091',
    memory: Buffer.from(memory).toString('hex').toUpperCase(),
  });
});

it.each([0x6a82, 0x6d00, 0x6e00, 0x6a86])(
  'DEV-02 a card that is no purchase card (%i) is unknown, with its answer to reset',
  (word) => {
    for (const step of [2, 4, 6]) {
      const b = withCard(cardOf(PURCHASE));
      b.reader.failAt(step, { fault: 'statusWord', word, done: false });
      expect(b.read().result).toEqual({ card: 'unknown', answerToReset: '3B6900005792230101010101' });
    }
  },
);

it.each([0x6b00, 0x9303])(
  'DEV-02 a card that was never issued or is locked (%i): device.cardUnsupported',
  (word) => {
    const b = withCard(cardOf(PURCHASE));
    b.reader.failAt(4, { fault: 'statusWord', word, done: false });
    expect(b.read().error).toMatchObject({ code: 'device.cardUnsupported', effect: 'none' });
  },
);

it('DEV-02 empty files: a card that was never issued', () => {
  const blank = { parameters: new Uint8Array(45), wallet: new Uint8Array(8), returned: new Uint8Array(49) };
  expect(withCard(testCard(blank)).read().error?.code).toBe('device.cardUnsupported');
  const full = { ...PURCHASE.after.files, wallet: wallet(0xffffffff, 0xffffffff) };
  expect(withCard(testCard(full)).read().error?.code).toBe('device.cardUnsupported');
});

it('DEV-02 no return file of either layout: device.cardUnsupported', () => {
  const b = withCard(cardOf(PURCHASE));
  for (const step of [9, 10]) b.reader.failAt(step, { fault: 'statusWord', word: 0x6a82, done: false });
  expect(b.read().error?.code).toBe('device.cardUnsupported');
});

it('DEV-02 a file of another length is another file', () => {
  const short = { ...PURCHASE.before.files, wallet: new Uint8Array(4) };
  expect(withCard(testCard(short)).read().error?.code).toBe('device.cardUnsupported');
});

it('DEV-02 a return file that can’t be read is no reason to look for another layout', () => {
  const b = withCard(cardOf(PURCHASE));
  b.reader.failAt(9, { fault: 'statusWord', word: 0x6581, done: false });
  expect(b.read().error?.code).toBe('device.cardInvalid');
  expect(b.reader.requests).toHaveLength(10);
});

it('DEV-02 no card, and a card that does not answer', () => {
  expect(withChip(undefined).read().error).toMatchObject({ code: 'device.cardNotPresent', effect: 'none' });
  const mute = { ...cardOf(PURCHASE), powerOn: () => new Uint8Array() };
  const b = withChip(mute);
  expect(b.read().error).toMatchObject({ code: 'device.cardInvalid', effect: 'none' });
  expect(b.status()).toEqual({ device: 'online', media: 'present', chipPower: 'hardwareError' });
});
