import { describe, expect, test } from 'vitest';
import type { Principal } from '../../../platform/core/authorize.ts';
import { orderId } from '../../support/ids.ts';
import {
  ADMIN,
  CARRIER,
  CLERK,
  carrierOf,
  OUTLET,
  SYSTEM,
  smallPlatform,
  TELLER,
} from '../../support/small-platform.ts';

const A = orderId(1);
const STRANGER = { ...TELLER, organisation: '51010002' } as Principal;

describe('ACC-03 every command passes the gate', () => {
  test('an order of another outlet is not there for a stranger: the same answer as for none at all', () => {
    const platform = smallPlatform();
    platform.pay(A);
    for (const type of ['inquire', 'reprint'] as const) {
      const theirs = platform.command(STRANGER, { type, order: A });
      const none = platform.command(STRANGER, { type, order: orderId(99) });
      expect(theirs).toEqual({ ok: false, code: 'platform.notFound' });
      expect(theirs).toEqual(none);
    }
    expect(platform.published().filter((m) => m.type === 'yizhan.carrier.inquire')).toEqual([]);
  });

  test('an administrator beside the tree sees nothing of it', () => {
    const platform = smallPlatform();
    platform.pay(A);
    const beside = { ...ADMIN, organisation: '51070000' } as Principal;
    expect(platform.command(beside, { type: 'inquire', order: A })).toMatchObject({
      code: 'platform.notFound',
    });
    expect(platform.command(ADMIN, { type: 'inquire', order: A })).toMatchObject({ ok: true });
  });

  test('what is seen but not allowed is forbidden', () => {
    const platform = smallPlatform();
    platform.pay(A);
    const asked = { type: 'resolve', order: A, outcome: 'failed', evidence: 'x' } as const;
    expect(platform.command(TELLER, asked)).toMatchObject({ code: 'platform.forbidden' });
    expect(platform.command(ADMIN, { type: 'reprint', order: A })).toMatchObject({
      code: 'platform.forbidden',
    });
  });

  test('nobody but the platform registers or cuts the day; a refusal leaves no record', () => {
    const platform = smallPlatform();
    for (const who of [TELLER, CLERK, ADMIN]) {
      for (const asked of [
        { type: 'cutDay' },
        { type: 'registerOrganisation', organisation: { code: '1', kind: 'area', name: 'x' } },
      ] as const) {
        expect(platform.command(who, asked)).toMatchObject({ ok: false, code: 'platform.forbidden' });
        expect(platform.turns.at(-1)?.records).toEqual([]);
      }
    }
  });

  test('the platform itself is no person: it neither pays nor sells', () => {
    const platform = smallPlatform();
    const asked = { type: 'buyCredit', id: A, outlet: OUTLET, amountFen: 50_000 } as const;
    expect(platform.command(SYSTEM, asked)).toMatchObject({ ok: false, code: 'platform.forbidden' });
    expect(platform.available()).toBe(100_000);
  });

  test('ACC-01 a sign-in is on the record', () => {
    const platform = smallPlatform();
    expect(platform.command(TELLER, { type: 'signIn' })).toEqual({ ok: true });
    expect(platform.turns.at(-1)?.records).toMatchObject([
      { type: 'signedIn', organisation: OUTLET, operator: 'T001', station: '1' },
    ]);
  });
});

test('an organisation can not stand below itself: every look up the tree ends', () => {
  const platform = smallPlatform();
  const put = (code: string, parent?: string) =>
    platform.command(SYSTEM, {
      type: 'registerOrganisation',
      organisation: { code, kind: 'area', name: code, ...(parent ? { parent } : {}) },
    });
  expect(put('a')).toMatchObject({ ok: true });
  expect(put('b', 'a')).toMatchObject({ ok: true });
  expect(put('c', 'b')).toMatchObject({ ok: true });
  for (const [code, parent] of [
    ['a', 'c'],
    ['a', 'a'],
    ['b', 'c'],
  ] as const)
    expect(put(code, parent)).toMatchObject({ ok: false, code: 'platform.badRequest' });
  expect(put('c', 'a'), 'a move to another place is fine').toMatchObject({ ok: true });
});

describe('STA-004 presence', () => {
  const isThere = (platform: ReturnType<typeof smallPlatform>) => platform.pay(A).ok;

  test('the death of an epoch that is not the present one takes nobody away', () => {
    const platform = smallPlatform({ printer: false });
    platform.online(CARRIER, 'carrier', 'epoch-2');
    platform.offline(CARRIER, 'epoch-1');
    expect(isThere(platform)).toBe(true);
  });

  test('the death of the present one does', () => {
    const platform = smallPlatform({ printer: false });
    platform.offline(CARRIER, 'epoch-1');
    expect(isThere(platform)).toBe(false);
  });

  test('with two instances one may go', () => {
    const platform = smallPlatform({ printer: false });
    platform.online({ ...CARRIER, instance: '2' }, 'carrier', 'epoch-9');
    platform.offline(CARRIER, 'epoch-1');
    expect(isThere(platform)).toBe(true);
    expect(platform.order(A).legs).toMatchObject([{ instance: '2' }]);
  });

  test('a start knows of nobody: births tell it anew', () => {
    const platform = smallPlatform();
    platform.feed({ kind: 'started', epoch: 'platform-2' });
    expect(isThere(platform)).toBe(false);
  });
});

test('a wake or a message about an order that nobody knows does nothing', () => {
  const platform = smallPlatform();
  platform.feed({ kind: 'wake', key: orderId(7) });
  carrierOf(platform).succeeded(orderId(7));
  expect(platform.turns.slice(-2).flatMap((turn) => [...turn.records, ...turn.effects])).toEqual([]);
});
