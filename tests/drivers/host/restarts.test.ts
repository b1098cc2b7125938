import { expect, it } from 'vitest';
import { afterExit } from '../../../drivers/host/restarts.ts';

it('waits 1, 2, 5, 15, 30, 60 s, then always 60', () => {
  let failures = 0;
  const pauses: number[] = [];
  for (let i = 0; i < 8; i++) {
    const next = afterExit(failures, 59_999);
    failures = next.failures;
    pauses.push(next.pauseMs / 1_000);
  }
  expect(pauses).toEqual([1, 2, 5, 15, 30, 60, 60, 60]);
});

it('begins anew after a minute of health', () => {
  expect(afterExit(7, 60_000)).toEqual({ failures: 1, pauseMs: 1_000 });
});
