import { describe, expect, it } from 'vitest';
import type { ReaderReply, ReaderRequest } from '../../../drivers/card-reader/reader.ts';
import { createCrt310 } from '../../../drivers/card-reader-crt310/protocol.ts';
import { loadDriver } from '../../../drivers/host/registry.ts';
import { emulateCrt310 } from '../../../simulators/devices/card-reader-crt310/reader.ts';
import { createBusCard } from '../../../simulators/devices/cards/bus-card.ts';
import type { CpuChip } from '../../../simulators/devices/cards/chip.ts';
import { cardOf, PURCHASE, sealed, VOID } from '../card-reader/bench.ts';
import { same } from '../card-reader/test-card.ts';
import { type Bench, bench, withCard } from './bench.ts';

const card = () => ({ name: '电卡', chip: cardOf(PURCHASE) });

function connected(): Bench {
  const b = bench();
  b.plugIn();
  return b;
}

/** How long the status took to say it, in steps of 10 ms; at most five seconds. */
function msUntil(b: Bench, isSaid: () => boolean): number {
  let ms = 0;
  for (; !isSaid() && ms < 5_000; ms += 10) b.pass(10);
  return ms;
}

describe('DEV-02 the start of a CRT-310', () => {
  it('is starting until the reader has been reset and asked where its card is', () => {
    const b = bench();
    expect(b.status()).toEqual({ device: 'starting', media: 'unknown', chipPower: 'unknown' });
    expect(b.driver.capabilities).toEqual({ model: 'CRT-310', holdsCard: true, cards: ['cpu', 'sle4442'] });
    b.plugIn();
    expect(b.status()).toEqual({ device: 'online', media: 'notPresent', chipPower: 'noCard' });
    // Cancel, serial number, reset, entry, stop position, status: each behind the one before.
    const frames = b.seen.sent.filter((bytes) => bytes.startsWith('02')).map((bytes) => bytes.slice(6, 10));
    expect(frames).toEqual(['303A', '3030', '2F33', '2E32', '3130']);
  });

  it('a reader that is dead is tried again, and taken when it lives', () => {
    const b = bench();
    b.reader.inject({ fault: 'silent' });
    b.plugIn();
    b.pass(2_000);
    expect(b.seen.reopened).toHaveLength(1);
    expect(b.status().device).toBe('offline');
    b.reader.mend();
    b.reconnect();
    expect(b.status().device).toBe('online');
  });

  it('a reader that refuses to be reset is no reader; one with a jam is, and tells of it', () => {
    const b = bench();
    b.reader.inject({ fault: 'supply', is: 'low' });
    b.plugIn();
    b.pass(2_000);
    expect(b.status().device).toBe('offline');
    const jammed = bench();
    jammed.reader.inject({ fault: 'jam', how: 'short' });
    jammed.plugIn();
    expect(jammed.status()).toEqual({ device: 'userError', media: 'jammed', chipPower: 'unknown' });
  });

  it('a card that lies in the reader from before is found, without power', () => {
    const b = withCard(cardOf(PURCHASE));
    b.readMeter();
    b.unplug();
    expect(b.status()).toEqual({ device: 'offline', media: 'unknown', chipPower: 'unknown' });
    b.reconnect();
    expect(b.status()).toEqual({ device: 'online', media: 'present', chipPower: 'poweredOff' });
  });

  it('half a frame from before is not taken for the beginning of the first one of a new connection', () => {
    const b = withCard(cardOf(PURCHASE));
    b.reader.inject({ fault: 'unplugged', afterBytes: 3, on: 'status' });
    b.pass(600);
    expect(b.status().device).toBe('offline');
    b.plugIn();
    // No time has passed in which the half one could have been given up.
    expect(b.status()).toMatchObject({ device: 'online', media: 'present' });
  });

  it('a card that was given back and not taken stays in the mouth over a new connection', () => {
    const b = withCard(cardOf(PURCHASE));
    b.release();
    b.unplug();
    b.reconnect();
    expect(b.reader.slot.position).toBe('gate');
    expect(b.status().media).toBe('present');
  });

  it('is a driver of the host under its name, with no settings of its own', async () => {
    const definition = await loadDriver('card-reader-crt310');
    expect(definition.class.name).toBe('card-reader');
    expect(Object.keys(definition.settings.properties)).toEqual([]);
  });
});

describe('CRD-007 media', () => {
  it('tells within two seconds that a card came or went, whenever it is and though three frames get lost', () => {
    for (let at = 0; at < 500; at += 50) {
      for (const lost of [0, 3]) {
        const b = connected();
        b.pass(at);
        b.reader.inject({ fault: 'noAcknowledge', on: 'status', times: lost });
        b.reader.slot.insert(card());
        expect(msUntil(b, () => b.status().media === 'present')).toBeLessThanOrEqual(2_000);
        b.release();
        b.reader.inject({ fault: 'noAcknowledge', on: 'status', times: lost });
        b.reader.slot.pull();
        expect(msUntil(b, () => b.status().media === 'notPresent')).toBeLessThanOrEqual(2_000);
      }
    }
  });

  it.each([
    { fault: 'silent' } as const,
    { fault: 'lateAnswer', on: 'status' } as const,
    { fault: 'wrongEcho', on: 'status' } as const,
    { fault: 'wrongCheck', on: 'status', times: 9 } as const,
  ])('is unknown within two seconds where the reader can’t say: $fault', (fault) => {
    const b = withCard(cardOf(PURCHASE));
    b.reader.inject(fault);
    expect(msUntil(b, () => b.status().media === 'unknown')).toBeLessThanOrEqual(2_000);
  });

  it('a card that was given back is present until its owner takes it, and is not drawn in again', () => {
    const b = withCard(cardOf(PURCHASE));
    b.release();
    b.pass(5_000);
    expect(b.status().media).toBe('present');
    expect(b.reader.slot.position).toBe('gate');
    b.reader.slot.pull();
    b.pass(600);
    expect(b.status().media).toBe('notPresent');
  });

  it('a card that is read right after it was given back is drawn in again', () => {
    const b = withCard(cardOf(PURCHASE));
    b.release();
    expect(b.readMeter().wallet.count).toBe(PURCHASE.before.count);
  });

  it('two polls without an answer are a lost reader', () => {
    const b = connected();
    b.reader.inject({ fault: 'lateAnswer', on: 'status', times: 2 });
    b.pass(4_000);
    expect(b.seen.reopened).toHaveLength(1);
    expect(b.status().device).toBe('offline');
  });
});

describe('CRD-008 one at a time', () => {
  it('operations wait for their turn; nothing is sent into another’s exchange', () => {
    const b = withCard(cardOf(PURCHASE));
    const { challenge } = b.readMeter();
    b.seen.sent.length = 0;
    b.reader.inject({ fault: 'lateAnswer', on: 'apdu', times: Number.POSITIVE_INFINITY });
    const [write, release] = [b.begin.write(sealed(PURCHASE, challenge)), b.begin.release()];
    // One frame and its enquiry at a time, and never the card's way out before its files.
    while (write.length === 0) {
      const asked = b.seen.sent.splice(0);
      expect(asked.filter((bytes) => bytes.startsWith('02'))).toHaveLength(1);
      expect(asked.at(-1)).toBe('05');
      expect(release).toEqual([]);
      b.reader.speak();
    }
    expect(b.settle(write)).toMatchObject({ outcome: 'success' });
    expect(b.settle(release)).toMatchObject({ outcome: 'success' });
  });

  it('a poll under way is waited for', () => {
    const b = withCard(cardOf(PURCHASE));
    b.reader.inject({ fault: 'lateAnswer', on: 'status' });
    b.pass(500);
    b.seen.sent.length = 0;
    const read = b.begin.read();
    expect(b.seen.sent).toEqual([]);
    b.reader.speak();
    expect(b.settle(read)).toMatchObject({ outcome: 'success' });
  });
});

it('CRD-004 CRD-006 when a card is found gone, nothing is said to the next one before its own reset', () => {
  const reader = emulateCrt310();
  const sent: string[] = [];
  const protocol = createCrt310({
    write(bytes) {
      sent.push(Buffer.from(bytes).toString('hex'));
      reader.input(bytes);
    },
    setTimer() {},
    ready() {},
    stateChanged() {},
    reopen() {},
  });
  reader.attach(protocol.bytes);
  protocol.opened();
  const ask = (request: ReaderRequest): ReaderReply[] => {
    const replies: ReaderReply[] = [];
    protocol.request(request, (reply) => replies.push(reply));
    return replies;
  };
  const transmit = { do: 'transmit', apdu: Uint8Array.of(0, 0x84, 0, 0, 8) } as const;
  reader.slot.insert(card());
  expect([ask({ do: 'hold' }), ask({ do: 'powerOn' })]).toMatchObject([[{ ok: 'done' }], [{ ok: 'reset' }]]);
  reader.slot.pull();
  expect(ask(transmit)).toMatchObject([{ failed: { why: 'noCard' } }]);
  reader.slot.insert(card());
  expect(ask({ do: 'hold' })).toMatchObject([{ ok: 'done' }]);
  sent.length = 0;
  expect(ask(transmit)).toMatchObject([{ failed: { why: 'refused', sent: false } }]);
  expect(sent.filter((bytes) => bytes.slice(6, 10) === '3731')).toEqual([]);
});

describe('DEV-02 cards in a CRT-310', () => {
  it('a processor card of T=1 is spoken to by its own command', () => {
    const inner = cardOf(PURCHASE);
    const chip: CpuChip = {
      ...inner,
      powerOn() {
        inner.powerOn();
        return Uint8Array.of(0x3b, 0x80, 0x01, 0x81);
      },
    };
    const b = withCard(chip);
    const { challenge } = b.readMeter();
    expect(b.write(sealed(PURCHASE, challenge))).toMatchObject({ outcome: 'success' });
    expect(b.seen.sent.filter((bytes) => /^02....3731/.test(bytes))).toEqual([]);
    expect(same(inner.files.wallet, PURCHASE.after.files.wallet)).toBe(true);
  });

  it('a bus card is read whole, as a memory card', () => {
    const chip = createBusCard({ number: '8600123412341234', balanceFen: 1_250, loads: 3 });
    const { result } = withCard(chip).read();
    expect(result).toEqual({
      card: 'memory',
      answerToReset: 'A2131091',
      memory: Buffer.from(chip.memory).toString('hex').toUpperCase(),
    });
  });

  it('a card without a chip can’t be read', () => {
    expect(withCard(undefined).read()).toMatchObject({ error: { code: 'device.cardInvalid' } });
  });

  it('CRD-001 CRD-006 a card that was exchanged behind the contacts is not written to', () => {
    const [mine, other] = [cardOf(PURCHASE), cardOf(PURCHASE, { serial: '8899AABBCCDDEEFF' })];
    const b = withCard(mine);
    const { challenge } = b.readMeter();
    b.reader.slot.swap({ name: '另一张', chip: other });
    b.readMeter();
    expect(b.write(sealed(PURCHASE, challenge))).toMatchObject({ error: { code: 'device.cardSwapped' } });
    expect([mine.writes, other.writes, other.authorizations]).toEqual([0, 0, 0]);
  });

  it('CRD-005 a card that carries the order is not written again; CRD-002 a void brings it back', () => {
    const chip = cardOf(PURCHASE);
    const b = withCard(chip);
    b.write(sealed(PURCHASE, b.readMeter().challenge));
    const { writes } = chip;
    expect(b.write(sealed(PURCHASE, b.readMeter().challenge))).toMatchObject({
      result: { written: 'already' },
    });
    expect(chip.writes).toBe(writes);
    expect(b.write(sealed(VOID, b.readMeter().challenge))).toMatchObject({ outcome: 'success' });
    expect(same(chip.files.wallet, PURCHASE.before.files.wallet)).toBe(true);
  });

  it('a reader whose settings were lost is set up anew, so that cards come in again', () => {
    const b = connected();
    b.reader.restart();
    b.pass(600);
    expect(b.status()).toMatchObject({ device: 'offline', media: 'unknown' });
    b.reconnect();
    b.insert(card());
    expect(b.reader.slot.position).toBe('inside');
    expect(b.status().media).toBe('present');
  });

  it('a reader that refuses its settings, as the paper allows to read it, is used all the same', () => {
    const reader = emulateCrt310();
    reader.inject({ fault: 'cannot', reason: 1, skip: 2, times: 2 });
    const b = bench(reader);
    b.plugIn();
    expect(b.status().device).toBe('online');
  });
});
