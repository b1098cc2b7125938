import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../contracts/time.ts';
import { nextWake } from '../../../../platform/core/wakes.ts';
import { orderId } from '../../../support/ids.ts';
import {
  CARRIER,
  carrierOf,
  jobOf,
  OUTLET,
  printerOf,
  START,
  SYSTEM,
  smallPlatform,
} from '../../../support/small-platform.ts';

const A = orderId(1);
const B = orderId(2);
const CUT = Date.UTC(2026, 10, 23, 13); // 21:00 in Shanghai

describe('日切 the day cut', () => {
  test('S14 comes at 21:00 by itself, with one record and nothing else', () => {
    const platform = smallPlatform();
    platform.runTo(CUT - 1);
    expect(platform.state.businessDate).toBe('2026-11-23');
    expect(nextWake(platform.state.wakes)).toBe(CUT);
    platform.runTo(CUT);
    expect(platform.state).toMatchObject({ businessDate: '2026-11-24', previousDate: '2026-11-23' });
    const turn = platform.turns.at(-1);
    expect(turn?.records).toEqual([{ at: CUT, type: 'dayOpened', businessDate: '2026-11-24' }]);
    expect(turn?.effects).toEqual([]);
    expect(nextWake(platform.state.wakes), 'the next cut is a day later').toBe(CUT + DAY);
  });

  test('S14 what is sold at 20:59:59.999 belongs to today, at 21:00 to tomorrow', () => {
    const platform = smallPlatform();
    platform.runTo(CUT - 1);
    platform.pay(A);
    platform.runTo(CUT);
    platform.pay(B, 6_000);
    expect([platform.order(A).businessDate, platform.order(B).businessDate]).toEqual([
      '2026-11-23',
      '2026-11-24',
    ]);
  });

  test('journal and receipt numbers begin anew, and so does nothing else', () => {
    const platform = smallPlatform();
    platform.pay(A);
    platform.runTo(CUT);
    platform.pay(B, 6_000);
    expect(platform.order(A).journalNo).toMatch(/^2611230002\d$/);
    expect(platform.order(B).journalNo).toMatch(/^2611240001\d$/);
    carrierOf(platform).succeeded(B, { amountFen: 6_000 });
    carrierOf(platform).succeeded(A);
    expect(platform.order(B).receipt?.number).toBe('261124-0001');
    expect(platform.available()).toBe(89_000);
  });

  test('an order in flight is carried over: its date stays, its money posts in the day that is open then', () => {
    const platform = smallPlatform();
    platform.runTo(CUT - SECOND);
    platform.pay(A);
    platform.runTo(CUT + MINUTE);
    carrierOf(platform).succeeded(A);
    expect(platform.order(A)).toMatchObject({
      businessDate: '2026-11-23',
      receipt: { number: '261124-0001' },
      transfers: [
        { kind: 'hold', postingDate: '2026-11-23' },
        { kind: 'capture', postingDate: '2026-11-24' },
      ],
    });
  });

  test('what still lives after two cuts is carried on, with its wakes; what has ended leaves memory', () => {
    const platform = smallPlatform({ printer: false });
    platform.pay(A);
    platform.pay(B, 6_000);
    carrierOf(platform).failed(B, 'counterpart.declined');
    platform.command(SYSTEM, { type: 'cutDay' });
    platform.command(SYSTEM, { type: 'cutDay' });
    expect(platform.order(A).state).toBe('processing');
    expect(() => platform.order(B)).toThrow('not in memory');
    expect([...platform.state.books.keys()]).toEqual(['2026-11-24', '2026-11-25']);
    platform.runTo(START + 30 * MINUTE);
    expect(platform.alerts()).toContain('alert.outcomeOverdue');
    carrierOf(platform).succeeded(A);
    expect(platform.order(A)).toMatchObject({ state: 'succeeded', businessDate: '2026-11-23' });
  });

  test('a receipt that waits over two cuts is still printed', () => {
    const platform = smallPlatform();
    platform.pay(A);
    carrierOf(platform).succeeded(A);
    platform.command(SYSTEM, { type: 'cutDay' });
    platform.command(SYSTEM, { type: 'cutDay' });
    printerOf(platform).printed(A);
    expect(jobOf(platform.order(A)).state).toBe('printed');
    platform.command(SYSTEM, { type: 'cutDay' });
    expect(() => platform.order(A), 'then it leaves memory').toThrow('not in memory');
  });
});

describe('the clock', () => {
  const startedAt = (platform: ReturnType<typeof smallPlatform>, to: number) => {
    platform.advance(to - platform.now);
    platform.feed({ kind: 'started', epoch: 'platform-2' });
  };

  test('missed cuts are made up for at the start, straight to the day that is now', () => {
    const platform = smallPlatform();
    startedAt(platform, CUT + 3 * DAY + HOUR);
    expect(platform.state).toMatchObject({ businessDate: '2026-11-27', previousDate: '2026-11-23' });
    expect(platform.turns.at(-1)?.records.filter((r) => r.type === 'dayOpened')).toHaveLength(1);
    expect(platform.state.wakes.due.get('day')).toBe(CUT + 4 * DAY);
  });

  test('a start in the open day opens nothing and still wakes at its cut', () => {
    const platform = smallPlatform();
    startedAt(platform, START + HOUR);
    expect(platform.turns.at(-1)?.records.map((r) => r.type)).toEqual(['started']);
    expect(platform.state.wakes.due.get('day')).toBe(CUT);
  });

  test('S14 a clock that steps back never re-opens a day, and stamps nothing earlier than before', () => {
    const platform = smallPlatform();
    platform.runTo(CUT);
    platform.advance(-5 * HOUR);
    platform.pay(A);
    expect(platform.order(A)).toMatchObject({ businessDate: '2026-11-24', createdAt: CUT });
    startedAt(platform, START);
    expect(platform.state.businessDate).toBe('2026-11-24');
    const dates = platform.turns.flatMap((turn) => turn.records.map((r) => r.at));
    expect([...dates].sort((a, b) => a - b)).toEqual(dates);
  });

  test('the wake of the cut that comes before its time is armed again: no day is cut short', () => {
    const platform = smallPlatform();
    platform.state.wakes.due.delete('day');
    platform.feed({ kind: 'wake', key: 'day' });
    expect(platform.state.businessDate).toBe('2026-11-23');
    platform.runTo(CUT);
    expect(platform.state.businessDate).toBe('2026-11-24');
  });

  test('a cut by hand just before 21:00 and the wake that was already on its way cut one day, not two', () => {
    const platform = smallPlatform();
    platform.advance(CUT - START);
    platform.state.wakes.due.delete('day');
    platform.command(SYSTEM, { type: 'cutDay' });
    platform.feed({ kind: 'wake', key: 'day' });
    expect(platform.state.businessDate).toBe('2026-11-24');
  });

  test('an order’s wake that comes before its time is armed again and not lost', () => {
    const platform = smallPlatform();
    platform.pay(A);
    platform.offline(CARRIER);
    platform.state.wakes.due.delete(A);
    platform.feed({ kind: 'wake', key: A });
    expect(platform.marks()).toContain('woken-for-nothing');
    platform.runTo(START + 10 * SECOND);
    expect(platform.order(A).state).toBe('unknown');
  });
});

test('nothing is sold before the first day is open, and nothing is left of the try', async () => {
  const { emptyState } = await import('../../../../platform/core/state.ts');
  const { step } = await import('../../../../platform/core/step.ts');
  const state = emptyState();
  const who = {
    kind: 'person',
    role: 'teller',
    organisation: OUTLET,
    station: '1',
    operator: 'T001',
  } as const;
  const asked = { type: 'pay', id: A, service: 'mobile-topup', fields: {}, amountFen: 5_000 } as const;
  const turn = step(state, { kind: 'command', principal: who, command: asked }, START);
  expect(turn.effects).toEqual([{ kind: 'answer', answer: { ok: false, code: 'platform.dayNotOpen' } }]);
  expect(turn.records).toEqual([]);
});
