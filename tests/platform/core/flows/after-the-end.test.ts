import { expect, test } from 'vitest';
import { MINUTE } from '../../../../contracts/time.ts';
import { orderId } from '../../../support/ids.ts';
import { CARRIER, carrierOf, PHONE, START, smallPlatform } from '../../../support/small-platform.ts';

const A = orderId(1);

const paid = () => {
  const platform = smallPlatform({ printer: false });
  platform.pay(A);
  return { platform, carrier: carrierOf(platform) };
};

test('S8 a second success under another number of the counterpart’s is another charge: one case, no money', () => {
  const { platform, carrier } = paid();
  carrier.succeeded(A);
  carrier.succeeded(A);
  expect(platform.order(A).cases).toEqual([]);
  carrier.succeeded(A, { counterpartNo: 'CM2' });
  carrier.succeeded(A, { counterpartNo: 'CM2' });
  expect(platform.order(A).cases).toMatchObject([{ kind: 'secondSuccess', evidence: 'CM2' }]);
  expect(platform.available()).toBe(95_000);
});

test('S8 «processing» after a release on «not found» is a contradiction; after a decline it was only overtaken', () => {
  const released = paid();
  released.platform.runTo(START + 5 * MINUTE);
  released.carrier.told(A, 4, { standing: 'notFound' });
  released.platform.runTo(START + 10 * MINUTE);
  released.carrier.told(A, 5, { standing: 'notFound' });
  released.carrier.processing(A, 'CM9');
  expect(released.platform.order(A)).toMatchObject({
    state: 'failed',
    cases: [{ kind: 'lateProcessing', evidence: 'CM9' }],
  });
  expect(released.platform.alerts()).toContain('alert.case');

  const declined = paid();
  declined.carrier.failed(A, 'counterpart.declined');
  declined.carrier.processing(A, 'CM9');
  expect(declined.platform.order(A)).toMatchObject({ state: 'failed', cases: [] });
});

test('S8 each further charge has a case of its own', () => {
  const { platform, carrier } = paid();
  for (const counterpartNo of ['CM1', 'CM2', 'CM3', 'CM2']) carrier.succeeded(A, { counterpartNo });
  expect(platform.order(A).cases.map((each) => each.evidence)).toEqual(['CM2', 'CM3']);
});

test('MOB-04 what a person has is still asked about when its counterpart comes back, and can end by that', () => {
  const { platform, carrier } = paid();
  platform.offline(CARRIER);
  platform.runTo(START + 25 * 60 * MINUTE);
  expect(platform.order(A).state).toBe('manual');
  platform.online(CARRIER, 'carrier', 'epoch-2');
  platform.runTo(START + 25 * 60 * MINUTE + MINUTE);
  const asked = platform.order(A).legs[0]?.inquiries ?? 0;
  expect(asked).toBe(1);
  carrier.told(A, asked, { standing: 'succeeded', account: PHONE, amountFen: 5_000, counterpartNo: 'CM1' });
  expect(platform.order(A).state).toBe('succeeded');
});
