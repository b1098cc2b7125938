import { expect, test } from 'vitest';
import { DAY } from '../../../../contracts/time.ts';
import { UtilityBench } from './bench.ts';

const RETURNED = 'AB'.repeat(49);

test('UTL-001 a success of order repeats customer, meter, card, count and amount, and the books have the same', () => {
  const bench = new UtilityBench();
  const asked = bench.request('0001', { amountFen: 12_345 });
  const [told] = bench.command('order', 'K1', asked);
  expect(told?.completion).toEqual({
    outcome: 'success',
    result: { ...asked, counterpartNo: 'SG0000000001' },
  });
  expect(bench.inquire('K1')).toEqual({
    standing: 'ordered',
    cardSerial: asked.cardSerial,
    count: 8,
    amountFen: 12_345,
    counterpartNo: 'SG0000000001',
  });
});

test('UTL-001 a key that comes again with another amount, card or count is no success and changes nothing', () => {
  const bench = new UtilityBench();
  bench.order('K1', '0001');
  const books = structuredClone(bench.kept);
  for (const other of [{ amountFen: 9_000 }, { count: 9 }, { cardSerial: '0051010000000002' }])
    expect(bench.end('order', 'K1', bench.request('0001', other))).toBe('counterpart.ambiguous');
  expect(bench.order('K1', '0001').map(({ what }) => what)).toEqual(['success']);
  expect(bench.kept).toEqual(books);
});

test('UTL-002 CAR-03 while an order is open no other is for its meter; once it is told how it ended, the next may come', () => {
  for (const end of ['confirm', 'cancel'] as const) {
    const bench = new UtilityBench();
    bench.order('K1', '0001');
    expect(bench.order('K2', '0001').at(-1)?.completion?.error).toMatchObject({
      code: 'counterpart.orderOpen',
      effect: 'none',
    });
    expect(bench.ask('findCustomer', { customerNo: '510100000001' })?.result).toMatchObject({
      problem: 'counterpart.orderOpen',
    });
    expect(bench.order('K3', '0002').at(-1)?.what, 'another meter').toBe('success');
    bench.command(end, 'E1', { originalKey: 'K1' });
    expect(bench.order('K4', '0001').at(-1)?.what).toBe('success');
    expect(bench.inquire('K2')).toMatchObject({ standing: 'failed', errorCode: 'counterpart.orderOpen' });
  }
});

test('UTL-002 a void that is ordered and not ended is an open order, for purchases and for another void', () => {
  const bench = new UtilityBench();
  bench.order('K1', '0001');
  bench.command('confirm', 'C1', { originalKey: 'K1' });
  const request = { originalKey: 'K1', amountFen: 5_000 };
  expect(bench.end('orderVoid', 'V1', request)).toBe('success');
  expect(bench.order('K2', '0001').at(-1)?.what).toBe('counterpart.orderOpen');
  expect(bench.end('orderVoid', 'V2', request)).toBe('counterpart.orderOpen');
  expect(bench.end('orderVoid', 'V1', request), 'the same key again').toBe('success');
  bench.command('cancelVoid', 'X1', { originalKey: 'K1' });
  expect(bench.order('K3', '0001').at(-1)?.what).toBe('success');
});

test('UTL-003 an order is for the count plus one, and any other has no effect', () => {
  const bench = new UtilityBench();
  for (const [key, count] of [
    ['K0', 0],
    ['K7', 7],
    ['K9', 9],
  ] as const)
    expect(bench.order(key, '0001', { count }).at(-1)?.what).toBe('counterpart.countMismatch');
  expect(bench.books.sums().ordered).toBe(0);
  expect(bench.order('K8', '0001', { count: 8 }).at(-1)?.what).toBe('success');
});

test('CAR-01 what the utility declines whatever happens: wrong meter, wrong card, too much, a torn return file', () => {
  const bench = new UtilityBench();
  const end = (key: string, more: object) => bench.order(key, '0001', more).at(-1)?.what;
  expect(end('K1', { meterNo: '000100000002' })).toBe('counterpart.accountInvalid');
  expect(end('K2', { customerNo: '999999999999' })).toBe('counterpart.accountInvalid');
  expect(end('K3', { cardSerial: '0051010000000002' })).toBe('counterpart.declined');
  expect(end('K4', { amountFen: 5_000_001 })).toBe('counterpart.limitExceeded');
  expect(end('K5', { returned: 'AB'.repeat(48) })).toBe('contract.invalidData');
  expect(end('K6', { amountFen: 5_000_000, returned: RETURNED })).toBe('success');
});

test('CAR-01 a customer is found with name, address, count and arrears, and arrears are no bar', () => {
  const bench = new UtilityBench();
  const { customerNo, meterNo, cardSerial } = bench.customer('0002');
  expect(bench.ask('findCustomer', { customerNo, meterNo, cardSerial })?.result).toEqual({
    customerNo,
    meterNo,
    name: '李四',
    address: '成都市测试路2号',
    arrearsFen: 2_560,
    count: 3,
    maximumFen: 5_000_000,
  });
  expect(bench.order('K1', '0002', { amountFen: 100 }).at(-1)?.what).toBe('success');
  const wrong = { customerNo, cardSerial: '0051010000000001' };
  bench.command('cancel', 'X1', { originalKey: 'K1' });
  expect(bench.ask('findCustomer', wrong)?.result).toMatchObject({ problem: 'counterpart.declined' });
  expect(bench.ask('findCustomer', { customerNo, meterNo: '000100000001' })?.error?.code).toBe(
    'counterpart.accountInvalid',
  );
});

test('UTL-005 CAR-05 the same end again is a success under whatever key; the other end is refused and changes nothing', () => {
  const bench = new UtilityBench();
  bench.order('K1', '0001');
  bench.order('K2', '0002');
  for (const key of ['C1', 'C1', 'C2'])
    expect(bench.end('confirm', key, { originalKey: 'K1' })).toBe('success');
  for (const key of ['X1', 'X1', 'X2'])
    expect(bench.end('cancel', key, { originalKey: 'K2' })).toBe('success');
  expect(bench.end('cancel', 'X3', { originalKey: 'K1' })).toBe('counterpart.wrongStanding');
  expect(bench.end('confirm', 'C3', { originalKey: 'K2' })).toBe('counterpart.wrongStanding');
  expect(bench.end('confirm', 'C4', { originalKey: 'nobody' })).toBe('counterpart.wrongStanding');
  expect([bench.inquire('K1')?.standing, bench.inquire('K2')?.standing]).toEqual(['confirmed', 'cancelled']);
  expect(bench.books.balanceFor('000100000001')).toBe(5_000);
  expect(bench.books.balanceFor('000100000002')).toBe(0);
});

test('UTL-006 what is open stays open for years and over restarts', () => {
  const bench = new UtilityBench();
  bench.order('K1', '0001');
  bench.order('K2', '0002');
  bench.command('confirm', 'C2', { originalKey: 'K2' });
  bench.command('orderVoid', 'V2', { originalKey: 'K2', amountFen: 5_000 });
  for (let year = 0; year < 3; year++) {
    bench.pass(365 * DAY);
    bench.restart();
  }
  expect([bench.inquire('K1')?.standing, bench.inquire('K2')?.standing]).toEqual(['ordered', 'voidOrdered']);
  expect(bench.utility.busy()).toBe(false);
});

test('UTL-007 only the last confirmed purchase of a card is voided, with its very amount, and then the one before', () => {
  const bench = new UtilityBench();
  const voidOf = (key: string, originalKey: string, amountFen = 5_000) =>
    bench.end('orderVoid', key, { originalKey, amountFen });
  bench.order('K1', '0001');
  expect(voidOf('V1', 'K1'), 'still open').toBe('counterpart.orderOpen');
  bench.command('confirm', 'C1', { originalKey: 'K1' });
  bench.order('K2', '0001', { amountFen: 700 });
  bench.command('confirm', 'C2', { originalKey: 'K2' });
  expect(voidOf('V2', 'K1'), 'not the last').toBe('counterpart.wrongStanding');
  expect(voidOf('V3', 'K2', 701), 'another amount').toBe('counterpart.wrongStanding');
  expect(voidOf('V4', 'nobody'), 'never ordered').toBe('counterpart.wrongStanding');
  expect(voidOf('V5', 'K2', 700)).toBe('success');
  expect(bench.end('confirmVoid', 'D1', { originalKey: 'K2' })).toBe('success');
  expect(bench.end('confirmVoid', 'D2', { originalKey: 'K2' }), 'again').toBe('success');
  expect(bench.end('cancelVoid', 'D3', { originalKey: 'K2' })).toBe('counterpart.wrongStanding');
  expect(voidOf('V6', 'K2', 700), 'twice').toBe('counterpart.wrongStanding');
  expect(bench.customer('0001').wallet).toEqual({ count: 8, amountFen: 5_000 });
  expect(voidOf('V7', 'K1')).toBe('success');
  bench.command('confirmVoid', 'D4', { originalKey: 'K1' });
  expect(bench.customer('0001').wallet).toEqual({ count: 7, amountFen: 10_000 });
  expect(bench.books.balanceFor('000100000001')).toBe(0);
});

test('UTL-007 a cancelled void leaves the purchase confirmed, and a repeat of its key does not order it anew', () => {
  const bench = new UtilityBench();
  const request = { originalKey: 'K1', amountFen: 5_000 };
  bench.order('K1', '0001');
  bench.command('confirm', 'C1', { originalKey: 'K1' });
  bench.command('orderVoid', 'V1', request);
  expect(bench.end('cancelVoid', 'X1', { originalKey: 'K1' })).toBe('success');
  expect(bench.inquire('K1')?.standing).toBe('confirmed');
  expect(bench.end('orderVoid', 'V1', request)).toBe('counterpart.ambiguous');
  expect(bench.inquire('K1')?.standing).toBe('confirmed');
  expect(bench.end('orderVoid', 'V2', request), 'a new key may').toBe('success');
  expect(bench.end('orderVoid', 'V1', request), 'that is not its void').toBe('counterpart.ambiguous');
});

test('UTL-008 a new process that was never asked knows every key from the books; what never came is not found', () => {
  const bench = new UtilityBench();
  bench.order('K1', '9906');
  bench.order('K2', '0002', { count: 9 });
  bench.restart();
  expect(bench.inquire('K1')).toMatchObject({ standing: 'ordered', amountFen: 5_000, count: 8 });
  expect(bench.inquire('K2')).toMatchObject({
    standing: 'failed',
    errorCode: 'counterpart.countMismatch',
  });
  expect(bench.inquire('K3')).toEqual({ standing: 'notFound' });
  // The same order again is told from the books, and there is one.
  expect(bench.order('K1', '9906').map(({ what }) => what)).toEqual(['success']);
  expect(bench.books.sums().ordered).toBe(5_000);
});

test('UTL-008 a key that the books know is told from the books, though the utility is down for new ones by now', () => {
  const bench = new UtilityBench();
  const request = { originalKey: 'K1', amountFen: 5_000 };
  bench.order('K1', '0001');
  bench.command('confirm', 'C1', { originalKey: 'K1' });
  bench.command('orderVoid', 'V1', request);
  const next = new UtilityBench([{ conduct: 'down' }]);
  next.kept = bench.kept;
  next.restart();
  expect(next.order('K2', '0002').at(-1)?.what).toBe('counterpart.unreachable');
  const asked = { ...next.request('0001'), count: 8 };
  expect(next.end('order', 'K1', asked)).toBe('success');
  expect(next.end('orderVoid', 'V1', request)).toBe('success');
});

test('CAR-03 an order that was taken back is not told as a success when its key comes again', () => {
  const bench = new UtilityBench();
  const asked = bench.request('0001');
  bench.command('order', 'K1', asked);
  bench.command('cancel', 'X1', { originalKey: 'K1' });
  expect(bench.end('order', 'K1', asked)).toBe('counterpart.ambiguous');
  expect(bench.inquire('K1')?.standing).toBe('cancelled');
});

test('nothing is told before the books are kept, an inquiry’s answer neither', () => {
  const bench = new UtilityBench();
  bench.holding = true;
  const told = bench.order('K1', '9912');
  expect(bench.inquire('K1')).toBeUndefined();
  expect(told).toEqual([]);
  expect([bench.utility.busy(), bench.utility.writing()]).toEqual([true, true]);
  bench.release();
  expect(told.map(({ what }) => what)).toEqual(['success', 'success']);
  expect([bench.utility.busy(), bench.utility.writing()]).toEqual([false, false]);
});
