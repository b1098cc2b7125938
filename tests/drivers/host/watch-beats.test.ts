import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchBeats } from '../../../drivers/host/watch-beats.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('every beat gives nine seconds and the rest of a tenth; silence is told once', () => {
  const silences: string[] = [];
  const watch = watchBeats((silence) => silences.push(silence));
  watch.beat();
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(9_000);
    expect(silences).toEqual([]);
    watch.beat();
  }
  vi.advanceTimersByTime(60_000);
  expect(silences).toEqual(['it hangs: no beat for 10 s']);
});

it('says nothing after it was stopped', () => {
  const silences: string[] = [];
  const watch = watchBeats((silence) => silences.push(silence));
  watch.stop();
  vi.advanceTimersByTime(120_000);
  expect(silences).toEqual([]);
});
