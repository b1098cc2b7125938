import { expect, test } from 'vitest';
import { emptyState } from '../../../platform/core/state.ts';
import { createRuntime, type RuntimePorts } from '../../../platform/runtime/runtime.ts';
import { orderId } from '../../support/ids.ts';
import { OUTLET, START, SYSTEM, TELLER } from '../../support/small-platform.ts';

function runtimeOn(ports: Partial<RuntimePorts>) {
  const fatal: string[] = [];
  const appended: number[] = [];
  const runtime = createRuntime(
    { state: emptyState(), last: 0, sinceSnapshot: 0, hash: '' },
    {
      now: () => START,
      setAlarm: () => {},
      append: (block) => {
        appended.push(block.last);
        runtime.durable();
      },
      load: () => runtime.loaded([]),
      publish: () => {},
      changed: () => {},
      alert: () => {},
      marked: () => {},
      fatal: (error) => fatal.push(error.message),
      hash: () => 'h',
      ...ports,
    },
  );
  return { runtime, fatal, appended };
}

const organisation = { code: OUTLET, kind: 'outlet', name: 'A' } as const;

test('a fault inside a step halts the writer: nothing is written, done or told any more', () => {
  let broken = false;
  const { runtime, fatal, appended } = runtimeOn({
    now: () => {
      if (broken) throw new Error('no clock');
      return START;
    },
  });
  const told: string[] = [];
  runtime.input({ kind: 'started', epoch: 'e' });
  runtime.command(SYSTEM, { type: 'registerOrganisation', organisation }, () => told.push('first'));
  const before = appended.length;
  broken = true;
  runtime.command(SYSTEM, { type: 'cutDay' }, () => told.push('second'));
  broken = false;
  runtime.command(TELLER, { type: 'pay', id: orderId(1), service: 'x', fields: {}, amountFen: 1 }, () =>
    told.push('third'),
  );
  runtime.read(
    () => 0,
    () => told.push('read'),
  );
  runtime.alarm();
  expect(fatal).toEqual(['no clock']);
  expect(told).toEqual(['first']);
  expect(appended).toHaveLength(before);
});

test('a listener that throws is a fault of the platform as well, not of whoever asked', () => {
  const { runtime, fatal } = runtimeOn({});
  runtime.input({ kind: 'started', epoch: 'e' });
  expect(() =>
    runtime.command(SYSTEM, { type: 'registerOrganisation', organisation }, () => {
      throw new Error('listener');
    }),
  ).not.toThrow();
  expect(fatal).toEqual(['listener']);
});
