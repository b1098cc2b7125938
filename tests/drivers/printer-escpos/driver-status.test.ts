import { describe, expect, it } from 'vitest';
import { printer } from '../../../contracts/devices/printer.ts';
import { checkOf } from '../../../contracts/operation.ts';
import { bench, COVER_OPEN, GOOD } from './bench.ts';

describe('status', () => {
  it('PRN-005 is told when it changes, and only then', () => {
    const b = bench();
    expect(b.driver.status()).toEqual({ device: 'starting', paper: 'unknown', cover: 'unknown' });
    b.driver.opened();
    expect(b.driver.status()).toEqual({ device: 'online', paper: 'full', cover: 'closed' });
    expect(b.seen.statusChanges).toBe(1);
    b.tick(3);
    expect(b.seen.statusChanges).toBe(1);
    b.device.status = [0x12, 0x12, 0x12, 0x1e];
    b.tick();
    expect(b.driver.status()).toEqual({ device: 'online', paper: 'low', cover: 'closed' });
    b.device.status = COVER_OPEN;
    b.tick();
    expect(b.driver.status()).toEqual({ device: 'userError', paper: 'full', cover: 'open' });
    expect(b.seen.statusChanges).toBe(3);
    b.driver.lost('unplugged');
    expect(b.driver.status()).toEqual({ device: 'offline', paper: 'unknown', cover: 'unknown' });
    expect(b.seen.statusChanges).toBe(4);
  });

  it('PRN-005 two polls without an answer are offline, and ask for a new connection', () => {
    const b = bench();
    b.driver.opened();
    expect(b.seen.timer).toBe(2_000);
    b.device.answers = false;
    b.tick(2);
    expect(b.driver.status().device).toBe('online');
    b.tick();
    expect(b.driver.status().device).toBe('offline');
    expect(b.reopened).toHaveLength(1);
    expect(b.seen.timer).toBeUndefined();
    b.device.answers = true;
    b.driver.opened();
    expect(b.driver.status().device).toBe('online');
  });

  it('never takes what a dead connection said for the word of the next one', () => {
    const b = bench();
    b.driver.opened();
    b.device.answers = false;
    b.device.onJob = () => {
      b.driver.lost('unplugged');
      b.driver.opened();
      // The new connection's first round is under way while the old one's bytes are still being read.
      b.tick();
    };
    b.print('k1');
    b.reply([...GOOD, ...GOOD]);
    expect(b.driver.status().device).toBe('offline');
  });

  it('fits the device class, in every word', () => {
    const b = bench({ model: 'clone-58' });
    expect(checkOf(printer.capabilities)(b.driver.capabilities)).toBeUndefined();
    expect(checkOf(printer.status)(b.driver.status())).toBeUndefined();
    b.driver.opened();
    b.device.status = [0x1a, 0x52, 0x32, 0x12];
    b.tick();
    expect(b.driver.status()).toMatchObject({ device: 'hardwareError' });
    expect(checkOf(printer.status)(b.driver.status())).toBeUndefined();
  });

  it('OPR-008 a key that was never seen is notFound', () => {
    const answer = bench().inquire('never');
    expect(answer).toMatchObject({ standing: 'notFound' });
    expect(checkOf(printer.operations.inquire.result)(answer)).toBeUndefined();
  });
});
