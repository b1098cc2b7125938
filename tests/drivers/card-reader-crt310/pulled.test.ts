import { describe, expect, it } from 'vitest';
import { insertIntoMeter, type MeterState } from '../../../simulators/devices/meter/meter.ts';
import { type Change, cardOf, NEWER, PURCHASE, sealed, VOID } from '../card-reader/bench.ts';
import { SERIAL, same, type TestCard, WHOSE } from '../card-reader/test-card.ts';
import { withCard } from './bench.ts';

const FILES = ['returned', 'parameters', 'wallet'] as const;

const isAs = (card: TestCard, { files }: Change['before']) =>
  FILES.every((name) => same(card.files[name], files[name]));

/** The meter that the card belongs to: it has taken 255 purchases. */
const meter = (): MeterState => ({
  ...WHOSE,
  cardSerial: SERIAL,
  isOpen: true,
  count: 255,
  balanceFen: 5_030,
});

const AT = '2612011200';

/** Every byte of every file of a write, and the end of each, when all is written and only the answer is lost. */
const BYTES = (change: Change) =>
  FILES.flatMap((name, file) =>
    Array.from({ length: change.after.files[name].length + 1 }, (_, byte) => ({ file, byte })),
  );

/** A write is begun and the card is pulled out after so many bytes of its n-th file. */
function pulled(change: Change, { file, byte }: { file: number; byte: number }) {
  const card = cardOf(change);
  const b = withCard(card);
  b.reader.inject({ fault: 'pulled', on: 'write', skip: file, afterBytes: byte });
  const end = b.write(sealed(change, b.readMeter().challenge), 'sale');
  return { card, b, end };
}

describe.each([PURCHASE, NEWER])('$name', (change) => {
  it.each([
    { visits: false, what: 'is put back' },
    { visits: true, what: 'is taken to the meter, and then put back' },
  ])(
    'CRD-002 CRD-004 pulled at any byte of a write it $what, read, and written with the same order: whole, credited once',
    ({ visits }) => {
      for (const where of BYTES(change)) {
        const at = JSON.stringify(where);
        const { card, b, end } = pulled(change, where);
        expect(end, at).toMatchObject({ outcome: 'unknown', error: { code: 'device.writeUncertain' } });
        expect(b.inquire('sale'), at).toMatchObject({ standing: 'uncertain' });
        const state = meter();
        let credited = visits ? insertIntoMeter(state, card.chip, AT).creditedFen : 0;
        const [writesBefore, isTaken] = [card.writes, credited > 0];

        b.pass(600);
        expect(b.status().media, at).toBe('notPresent');
        b.insert({ name: '电卡', chip: card });
        // The driver does not go on by itself.
        expect(card.writes, at).toBe(writesBefore);
        const read = b.readMeter();
        // Never a count but the old one, the new one, or on the way between them what no meter takes.
        expect([255, 256, 511], at).toContain(read.wallet.count);
        const again = b.write(sealed(change, read.challenge));
        expect(again, at).toMatchObject({
          outcome: 'success',
          result: { wallet: { amountFen: 10_000, count: 256 } },
        });
        if (!isTaken) expect(isAs(card, change.after), at).toBe(true);

        credited += insertIntoMeter(state, card.chip, AT).creditedFen;
        credited += insertIntoMeter(state, card.chip, AT).creditedFen;
        expect([credited, state.count, state.balanceFen], at).toEqual([10_000, 256, 15_030]);
        b.reader.slot.pull();
        b.pass(600);
        b.insert({ name: '电卡', chip: card });
        const writes = card.writes;
        expect(b.write(sealed(change, b.readMeter().challenge)), at).toMatchObject({
          result: { written: 'already' },
        });
        expect(card.writes, at).toBe(writes);
      }
    },
  );
});

it('CRD-002 CRD-004 a void that is pulled at any byte is put back, read and written again: the card is as it was before the sale', () => {
  for (const where of BYTES(VOID)) {
    const at = JSON.stringify(where);
    const { card, b, end } = pulled(VOID, where);
    expect(end.outcome, at).toBe('unknown');
    b.pass(600);
    b.insert({ name: '电卡', chip: card });
    expect(b.write(sealed(VOID, b.readMeter().challenge)), at).toMatchObject({ outcome: 'success' });
    expect(isAs(card, VOID.after), at).toBe(true);
  }
});
