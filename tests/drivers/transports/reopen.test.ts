import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryLine } from '../../../drivers/transports/memory.ts';
import { keepOpen, reopenPause } from '../../../drivers/transports/reopen.ts';
import { recorder } from './recorder.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const settled = () => Promise.resolve();

function kept() {
  const got: number[] = [];
  const device = memoryLine({ bytes: (chunk) => got.push(...chunk) });
  const heard = recorder();
  const said = () => heard.all.map(([what]) => what);
  return { device, got, said, link: keepOpen(device.open, heard.handlers) };
}

describe('reopenPause', () => {
  it('doubles from half a second to ten', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 50].map(reopenPause)).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000,
    ]);
  });
});

describe('keepOpen', () => {
  it('opens again after a loss, with longer pauses until the device answers', async () => {
    const { device, said, link } = kept();
    await settled();
    expect(said()).toEqual(['opened']);
    device.reachable(false);
    for (const pause of [500, 1_000, 2_000]) {
      const before = said().length;
      vi.advanceTimersByTime(pause - 1);
      await settled();
      expect(said()).toHaveLength(before);
      vi.advanceTimersByTime(1);
      await settled();
      expect(said().at(-1)).toBe('lost');
      expect(said()).toHaveLength(before + 1);
    }
    device.reachable(true);
    vi.advanceTimersByTime(4_000);
    await settled();
    expect(said().at(-1)).toBe('opened');
    device.send(Uint8Array.of(0x12));
    device.cut();
    vi.advanceTimersByTime(500);
    await settled();
    expect(said().slice(-3)).toEqual(['bytes', 'lost', 'opened']);
    link.close();
  });

  it('drops what is written without a connection, instead of keeping it for the next one', async () => {
    const { device, got, link } = kept();
    await settled();
    device.cut();
    link.write(Uint8Array.of(1));
    vi.advanceTimersByTime(500);
    await settled();
    link.write(Uint8Array.of(2));
    expect(got).toEqual([2]);
    link.close();
  });

  it('gives a silent connection up when it is asked to, without a loss, and opens another', async () => {
    const { device, said, link } = kept();
    await settled();
    link.reopen();
    expect(device.connected()).toBe(false);
    vi.advanceTimersByTime(500);
    await settled();
    expect(said()).toEqual(['opened', 'opened']);
    link.close();
  });

  it('does nothing after close', async () => {
    const { device, said, link } = kept();
    await settled();
    device.cut();
    link.close();
    link.reopen();
    vi.advanceTimersByTime(60_000);
    await settled();
    expect(said()).toEqual(['opened', 'lost']);
  });
});
