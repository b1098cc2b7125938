import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../../platform/core/authorize.ts';
import { restore, takeSnapshot } from '../../../../platform/core/snapshot.ts';
import { orderId } from '../../../support/ids.ts';
import { ADMIN, OUTLET, SYSTEM, smallPlatform, TELLER } from '../../../support/small-platform.ts';

const place = { organisation: OUTLET, station: '1' };
const NAME = `${OUTLET}/1`;
const FOREIGN: Principal = { ...(ADMIN as Extract<Principal, { kind: 'person' }>), organisation: '44010000' };

function platform() {
  const small = smallPlatform();
  const enrol = (n: number, publicKey: string, who = ADMIN, more: object = {}) =>
    small.command(who, { type: 'enrolStation', id: orderId(n), ...place, publicKey, ...more });
  const revoke = (n: number, reason = 'UKey lost', who = ADMIN) =>
    small.command(who, { type: 'revokeStation', id: orderId(n), ...place, reason });
  const codes = () => small.state.stations.get(NAME)?.changes?.map(({ what, by }) => `${what} ${by}`);
  return { ...small, enrol, revoke, codes };
}

describe('certificates of stations', () => {
  it('DEV-03 ACC-04 are enrolled, replaced and revoked, and who did it and why stays with them', () => {
    const { enrol, revoke, state, codes } = platform();
    expect(enrol(1, 'KEY 1')).toEqual({ ok: true });
    expect(enrol(2, 'KEY 2', SYSTEM)).toEqual({ ok: true });
    expect(state.stations.get(NAME)).toMatchObject({ publicKey: 'KEY 2' });
    expect(revoke(3)).toEqual({ ok: true });
    expect(state.stations.get(NAME)).toMatchObject({ revoked: true });
    expect(enrol(4, 'KEY 3')).toEqual({ ok: true });
    expect(state.stations.get(NAME)?.revoked).toBeUndefined();
    const who = '51010000/A001';
    expect(codes()).toEqual([`enrolled ${who}`, 'enrolled system', `revoked ${who}`, `enrolled ${who}`]);
    expect(state.stations.get(NAME)?.changes?.[2]).toMatchObject({ reason: 'UKey lost', publicKey: 'KEY 2' });
    expect(restore(JSON.parse(JSON.stringify(takeSnapshot(state)))).stations).toEqual(state.stations);
  });

  it('DEV-03 the same id changes nothing twice, and with other content it is a conflict', () => {
    const { enrol, revoke, codes } = platform();
    enrol(1, 'KEY 1');
    revoke(2);
    expect(enrol(1, 'KEY 1')).toEqual({ ok: true });
    expect(revoke(2)).toEqual({ ok: true });
    expect(codes()).toHaveLength(2);
    expect(enrol(1, 'KEY 9')).toMatchObject({ ok: false, code: 'platform.orderConflict' });
    expect(revoke(2, 'another reason')).toMatchObject({ ok: false, code: 'platform.orderConflict' });
    expect(enrol(2, 'KEY 9')).toMatchObject({ ok: false, code: 'platform.orderConflict' });
  });

  it('DEV-03 a key that was revoked, replaced, or is another station’s never counts again', () => {
    const { enrol, revoke, command, state } = platform();
    enrol(1, 'KEY 1');
    enrol(2, 'KEY 2');
    revoke(3);
    const elsewhere = { type: 'enrolStation', ...place, station: '2' } as const;
    for (const [n, publicKey] of [
      [4, 'KEY 1'],
      [5, 'KEY 2'],
    ] as const) {
      expect(enrol(n, publicKey)).toMatchObject({ ok: false, code: 'platform.stationKeyUsed' });
      const there = command(ADMIN, { ...elsewhere, id: orderId(n), publicKey });
      expect(there).toMatchObject({ ok: false, code: 'platform.stationKeyUsed' });
    }
    expect(state.stations.has(`${OUTLET}/2`)).toBe(false);
  });

  it('ACC-03 only the administrator above the place may, and not for the own station', () => {
    const { enrol, revoke, command, state } = platform();
    for (const who of [TELLER, FOREIGN]) {
      expect(enrol(1, 'KEY 1', who)).toMatchObject({ ok: false, code: 'platform.forbidden' });
      expect(revoke(2, 'x', who)).toMatchObject({ ok: false, code: 'platform.forbidden' });
    }
    expect(revoke(3)).toMatchObject({ ok: false, code: 'platform.notFound' });
    expect(enrol(4, 'KEY 1', SYSTEM, { organisation: '51019999' })).toMatchObject({
      code: 'platform.outletUnknown',
    });
    enrol(5, 'KEY 1');
    expect(revoke(6, '  ')).toMatchObject({ ok: false, code: 'platform.badRequest' });
    const own = { organisation: '51010000', station: '1' };
    command(SYSTEM, { type: 'enrolStation', id: orderId(7), ...own, publicKey: 'KEY A' });
    expect(command(ADMIN, { type: 'revokeStation', id: orderId(8), ...own, reason: 'x' })).toMatchObject({
      ok: false,
      code: 'platform.badRequest',
    });
    expect(state.stations.get('51010000/1')?.revoked).toBeUndefined();
  });

  it('DEV-03 from a revoked station nothing is done any more: no sign-in, no payment, no query', () => {
    const { enrol, revoke, pay, command, order, state } = platform();
    enrol(1, 'KEY 1');
    expect(pay(orderId(11))).toMatchObject({ ok: true });
    const records = state.live.size;
    revoke(2);
    expect(pay(orderId(12))).toEqual({ ok: false, code: 'platform.stationRevoked' });
    expect(command(TELLER, { type: 'signIn' })).toEqual({ ok: false, code: 'platform.stationRevoked' });
    expect(command(TELLER, { type: 'inquire', order: orderId(11) })).toEqual({
      ok: false,
      code: 'platform.stationRevoked',
    });
    // What it had begun goes on: the customer has paid.
    expect(state.live.size).toBe(records);
    expect(order(orderId(11)).state).toBe('processing');
    enrol(3, 'KEY 2');
    expect(command(TELLER, { type: 'signIn' })).toEqual({ ok: true });
  });

  it('DEV-03 a certificate that has run out counts as little as a revoked one', () => {
    const { enrol, command, advance, state, feed } = platform();
    expect(enrol(1, 'KEY 1', ADMIN, { expiresAt: state.now })).toMatchObject({ code: 'platform.badRequest' });
    enrol(1, 'KEY 1', ADMIN, { expiresAt: state.now + 1_000 });
    expect(command(TELLER, { type: 'signIn' })).toEqual({ ok: true });
    advance(1_000);
    feed({ kind: 'started', epoch: 'later' });
    expect(command(TELLER, { type: 'signIn' })).toEqual({ ok: false, code: 'platform.stationRevoked' });
  });
});

describe('SEC-01 a start on a restored backup', () => {
  it('S13 goes on above every number that the lost platform, or an earlier restore, can have given', () => {
    const lost = smallPlatform();
    const kept = JSON.parse(JSON.stringify(takeSnapshot(lost.state)));
    for (let n = 1; n <= 20; n++) lost.pay(orderId(n), 1_000, '13808001234', true);
    const given = [...Array(20).keys()].map((n) => lost.order(orderId(n + 1)).journalNo);

    const restoredOnce = (ms: number) => {
      const small = smallPlatform();
      Object.assign(small.state, restore(structuredClone(kept)));
      small.advance(ms);
      small.feed({ kind: 'started', epoch: 'again', restored: true });
      expect(small.alerts()).toContain('alert.restored');
      small.online({ kind: 'counterpart', counterpart: 'china-mobile', instance: '1' }, 'carrier', 'e2');
      return [...Array(20).keys()].map((n) => {
        expect(small.pay(orderId(100 + n), 1_000, '13808001234', true)).toMatchObject({ ok: true });
        return small.order(orderId(100 + n)).journalNo;
      });
    };
    const hour = 3_600_000;
    const numbers = [...given, ...restoredOnce(hour), ...restoredOnce(2 * hour)];
    expect(new Set(numbers).size).toBe(60);
  });
});
