import { expect, test } from 'vitest';
import { MINUTE } from '../../../../contracts/time.ts';
import { CarrierBench } from './bench.ts';

test('CRR-004 a key that the adapter forgot is charged once, and is told again from the books', () => {
  const bench = new CarrierBench();
  bench.topUp('K1', '13808001234');
  const whileProcessing = bench.topUp('K1', '13808001234');
  bench.pass(MINUTE);
  const afterwards = bench.topUp('K1', '13808001234');
  const other = bench.topUp('K1', '13808001234', 9_000);
  expect(whileProcessing.map(({ what }) => what)).toEqual(['processing', 'success']);
  expect(afterwards.map(({ what }) => what)).toEqual(['success']);
  expect(other.map(({ what }) => what)).toEqual(['counterpart.ambiguous']);
  expect(bench.balance('13808001234')).toBe(5_000);
});

test('nothing is told before the books are kept, an inquiry’s answer neither', () => {
  const bench = new CarrierBench();
  bench.holding = true;
  const told = bench.topUp('K1', '13808009912');
  expect(bench.ask('inquire', 'K1')).toBeUndefined();
  expect(told).toEqual([]);
  expect(bench.carrier.busy()).toBe(true);
  bench.release();
  expect(told.map(({ what }) => what)).toEqual(['success', 'success']);
  expect(bench.carrier.busy()).toBe(false);
});

test('CAR-LATE-OK a late success comes true after a restart, told to inquiries only', () => {
  const bench = new CarrierBench();
  const told = bench.topUp('K1', '13808009903');
  bench.restart();
  expect(bench.ask('inquire', 'K1')).toMatchObject({ standing: 'processing' });
  expect(bench.carrier.busy()).toBe(true);
  bench.pass(40 * MINUTE);
  expect(bench.ask('inquire', 'K1')).toMatchObject({
    standing: 'succeeded',
    account: '13808009903',
    amountFen: 5_000,
  });
  expect(told.map(({ what }) => what)).toEqual(['processing']);
});

test('MOB-06 CRR-005 an application is taken at once and decided at the next half hour', () => {
  const bench = new CarrierBench();
  bench.topUp('K1', '13808001234');
  bench.pass(MINUTE);
  expect(bench.apply('V1', 'K1').map(({ what }) => what)).toEqual(['success']);
  expect(bench.ask('inquireReversal', 'V1')).toEqual({ standing: 'pending' });
  bench.pass(19 * MINUTE - 1);
  expect(bench.ask('inquireReversal', 'V1')).toEqual({ standing: 'pending' });
  bench.pass(1);
  expect(bench.ask('inquireReversal', 'V1')).toEqual({ standing: 'reversed' });
  expect(bench.balance('13808001234')).toBe(0);
  expect(bench.ask('inquireReversal', 'V2')).toEqual({ standing: 'notFound' });
});

test('MOB-05 MOB-06 only a success can be applied for, number, amount and journal number must match, and once', () => {
  const bench = new CarrierBench();
  const what = (told: { what: string }[]) => told.map((each) => each.what).join();
  bench.topUp('K1', '13808001234');
  expect(what(bench.apply('V0', 'K1')), 'still in processing').toBe('counterpart.declined');
  bench.pass(MINUTE);
  const right = {
    originalKey: 'K1',
    account: '13808001234',
    amountFen: 5_000,
    counterpartNo: 'CM0000000001',
  };
  const wrong = [
    { account: '13808001235' },
    { amountFen: 4_000 },
    { counterpartNo: 'CM0000000002' },
    { originalKey: 'K9' },
  ];
  for (const [index, one] of wrong.entries())
    expect(what(bench.command('applyForReversal', `W${index}`, { ...right, ...one }))).toBe(
      'counterpart.declined',
    );
  expect(what(bench.command('applyForReversal', 'V1', right))).toBe('success');
  expect(what(bench.command('applyForReversal', 'V1', right)), 'the same key again').toBe('success');
  expect(what(bench.command('applyForReversal', 'V2', right)), 'another application').toBe(
    'counterpart.declined',
  );
});
