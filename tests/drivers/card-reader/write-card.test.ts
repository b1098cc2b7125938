import { describe, expect, it } from 'vitest';
import { insertIntoMeter, type MeterState } from '../../../simulators/devices/meter/meter.ts';
import { type Bench, type Change, cardOf, NEWER, PURCHASE, sealed, VOID, withCard } from './bench.ts';
import { EMPTY, parameters, returned, SERIAL, same, type TestCard, WHOSE, wallet } from './test-card.ts';

const OTHER = '8899AABBCCDDEEFF';

const unchanged = (card: TestCard, change: Change) => expect(card.files).toEqual(change.before.files);

function ready(change: Change = PURCHASE) {
  const card = cardOf(change);
  const b = withCard(card);
  return { b, card, request: sealed(change, b.readMeter().challenge) };
}

it.each([PURCHASE, VOID, NEWER])(
  'CAR-01 CAR-02 CRD-002 a $name is written, read back, and then said to be written',
  (change) => {
    const { b, card, request } = ready(change);
    expect(b.write(request)).toEqual({
      outcome: 'success',
      result: { serial: request.serial, wallet: request.after, written: 'now' },
    });
    expect(card.files).toEqual(change.after.files);
    const lastWrite = b.reader.requests.findLastIndex((r) => r.do === 'transmit' && r.apdu[1] === 0xd6);
    const readAgain = b.reader.requests
      .slice(lastWrite + 1)
      .filter((r) => r.do === 'transmit' && r.apdu[1] === 0xb0);
    expect(readAgain.length).toBeGreaterThanOrEqual(4);
  },
);

describe('CRD-001 only the named card is written to', () => {
  it('CRD-001 another card that was read since is not the request’s', () => {
    const { b, request } = ready();
    const other = cardOf(PURCHASE, { serial: OTHER });
    b.reader.pull();
    b.reader.insert(other);
    const { challenge } = b.readMeter();
    for (const each of [{ ...request, challenge }, request])
      expect(b.write(each).error).toMatchObject({ code: 'device.cardSwapped', effect: 'none' });
    expect(other.writes + other.authorizations).toBe(0);
  });

  it('CRD-001 the serial is read again before the first byte: a swap that nobody noticed is found', () => {
    const { b, request } = ready();
    const other = cardOf(PURCHASE, { serial: OTHER });
    other.powerOn();
    b.reader.slot = other;
    expect(b.write(request).error).toMatchObject({ code: 'device.cardSwapped', effect: 'none' });
    expect(other.writes + other.authorizations).toBe(0);
  });

  it.each([
    ['before', PURCHASE],
    ['after', VOID],
  ])(
    'CRD-001 CRD-004 a card of %s the purchase that is swapped in under the last write proves nothing',
    (_, its) => {
      const { b, request } = ready();
      const other = cardOf(its, { serial: OTHER });
      b.reader.onRequest = (asked) => {
        if (asked.do !== 'transmit' || asked.apdu[1] !== 0xd6 || asked.apdu[2] !== 0x82) return;
        b.reader.onRequest = () => {
          b.reader.onRequest = () => {};
          other.powerOn();
          b.reader.slot = other;
        };
      };
      expect(b.write(request)).toMatchObject({
        outcome: 'unknown',
        error: { code: 'device.writeUncertain' },
      });
      expect(b.reader.slot).toBe(other);
      expect(other.writes).toBe(0);
    },
  );
});

describe('CRD-002 CRD-003 what the card says proves nothing', () => {
  it('CRD-002 CRD-003 a card that says 9000 and keeps nothing: no success, and proven unchanged', () => {
    const { b, card, request } = ready();
    card.lies = true;
    expect(b.write(request)).toMatchObject({
      outcome: 'failure',
      error: { code: 'device.cardRefused', effect: 'none' },
    });
    unchanged(card, PURCHASE);
  });

  it('CRD-002 CRD-004 a card that says 9000 and keeps a part: unknown', () => {
    const { b, card, request } = ready();
    card.short = 1;
    expect(b.write(request)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'device.writeUncertain', effect: 'unknown' },
    });
  });
});

describe('CRD-004 a write that mends a half-written card may break off, too', () => {
  it('CRD-004 only the wallet has changed, and by a part: unknown', () => {
    const { b, card } = ready();
    Object.assign(card.files, { ...PURCHASE.after.files, wallet: PURCHASE.before.files.wallet.slice() });
    card.short = 1;
    expect(b.write(sealed(PURCHASE, b.readMeter().challenge)).outcome).toBe('unknown');
  });

  it('CRD-004 only the parameters have changed, and the wallet was refused: unknown', () => {
    const { b, card } = ready();
    card.files.returned = PURCHASE.after.files.returned.slice();
    const request = sealed(PURCHASE, b.readMeter().challenge);
    const files = request.files.map((each) => (each.file === 'wallet' ? { ...each, mac: '00000000' } : each));
    expect(b.write({ ...request, files }).outcome).toBe('unknown');
    expect(card.files).toEqual({ ...PURCHASE.after.files, wallet: PURCHASE.before.files.wallet });
  });
});

describe('CRD-005 what is on the card already is not written again', () => {
  it.each([PURCHASE, VOID, NEWER])(
    'CRD-005 a $name that is on the card: already, in a new session',
    (change) => {
      const { b, card, request } = ready(change);
      b.write(request);
      const { writes, authorizations } = card;
      expect(b.write(sealed(change, b.readMeter().challenge))).toMatchObject({
        outcome: 'success',
        result: { written: 'already', wallet: request.after },
      });
      expect(card).toMatchObject({ writes, authorizations });
    },
  );

  it('CRD-005 the same write in the same session: already', () => {
    const { b, card, request } = ready();
    b.write(request);
    expect(b.write(request).result).toMatchObject({ written: 'already' });
    expect(card.writes).toBe(3);
  });

  it('CRD-005 CAR-07 the meter has taken the purchase since: it was on the card, and is not cleared again', () => {
    const { b, card, request } = ready();
    b.write(request);
    card.files.returned = returned(256, 14_000);
    expect(b.write(sealed(PURCHASE, b.readMeter().challenge)).result).toMatchObject({ written: 'already' });
    expect(card.files.returned).toEqual(returned(256, 14_000));
  });

  it('CRD-005 a void whose parameters are not its own is no void yet, although wallet and return file are of one count', () => {
    const { b, card } = ready(VOID);
    Object.assign(card.files, { ...VOID.after.files, parameters: parameters('purchase') });
    expect(b.write(sealed(VOID, b.readMeter().challenge)).result).toMatchObject({ written: 'now' });
  });

  it('CRD-005 the wallet alone proves nothing: with a return file of before it is written whole', () => {
    const { b, card } = ready();
    card.files.wallet = PURCHASE.after.files.wallet.slice();
    expect(b.write(sealed(PURCHASE, b.readMeter().challenge)).result).toMatchObject({ written: 'now' });
    expect(card.files).toEqual(PURCHASE.after.files);
  });
});

describe('CRD-006 a challenge lives as long as its session', () => {
  const ends: [string, (b: ReturnType<typeof withCard>, card: TestCard) => void][] = [
    ['a new reading', (b) => void b.read()],
    [
      'the card was pulled and is back',
      (b, card) => {
        b.reader.pull();
        b.reader.insert(card);
      },
    ],
    [
      'the card was released and is back',
      (b, card) => {
        b.release();
        b.reader.insert(card);
      },
    ],
    [
      'the line was lost and is back',
      (b) => {
        b.driver.lost('cut');
        b.driver.opened();
      },
    ],
    [
      'a jam',
      (b, card) => {
        b.reader.jam();
        b.reader.insert(card);
      },
    ],
    [
      'a reading that failed',
      (b) => {
        b.reader.failAt(1, { fault: 'reader', why: 'mute', sent: true, done: false });
        b.read();
      },
    ],
  ];
  it.each(ends)('CRD-006 %s: device.challengeStale, and nothing is sent to the card', (_, end) => {
    const { b, card, request } = ready();
    end(b, card);
    const asked = b.reader.requests.length;
    expect(b.write(request).error).toMatchObject({ code: 'device.challengeStale', effect: 'none' });
    expect(b.reader.requests).toHaveLength(asked);
    unchanged(card, PURCHASE);
  });

  it('CRD-006 before any reading there is no session', () => {
    const card = cardOf(PURCHASE);
    expect(withCard(card).write(sealed(PURCHASE, '0011223344556677')).error?.code).toBe(
      'device.challengeStale',
    );
  });

  it('CRD-006 a refused authorization is shown to the card once: cards count such tries', () => {
    const { b, card, request } = ready();
    const wrong = { ...request, authorization: '0000000000000000' };
    expect(b.write(wrong).error).toMatchObject({ code: 'device.cardRefused', effect: 'none' });
    expect(b.write(wrong).error?.code).toBe('device.challengeStale');
    expect(card).toMatchObject({ authorizations: 1, writes: 0 });
  });
});

describe('CAR-07 what stands on the card decides whether it may be written', () => {
  it('CRD-003 a wallet of neither before nor after: device.cardChanged', () => {
    const { b, card } = ready();
    card.files.wallet = wallet(5_000, 254);
    expect(b.write(sealed(PURCHASE, b.readMeter().challenge)).error).toMatchObject({
      code: 'device.cardChanged',
      effect: 'none',
    });
    expect(card.writes + card.authorizations).toBe(0);
  });

  it('CAR-02 a purchase that a meter has taken is not voided', () => {
    const { b, card } = ready(VOID);
    card.files.returned = returned(256, 14_000);
    expect(b.write(sealed(VOID, b.readMeter().challenge)).error).toMatchObject({
      code: 'device.cardChanged',
    });
    expect(card.writes + card.authorizations).toBe(0);
  });

  it('CRD-003 a wrong seal of the last file: the others are written, so it is unknown; of the first: nothing was', () => {
    for (const [file, outcome] of [
      ['wallet', 'unknown'],
      ['returned', 'failure'],
    ] as const) {
      const { b, card, request } = ready();
      const files = request.files.map((each) => (each.file === file ? { ...each, mac: '00000000' } : each));
      expect(b.write({ ...request, files }).outcome).toBe(outcome);
      if (outcome === 'failure') unchanged(card, PURCHASE);
      expect(same(card.files.wallet, PURCHASE.before.files.wallet)).toBe(true);
    }
  });

  it('ERR-003 a request that contradicts itself or the card’s layout is not begun', () => {
    const { b, card, request } = ready();
    const [first, ...rest] = request.files;
    if (!first) throw new Error('no file');
    const flawed = [
      { ...request, after: { ...request.after, amountFen: 1 } },
      { ...request, files: rest },
      { ...request, files: [first, first] },
      { ...request, files: sealed(NEWER, request.challenge).files },
    ];
    for (const each of flawed) {
      const { challenge } = b.readMeter();
      expect(b.write({ ...each, challenge }).error).toMatchObject({
        code: 'contract.invalidData',
        effect: 'none',
      });
    }
    expect(card.writes + card.authorizations).toBe(0);
  });

  it('OPR-005 a write whose time is over at its first byte is not begun', () => {
    const { b, card, request } = ready();
    b.expire('tardy');
    expect(b.write(request, 'tardy').error).toMatchObject({ code: 'contract.expired', effect: 'none' });
    expect(card.writes).toBe(0);
  });
});

const NAMES = ['returned', 'parameters', 'wallet'] as const;

/** Every place where a write can be cut off: after so many bytes of each file. */
const tearsOf = (change: Change) =>
  NAMES.flatMap((name) =>
    Array.from({ length: change.after.files[name].length + 1 }, (_, byte) => ({ name, byte })),
  );

/** A card whose write was cut off there; its reader still has it in the slot. */
function torn(change: Change, { name, byte }: { name: (typeof NAMES)[number]; byte: number }) {
  const { b, card, request } = ready(change);
  b.reader.failAt(writeRequest(name, change), { fault: 'pull', bytes: byte });
  expect(b.write(request)).toMatchObject({ outcome: 'unknown', error: { code: 'device.writeUncertain' } });
  return { b, card };
}

const writeAgain = (b: Bench, card: TestCard, change: Change) => {
  b.reader.insert(card);
  return b.write(sealed(change, b.readMeter().challenge));
};

it.each([PURCHASE, NEWER, VOID])(
  'CRD-004 CAR-07 a $name torn at every byte of every file is uncertain, and the next write mends it',
  (change) => {
    for (const tear of tearsOf(change)) {
      const { b, card } = torn(change, tear);
      expect(writeAgain(b, card, change).outcome).toBe('success');
      expect(card.files).toEqual(change.after.files);
    }
  },
);

/** The meter that has taken everything up to the count of before the purchase. */
const meter = (): MeterState => ({ ...WHOSE, cardSerial: SERIAL, isOpen: true, count: 255, balanceFen: 0 });

it.each([PURCHASE, NEWER])(
  'CAR-07 a $name torn at every byte: the meter credits all of it once and never a part, whether it sees the card before or after it is mended',
  (change) => {
    let early = 0;
    for (const tear of tearsOf(change)) {
      const { b, card } = torn(change, tear);
      const its = meter();
      const { creditedFen } = insertIntoMeter(its, card.chip, '2611240900');
      if (creditedFen > 0) early++;
      const result = {
        written: creditedFen > 0 ? 'already' : 'now',
        wallet: { amountFen: 10_000, count: 256 },
      };
      expect(writeAgain(b, card, change).result).toMatchObject(result);
      insertIntoMeter(its, card.chip, '2611240905');
      expect(its).toMatchObject({ balanceFen: 10_000, count: 256 });
    }
    // Only where nothing but the answer was lost.
    expect(early).toBe(1);
  },
);

it('CAR-02 a void torn at every byte: the meter credits the whole purchase, and then it is not voided, or it never credits any of it', () => {
  let credited = 0;
  for (const tear of tearsOf(VOID)) {
    const { b, card } = torn(VOID, tear);
    const its = meter();
    const { creditedFen } = insertIntoMeter(its, card.chip, '2611240900');
    const end = writeAgain(b, card, VOID);
    if (creditedFen > 0) {
      credited++;
      expect(end.error).toMatchObject({ code: 'device.cardChanged', effect: 'none' });
    } else expect(card.files).toEqual(VOID.after.files);
    insertIntoMeter(its, card.chip, '2611240905');
    expect(its.balanceFen).toBe(creditedFen > 0 ? 10_000 : 0);
  }
  // Only where the power went before the first byte.
  expect(credited).toBe(1);
});

/** Which request of a write carries this file: after reading again and the authorization. */
function writeRequest(name: string, change: Change): number {
  const b = withCard(cardOf(change));
  const request = sealed(change, b.readMeter().challenge);
  const asked = b.reader.requests.length;
  b.write(request);
  const ids: Record<string, number[]> = { parameters: [0x81], wallet: [0x82], returned: [0x85, 0x86] };
  return b.reader.requests
    .slice(asked)
    .findIndex((r) => r.do === 'transmit' && r.apdu[1] === 0xd6 && ids[name]?.includes(r.apdu[2] ?? 0));
}

it('CAR-02 a void is not begun before a card that was torn by it is known: the reading names what is damaged', () => {
  const { b, card } = ready(VOID);
  card.files.returned = Uint8Array.of(...VOID.after.files.returned.subarray(0, 20), ...EMPTY.subarray(20));
  card.files.parameters = Uint8Array.of(
    ...parameters('replacement').subarray(0, 43),
    ...parameters('purchase').subarray(43),
  );
  expect(b.readMeter()).toMatchObject({ meterNo: '000012345678', damaged: ['parameters', 'returned'] });
  expect(b.readMeter().returned).toBeUndefined();
});
