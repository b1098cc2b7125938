import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../../contracts/time.ts';
import { nextWake } from '../../../../platform/core/wakes.ts';
import { orderId } from '../../../support/ids.ts';
import { ADMIN, CARRIER, carrierOf, START, smallPlatform, TELLER } from '../../../support/small-platform.ts';

const A = orderId(1);
type Small = ReturnType<typeof smallPlatform>;

const inquiries = (platform: Small) =>
  platform.published().filter((message) => message.type === 'yizhan.carrier.inquire');
const inquire = (platform: Small, who = TELLER) => platform.command(who, { type: 'inquire', order: A });

const paid = () => {
  const platform = smallPlatform({ printer: false });
  platform.pay(A);
  return { platform, carrier: carrierOf(platform) };
};

describe('MOB-04 the platform asks by itself', () => {
  test('at 40 s, 1, 2, 5, 10 min, every 15 min to 6 h, hourly to a day: by our own key, each under an id of its own', () => {
    const { platform } = paid();
    platform.runTo(START + 24 * HOUR - 1);
    const asked = inquiries(platform);
    const minutes = [40 / 60, 1, 2, 5, 10];
    for (let m = 15; m <= 360; m += 15) minutes.push(m);
    for (let h = 7; h < 24; h++) minutes.push(h * 60);
    expect(asked.map(({ time }) => (time - START) / MINUTE)).toEqual(minutes);
    expect(asked.map(({ id }) => id)).toEqual(asked.map((_, i) => `${A}.1.i${i + 1}`));
    expect(new Set(asked.map(({ data }) => JSON.stringify(data)))).toEqual(
      new Set([JSON.stringify({ originalKey: `${A}.1` })]),
    );
    expect(asked[0]).toMatchObject({ topic: 'yz/1/cp/china-mobile/1/req', correlation: A });
    expect(asked[0], 'a question has no key and no deadline').not.toHaveProperty('key');
    expect(platform.marks()).not.toContain('woken-for-nothing');
  });

  test('unknown for half an hour: one alert, exactly then, and never again', () => {
    const { platform } = paid();
    platform.runTo(START + 30 * MINUTE - 1);
    expect(platform.alerts()).toEqual([]);
    platform.runTo(START + 30 * MINUTE);
    expect(platform.alerts()).toEqual(['alert.outcomeOverdue']);
    platform.runTo(START + 23 * HOUR);
    expect(platform.alerts()).toEqual(['alert.outcomeOverdue']);
  });

  test('a case that is alerted first does not swallow the half hour’s alert', () => {
    const { platform, carrier } = paid();
    platform.advance(31 * MINUTE);
    carrier.succeeded(A, { amountFen: 1_000 });
    platform.wakeDue();
    expect(platform.alerts().sort()).toEqual(['alert.case', 'alert.outcomeOverdue']);
  });

  test('an outcome ends the ladder: no further question, no alert, no wake', () => {
    const { platform, carrier } = paid();
    platform.runTo(START + MINUTE);
    carrier.succeeded(A);
    const asked = inquiries(platform).length;
    platform.runTo(START + 10 * HOUR);
    expect(inquiries(platform)).toHaveLength(asked);
    expect(platform.alerts()).toEqual([]);
  });

  test('while the carrier is offline a due question is kept, and put when somebody of it is back', () => {
    const { platform } = paid();
    platform.offline(CARRIER);
    platform.runTo(START + 90 * SECOND);
    expect(inquiries(platform)).toEqual([]);
    expect(platform.marks()).toContain('inquiry-held');
    platform.online({ ...CARRIER, instance: '2' }, 'carrier', 'epoch-2');
    platform.wakeDue();
    expect(inquiries(platform)).toMatchObject([{ id: `${A}.1.i1`, topic: 'yz/1/cp/china-mobile/2/req' }]);
    platform.runTo(START + 2 * MINUTE);
    expect(inquiries(platform), 'the ladder goes on').toHaveLength(2);
  });

  test('a carrier that is back without a due question is not asked out of turn', () => {
    const { platform } = paid();
    platform.offline(CARRIER);
    platform.advance(5 * SECOND);
    platform.online(CARRIER, 'carrier', 'epoch-2');
    platform.wakeDue();
    expect(inquiries(platform)).toEqual([]);
  });

  test('a mere change of status asks nobody again', () => {
    const { platform } = paid();
    platform.runTo(START + MINUTE);
    const asked = inquiries(platform).length;
    platform.online(CARRIER, 'carrier');
    platform.wakeDue();
    expect(inquiries(platform)).toHaveLength(asked);
  });

  test('L3 many kept questions are put one after the other, 20 ms apart', () => {
    const platform = smallPlatform({ printer: false });
    for (let n = 1; n <= 5; n++) platform.pay(orderId(n), 1_000 * n);
    platform.offline(CARRIER);
    platform.runTo(START + MINUTE);
    platform.online(CARRIER, 'carrier', 'epoch-2');
    platform.runTo(START + MINUTE + SECOND);
    expect(inquiries(platform).map(({ time }) => time - START - MINUTE)).toEqual([0, 20, 40, 60, 80]);
  });

  test('after a restart nothing is re-sent: every open order is inquired as soon as the carrier is there', () => {
    const { platform } = paid();
    platform.advance(3 * SECOND);
    platform.feed({ kind: 'started', epoch: 'platform-2' });
    platform.online(CARRIER, 'carrier', 'epoch-2');
    platform.wakeDue();
    expect(inquiries(platform)).toHaveLength(1);
    expect(platform.published().filter((m) => m.type === 'yizhan.carrier.perform')).toHaveLength(1);
  });
});

describe('MOB-04 a person asks', () => {
  test('at once, and the ladder goes on as it would; again only after 10 s', () => {
    const { platform } = paid();
    platform.advance(5 * SECOND);
    expect(inquire(platform)).toMatchObject({ ok: true, order: { state: 'processing' } });
    platform.advance(10 * SECOND - 1);
    expect(inquire(platform)).toMatchObject({ ok: false, code: 'platform.tooSoon' });
    platform.advance(1);
    expect(inquire(platform, ADMIN)).toMatchObject({ ok: true });
    expect(inquiries(platform)).toHaveLength(2);
    platform.runTo(START + 40 * SECOND);
    expect(inquiries(platform)).toHaveLength(3);
  });

  test('an order that has ended is shown as it is and nobody is asked', () => {
    const { platform, carrier } = paid();
    carrier.succeeded(A);
    expect(inquire(platform)).toMatchObject({ ok: true, order: { state: 'succeeded' } });
    expect(inquiries(platform)).toEqual([]);
  });

  test('while the carrier is offline the question is kept', () => {
    const { platform } = paid();
    platform.offline(CARRIER);
    expect(inquire(platform)).toMatchObject({ ok: true });
    expect(inquiries(platform)).toEqual([]);
    platform.online(CARRIER, 'carrier', 'epoch-2');
    platform.wakeDue();
    expect(inquiries(platform)).toHaveLength(1);
  });
});

describe('MOB-04 the ladder ends after a day', () => {
  const given = () => {
    const { platform, carrier } = paid();
    platform.runTo(START + 24 * HOUR);
    return { platform, carrier };
  };
  const resolve = (
    platform: Small,
    outcome: 'succeeded' | 'failed',
    who = ADMIN,
    evidence = '客服工单 889',
  ) => platform.command(who, { type: 'resolve', order: A, outcome, evidence });

  test('a person takes over: manual, alerted, the hold stays, nothing wakes', () => {
    const { platform } = given();
    expect(platform.order(A).state).toBe('manual');
    expect(platform.alerts()).toEqual(['alert.outcomeOverdue', 'alert.manual']);
    expect(platform.available()).toBe(95_000);
    expect(nextWake(platform.state.wakes), 'only the day cut').toBe(Date.UTC(2026, 10, 24, 13));
  });

  test('late news still ends it', () => {
    const { platform, carrier } = given();
    carrier.succeeded(A);
    expect(platform.order(A).state).toBe('succeeded');
    expect(platform.marks()).toContain('late-success-manual');
  });

  test('an administrator ends it on evidence, which is kept for the trace and is not a number of the carrier’s', () => {
    const { platform } = given();
    expect(resolve(platform, 'succeeded')).toMatchObject({ ok: true, order: { state: 'succeeded' } });
    const order = platform.order(A);
    expect(order.history.at(-1)).toMatchObject({ what: 'succeeded', why: '客服工单 889' });
    expect(order.legs[0]?.counterpartNo).toBeUndefined();
    expect(order.receipt).toBeDefined();
  });

  test('the money comes back where the evidence says it failed', () => {
    const { platform } = given();
    resolve(platform, 'failed');
    expect(platform.order(A)).toMatchObject({ state: 'failed', legs: [{ stage: 'failed' }] });
    expect(platform.available()).toBe(100_000);
    expect(resolve(platform, 'succeeded')).toMatchObject({ ok: false, code: 'platform.notManual' });
  });

  test('not without evidence, not by a teller, not before it is manual', () => {
    const { platform } = given();
    expect(resolve(platform, 'failed', ADMIN, ' \t')).toMatchObject({
      ok: false,
      code: 'platform.badRequest',
    });
    expect(resolve(platform, 'failed', TELLER)).toMatchObject({ ok: false, code: 'platform.forbidden' });
    expect(platform.order(A).state).toBe('manual');
    const early = paid().platform;
    expect(resolve(early, 'failed')).toMatchObject({ ok: false, code: 'platform.notManual' });
    expect(early.available()).toBe(95_000);
  });
});

describe('replies that are not about the leg', () => {
  test('of another counterpart, with a wrong source, on another leaf, to another request: ignored', () => {
    const { platform, carrier } = paid();
    const success = {
      outcome: 'success',
      result: { account: '13808001234', amountFen: 5_000, counterpartNo: 'X' },
    };
    const other = { kind: 'counterpart', counterpart: 'china-unicom', instance: '1' } as const;
    carrierOf(platform, other).succeeded(A);
    carrier.say(A, 'perform.completed', success, `${A}.2`);
    carrier.say(orderId(7), 'perform.completed', success, `${A}.1`);
    const message = {
      id: 'x',
      source: 'cp.china-mobile.1',
      type: 'yizhan.carrier.perform.completed',
      time: platform.now,
      correlation: A,
      causation: `${A}.1`,
      data: success,
    };
    platform.feed({ kind: 'message', place: CARRIER, leaf: 'evt', envelope: message });
    platform.feed({
      kind: 'message',
      place: CARRIER,
      leaf: 'rep',
      envelope: { ...message, source: 'cp.china-mobile.2' },
    });
    expect(platform.order(A).state).toBe('processing');
    expect(platform.turns.slice(-5).flatMap((turn) => turn.records)).toEqual([]);
  });

  test('another instance of the same counterpart may answer: it has the same books', () => {
    const { platform } = paid();
    carrierOf(platform, { ...CARRIER, instance: '2' }).succeeded(A);
    expect(platform.order(A).state).toBe('succeeded');
  });
});
