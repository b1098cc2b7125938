import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Completion } from '../../../contracts/operation.ts';
import type { ReaderFailure } from '../../../drivers/card-reader/reader.ts';
import { type Bench, type Change, cardOf, NEWER, PURCHASE, sealed, VOID, withCard } from './bench.ts';
import type { Fault } from './fake-reader.ts';
import { same, type TestCard } from './test-card.ts';

const CHANGES = [PURCHASE, VOID, NEWER];
const OTHER = '8899AABBCCDDEEFF';

const BOTH = [false, true] as const;
const reasons: ReaderFailure['why'][] = ['noCard', 'mute', 'jammed', 'refused', 'silent', 'hardware'];
const WORDS = [0x6581, 0x6982, 0x6988, 0x6700, 0x6a82, 0x6a86, 0x6b00, 0x9303, 0x63c2];

/** Every fault that a reader or a card can show at one step; what was sent may have been done or not. */
const FAULTS: Fault[] = [
  ...reasons.flatMap((why) => BOTH.map((done): Fault => ({ fault: 'reader', why, sent: true, done }))),
  ...reasons.map((why): Fault => ({ fault: 'reader', why, sent: false, done: false })),
  ...WORDS.flatMap((word) => BOTH.map((done): Fault => ({ fault: 'statusWord', word, done }))),
  ...[0, 1, 5, 7, 30, 300].map((bytes): Fault => ({ fault: 'pull', bytes })),
];

const nameOf = (fault: Fault) => JSON.stringify(fault);

/** Whether the reader could have told this of that request: a status word answers a command to the card. */
function fitsTo(fault: Fault, b: Bench, step: number): boolean {
  return fault.fault !== 'statusWord' || b.reader.requests[step]?.do === 'transmit';
}

/** A card before the change, read, and the write request for this session. */
function prepared(change: Change) {
  const card = cardOf(change);
  const b = withCard(card);
  const request = sealed(change, b.readMeter().challenge);
  return { b, card, request, asked: b.reader.requests.length };
}

const isAs = (card: TestCard, { files }: Change['before']) =>
  same(card.files.parameters, files.parameters) &&
  same(card.files.wallet, files.wallet) &&
  same(card.files.returned, files.returned);

/** What a write said against what lies on the card. */
function judge({ outcome, error }: Completion, card: TestCard, change: Change, isSent: boolean): void {
  if (outcome === 'success') expect(isAs(card, change.after)).toBe(true);
  if (outcome === 'failure') {
    expect(error?.effect).toBe('none');
    expect(isAs(card, change.before)).toBe(true);
  }
  if (outcome === 'unknown') {
    expect(error).toMatchObject({ code: 'device.writeUncertain', effect: 'unknown' });
    expect(isSent).toBe(true);
  }
}

/** The people and the transport do their part; then the card is read and written as if nothing had been. */
function recover(b: Bench, card: TestCard, change: Change): void {
  b.reader.noFaults();
  if (b.seen.reopened.splice(0).length > 0) {
    b.driver.lost('closed to be opened anew');
    b.driver.opened();
  }
  if (b.reader.slot !== card) b.reader.pull();
  b.reader.insert(card);
  const { challenge, serial } = b.readMeter();
  expect(b.write(sealed(change, challenge, serial)).outcome).toBe('success');
  expect(isAs(card, change.after)).toBe(true);
  expect(b.status()).toEqual({ device: 'online', media: 'present', chipPower: 'online' });
}

it.each(CHANGES)(
  'CRD-002 CRD-003 CRD-004 $name: any fault at any step of a write ends it once, with what is true of the card; then it can be read and written',
  (change) => {
    const clean = prepared(change);
    clean.b.write(clean.request);
    const steps = clean.b.reader.requests.slice(clean.asked);
    const firstWrite = steps.findIndex((r) => r.do === 'transmit' && r.apdu[1] === 0xd6);
    const lastWrite = steps.findLastIndex((r) => r.do === 'transmit' && r.apdu[1] === 0xd6);
    // Reading again, the authorization, three files, reading back.
    expect(steps.length).toBe(2 * firstWrite + 2);
    expect(lastWrite).toBe(firstWrite + 2);
    const seen = { success: 0, failure: 0, unknown: 0 };
    for (let step = 0; step < steps.length; step++) {
      for (const fault of FAULTS) {
        const { b, card, request, asked } = prepared(change);
        if (!fitsTo(fault, clean.b, asked + step)) continue;
        b.reader.failAt(step, fault);
        const end = b.write(request);
        seen[end.outcome]++;
        const where = `step ${step}, ${nameOf(fault)}: ${JSON.stringify(end)}`;
        expect(() => judge(end, card, change, step >= firstWrite), where).not.toThrow();
        if (step === firstWrite && fault.fault === 'reader' && !fault.sent) {
          const canProve = fault.why === 'refused' || fault.why === 'noCard';
          expect(end.outcome, where).toBe(
            canProve ? 'failure' : canReadBack(fault.why) ? 'failure' : 'unknown',
          );
        }
        if (step === lastWrite && fault.fault === 'statusWord')
          expect(end.outcome, where).toBe(fault.done ? 'success' : 'unknown');
        expect(() => recover(b, card, change), where).not.toThrow();
      }
    }
    expect(Math.min(seen.success, seen.failure, seen.unknown)).toBeGreaterThan(5);
  },
);

/** The chip is still powered, so that one reading back may prove something. */
const canReadBack = (why: ReaderFailure['why']) => why === 'mute' || why === 'hardware';

it.each(CHANGES)(
  'CRD-001 CRD-004 $name: a card that is swapped at any step is never written to, authorized to or taken for the request’s',
  (change) => {
    const clean = prepared(change);
    clean.b.write(clean.request);
    const steps = clean.b.reader.requests.slice(clean.asked);
    const firstWrite = steps.findIndex((r) => r.do === 'transmit' && r.apdu[1] === 0xd6);
    for (let step = 0; step < steps.length; step++) {
      for (const serial of [OTHER, undefined]) {
        const { b, card, request } = prepared(change);
        // The same card put back at once is a new session, too.
        const then = serial ? cardOf(change, { serial }) : card;
        const before = card.writes;
        b.reader.failAt(step, { fault: 'pull', bytes: 3, then });
        // The harder case: a reader that would answer for the new card as it did for the old one.
        b.reader.powersByItself = true;
        const end = b.write(request);
        expect(end.outcome).toBe(step < firstWrite ? 'failure' : 'unknown');
        judge(end, card, change, true);
        if (then !== card) expect(then.writes + then.authorizations).toBe(0);
        expect(card.writes - before).toBeLessThanOrEqual(3);
        const asked = b.reader.requests.length;
        expect(b.write(request).error?.code).toBe('device.challengeStale');
        expect(b.reader.requests).toHaveLength(asked);
        recover(b, card, change);
      }
    }
  },
);

it.each(CHANGES)(
  'CRD-003 DEV-02 $name: any fault at any step of a reading changes nothing on the card, ends it once, and never gives a wrong card',
  (change) => {
    const clean = withCard(cardOf(change));
    const { challenge: _, ...right } = clean.readMeter();
    const steps = clean.reader.requests.length;
    for (let step = 0; step < steps; step++) {
      for (const fault of FAULTS) {
        if (!fitsTo(fault, clean, step)) continue;
        const card = cardOf(change);
        const b = withCard(card);
        b.reader.failAt(step, fault);
        const { outcome, result, error } = b.read();
        const where = `step ${step}, ${nameOf(fault)}: ${JSON.stringify({ outcome, result, error })}`;
        if (outcome === 'success' && (result as { card: string }).card === 'meter')
          expect(result, where).toMatchObject(right);
        else if (outcome !== 'success') expect(error?.effect, where).toBe('none');
        expect(isAs(card, change.before), where).toBe(true);
        expect(card.writes + card.authorizations, where).toBe(0);
        expect(() => recover(b, card, change), where).not.toThrow();
      }
    }
  },
);

it('CRD-002 CRD-003 CRD-004 several faults in one write: still only what is true of the card', () => {
  const seen = { success: 0, failure: 0, unknown: 0 };
  const fault = fc.record({ step: fc.integer({ min: 0, max: 22 }), fault: fc.constantFrom(...FAULTS) });
  fc.assert(
    fc.property(
      fc.constantFrom(...CHANGES),
      fc.array(fault, { minLength: 2, maxLength: 4 }),
      fc.boolean(),
      (change, faults, lies) => {
        const { b, card, request, asked } = prepared(change);
        card.lies = lies;
        for (const each of faults) b.reader.failAt(each.step, each.fault);
        const end = b.write(request);
        seen[end.outcome]++;
        const isSent = b.reader.requests.slice(asked).some((r) => r.do === 'transmit' && r.apdu[1] === 0xd6);
        judge(end, card, change, isSent);
        card.lies = false;
        recover(b, card, change);
      },
    ),
    { numRuns: 2_000 },
  );
  expect(Math.min(seen.failure, seen.unknown)).toBeGreaterThan(100);
});
