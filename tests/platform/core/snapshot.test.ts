import { expect, test } from 'vitest';
import { HOUR } from '../../../contracts/time.ts';
import { apply } from '../../../platform/core/apply.ts';
import type { Input } from '../../../platform/core/input.ts';
import { isSettled, type Order } from '../../../platform/core/order.ts';
import type { Record } from '../../../platform/core/records.ts';
import {
  addSettled,
  restore,
  type Snapshot,
  sortDays,
  takeSnapshot,
} from '../../../platform/core/snapshot.ts';
import { step } from '../../../platform/core/step.ts';
import { takeDue } from '../../../platform/core/wakes.ts';
import { orderId } from '../../support/ids.ts';
import { picture } from '../../support/picture.ts';
import {
  carrierOf,
  jobOf,
  PRINTER,
  printerOf,
  START,
  SYSTEM,
  smallPlatform,
  TELLER,
} from '../../support/small-platform.ts';

const A = orderId(1);
const B = orderId(2);
const C = orderId(3);

/** A day with an open order, an ended one, a refused one, and one that has ended and whose receipt still waits. */
function aDay() {
  const platform = smallPlatform();
  platform.pay(A);
  platform.pay(B, 6_000);
  carrierOf(platform).failed(B, 'counterpart.declined');
  platform.pay(orderId(5), 900);
  platform.pay(C, 7_000);
  carrierOf(platform).succeeded(C, { amountFen: 7_000 });
  platform.runTo(START + 20_000);
  return platform;
}

const settled = (platform: ReturnType<typeof aDay>): Order[] =>
  structuredClone(
    [...platform.state.books.values()].flatMap((book) => [...book.orders.values()].filter(isSettled)),
  );

function restored(platform: ReturnType<typeof aDay>) {
  const state = restore(JSON.parse(JSON.stringify(takeSnapshot(platform.state))) as Snapshot);
  addSettled(state, settled(platform));
  sortDays(state);
  return state;
}

test('S11 a restored snapshot with its rows is the state', () => {
  const platform = aDay();
  expect(picture(restored(platform))).toEqual(picture(platform.state));
});

test('S11 and it behaves like it: the same inputs give the same records and effects', () => {
  const platform = aDay();
  const copy = restored(platform);
  const inputs: Input[] = [
    { kind: 'command', principal: TELLER, command: { type: 'reprint', order: C } },
    {
      kind: 'command',
      principal: TELLER,
      command: {
        type: 'pay',
        id: A,
        service: 'mobile-topup',
        fields: { phone: '13808001234' },
        amountFen: 5_000,
      },
    },
    {
      kind: 'command',
      principal: TELLER,
      command: {
        type: 'pay',
        id: orderId(9),
        service: 'mobile-topup',
        fields: { phone: '13808001234' },
        amountFen: 5_000,
      },
    },
    { kind: 'command', principal: TELLER, command: { type: 'inquire', order: A } },
    { kind: 'command', principal: SYSTEM, command: { type: 'cutDay' } },
  ];
  for (const input of inputs) {
    const [live, rebuilt] = [platform.feed(input), step(copy, input, platform.now)];
    expect(rebuilt.records).toEqual(live.records);
    expect(rebuilt.effects).toEqual(live.effects);
  }
  const later = START + 3 * HOUR;
  for (let i = 0; i < 20; i++) {
    const keys = [takeDue(platform.state.wakes, later), takeDue(copy.wakes, later)];
    expect(keys[0]).toBe(keys[1]);
    const [key] = keys;
    if (key === undefined) break;
    expect(step(copy, { kind: 'wake', key }, later).records).toEqual(
      step(platform.state, { kind: 'wake', key }, later).records,
    );
  }
});

test('S14 journal and receipt numbers go on where they were', () => {
  const platform = aDay();
  const copy = restored(platform);
  const asked = {
    type: 'pay',
    id: orderId(9),
    service: 'mobile-topup',
    fields: { phone: '13808021234' },
    amountFen: 1_000,
  } as const;
  const turn = step(copy, { kind: 'command', principal: TELLER, command: asked }, platform.now);
  expect(turn.records).toMatchObject([
    { type: 'orderOpened', order: { journalNo: expect.stringMatching(/^2611230005\d$/) } },
  ]);
});

test('REP-14 a reprint that was under way at a crash is there again: no copy number is given twice', () => {
  const platform = smallPlatform();
  platform.pay(A);
  carrierOf(platform).succeeded(A);
  printerOf(platform).printed(A);
  const rows = settled(platform);
  const snapshot = JSON.stringify(takeSnapshot(platform.state));
  const after = platform.turns.length;
  platform.command(TELLER, { type: 'reprint', order: A });
  const tail = platform.turns.slice(after).flatMap((turn) => turn.records);
  expect(tail.some((record) => record.type === 'printRequested')).toBe(true);

  const state = restore(JSON.parse(snapshot) as Snapshot);
  for (const record of JSON.parse(JSON.stringify(tail)) as Record[]) apply(state, record);
  addSettled(state, rows);
  sortDays(state);
  expect(picture(state)).toEqual(picture(platform.state));
  expect(jobOf(state.books.get('2026-11-23')?.orders.get(A) as Order, 2)).toMatchObject({
    copy: 1,
    state: 'sent',
  });
});

test('a record keeps what was true when it was made, whatever happens to the order then', () => {
  const platform = smallPlatform();
  platform.pay(A);
  carrierOf(platform).succeeded(A);
  printerOf(platform).printed(A);
  platform.command(TELLER, { type: 'reprint', order: A });
  const records = platform.turns.flatMap((turn) => turn.records);
  const before = JSON.stringify(records);
  printerOf(platform).printed(A, 2);
  platform.offline(PRINTER);
  platform.command(SYSTEM, { type: 'cutDay' });
  expect(JSON.stringify(records)).toBe(before);
});
