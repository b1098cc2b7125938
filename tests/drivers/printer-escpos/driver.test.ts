import { describe, expect, it } from 'vitest';
import { bench, COVER_OPEN, GOOD, JAMMED, PAPER_OUT, proofOf } from './bench.ts';

const LATE = 60;
const printed = (proof: string) => [{ outcome: 'success', result: { proof } }];
const ended = (outcome: string, code: string, effect: string) => [
  expect.objectContaining({ outcome, error: expect.objectContaining({ code, effect }) }),
];
const SEPARATION = Buffer.from('1b401d564200', 'hex');

describe('a job that goes well', () => {
  it('PRN-002 is a success by the answer to its process id', () => {
    const b = bench();
    b.driver.opened();
    b.device.proves = false;
    b.print('k1');
    expect(b.writes).toEqual(['status', 'status', 'job']);
    b.reply([0x37, 0x22, 0x21, 0x21, 0x21, 0x21, 0x00]);
    b.reply([0x00]);
    expect(b.ends('k1')).toEqual([]);
    expect(b.inquire('k1')).toEqual({ standing: 'inProgress' });
    b.reply(proofOf(b.jobs[0] ?? []));
    expect(b.ends('k1')).toEqual(printed('processId'));
    expect(b.inquire('k1')).toEqual({ standing: 'printed' });
  });

  it('PRN-002 is a success by fence and clean status where the model has no process id', () => {
    const b = bench({ model: 'clone-58' });
    b.driver.opened();
    b.print('k1');
    expect(b.ends('k1')).toEqual([]);
    // One row of 45 ms: the paper may come after the answer.
    expect(b.seen.timer).toBe(46);
    b.tick();
    expect(b.ends('k1')).toEqual(printed('fenceAndStatus'));
    expect(b.writes).toEqual(['status', 'status', 'job', 'status']);
  });

  it('gives two jobs their turn, in order', () => {
    const b = bench({ model: 'clone-58' });
    b.driver.opened();
    b.print('k1');
    b.print('k2');
    expect(b.jobs).toHaveLength(1);
    b.tick();
    expect(b.ends('k1')).toEqual(printed('fenceAndStatus'));
    expect(b.ends('k2')).toEqual([]);
    b.tick();
    expect(b.ends('k2')).toEqual(printed('fenceAndStatus'));
    expect([b.timesSent('k1'), b.timesSent('k2')]).toEqual([1, 1]);
  });

  it('OPR-005 does not print a job whose deadline passed while it waited for its turn', () => {
    const b = bench({ model: 'clone-58' });
    b.driver.opened();
    b.print('k1');
    b.print('k2');
    b.expire('k2');
    b.tick();
    expect(b.ends('k1')).toEqual(printed('fenceAndStatus'));
    expect(b.ends('k2')).toEqual(ended('failure', 'contract.expired', 'none'));
    expect([b.timesSent('k1'), b.timesSent('k2')]).toEqual([1, 0]);
  });

  it('leaves no blank piece between jobs that went well', () => {
    const b = bench();
    b.driver.opened();
    b.print('k1');
    b.print('k2');
    for (const job of b.jobs) expect(Buffer.from(job).subarray(0, 6)).not.toEqual(SEPARATION);
  });
});

describe('an obstacle before the first byte', () => {
  it.each([
    ['paper out', PAPER_OUT, 'device.paperOut'],
    ['cover open', COVER_OPEN, 'device.coverOpen'],
    ['cutter stuck', JAMMED, 'device.paperJammed'],
    ['hot head', [0x1a, 0x52, 0x52, 0x12], 'device.busy'],
  ])('PRN-003 %s: nothing is sent, effect none', (_name, status, code) => {
    const b = bench();
    b.driver.opened();
    b.device.status = status;
    b.print('k1');
    expect(b.ends('k1')).toEqual(ended('failure', code, 'none'));
    expect(b.jobs).toEqual([]);
    expect(b.inquire('k1')).toEqual({ standing: 'failed', errorCode: code });
  });

  it('a stuck cutter is told to recover, so that the next job finds it free', () => {
    const b = bench();
    b.driver.opened();
    b.device.status = JAMMED;
    b.print('k1');
    expect(b.writes.at(-1)).toBe('clear');
    b.device.status = GOOD;
    b.print('k2');
    b.tick();
    expect(b.ends('k2')).toEqual(printed('processId'));
  });

  it('no answer within a second is device.offline, with nothing sent, and a new connection', () => {
    const b = bench();
    b.driver.opened();
    b.device.answers = false;
    b.print('k1');
    b.print('k2');
    expect(b.seen.timer).toBe(1_000);
    b.tick();
    expect(b.ends('k1')).toEqual(ended('failure', 'device.offline', 'none'));
    expect(b.ends('k2')).toEqual(ended('failure', 'device.offline', 'none'));
    expect(b.jobs).toEqual([]);
    expect(b.reopened).toHaveLength(1);
    expect(b.driver.status()).toEqual({ device: 'offline', paper: 'unknown', cover: 'unknown' });
  });

  it('no connection at all is device.offline at once', () => {
    const b = bench();
    b.print('k1');
    expect(b.ends('k1')).toEqual(ended('failure', 'device.offline', 'none'));
  });

  it('a tenth job is device.busy', () => {
    const b = bench();
    b.driver.opened();
    b.device.proves = false;
    for (let i = 0; i < 10; i++) b.print(`k${i}`);
    expect(b.ends('k8')).toEqual([]);
    expect(b.ends('k9')).toEqual(ended('failure', 'device.busy', 'none'));
  });
});

describe('an obstacle in the middle of a job', () => {
  it.each([
    ['paper out', PAPER_OUT],
    ['cover open', COVER_OPEN],
    ['cutter stuck', JAMMED],
  ])('PRN-004 %s: printIncomplete, and the rest is dropped from the printer', (_name, status) => {
    const b = bench();
    b.driver.opened();
    b.device.proves = false;
    b.print('k1');
    b.device.status = status;
    b.tick();
    expect(b.ends('k1')).toEqual(ended('failure', 'device.printIncomplete', 'applied'));
    expect(b.writes.at(-1)).toBe('clear');
  });

  it('PRN-004 a hot head only pauses the job', () => {
    const b = bench();
    b.driver.opened();
    b.device.proves = false;
    b.print('k1');
    b.device.status = [0x1a, 0x52, 0x52, 0x12];
    b.tick(3);
    expect(b.ends('k1')).toEqual([]);
    b.reply(proofOf(b.jobs[0] ?? []));
    expect(b.ends('k1')).toEqual(printed('processId'));
  });

  it('PRN-004 a fence with a bad status behind it is printUncertain', () => {
    const b = bench({ model: 'clone-58' });
    b.driver.opened();
    b.print('k1');
    b.device.status = PAPER_OUT;
    b.tick();
    expect(b.ends('k1')).toEqual(ended('unknown', 'device.printUncertain', 'unknown'));
    expect(b.inquire('k1')).toEqual({ standing: 'uncertain', errorCode: 'device.printUncertain' });
  });

  it('the next job waits after the clearing, lets the rest come out, and is cut off from it', () => {
    const b = bench({ model: 'clone-58' });
    b.driver.opened();
    b.device.proves = false;
    b.print('k1');
    b.print('k2');
    b.device.status = PAPER_OUT;
    b.tick();
    expect(b.writes.at(-1)).toBe('clear');
    // Bytes right behind the clearing would be dropped with it.
    expect(b.seen.timer).toBe(1_000);
    b.device.status = GOOD;
    b.tick();
    expect(b.writes.slice(-2)).toEqual(['status', 'fence']);
    // The old job's fence is answered first, then the one that was just asked: neither proves k2.
    b.reply([0x00]);
    b.reply([0x00]);
    expect(b.jobs).toHaveLength(1);
    expect(b.seen.timer).toBe(500);
    b.device.proves = true;
    b.tick();
    expect(Buffer.from(b.jobs[1] ?? []).subarray(0, 6)).toEqual(SEPARATION);
    b.tick();
    expect(b.ends('k2')).toEqual(printed('fenceAndStatus'));
  });

  it('a printer that does not get rid of the rest is busy, and nothing of the next job is sent', () => {
    const b = bench();
    b.driver.opened();
    b.device.proves = false;
    b.print('k1');
    b.tick(LATE);
    expect(b.ends('k1')).toEqual(ended('unknown', 'device.printUncertain', 'unknown'));
    b.print('k2');
    b.tick();
    expect(b.ends('k2')).toEqual(ended('failure', 'device.busy', 'none'));
    expect(b.timesSent('k2')).toBe(0);
  });
});

describe('an answer that does not come', () => {
  it('PRN-001 a proof after the time-out changes nothing that was told, but an inquiry knows it', () => {
    const b = bench();
    b.driver.opened();
    b.device.proves = false;
    b.print('k1');
    b.tick(LATE);
    expect(b.ends('k1')).toEqual(ended('unknown', 'device.printUncertain', 'unknown'));
    expect(b.inquire('k1')).toMatchObject({ standing: 'uncertain' });
    b.reply(proofOf(b.jobs[0] ?? []));
    expect(b.ends('k1')).toHaveLength(1);
    expect(b.inquire('k1')).toEqual({ standing: 'printed' });
    expect(b.timesSent('k1')).toBe(1);
  });

  it('PRN-002 no status behind the fence is printUncertain', () => {
    const b = bench({ model: 'clone-58' });
    b.driver.opened();
    b.print('k1');
    b.device.answers = false;
    b.tick(2);
    expect(b.ends('k1')).toEqual(ended('unknown', 'device.printUncertain', 'unknown'));
  });

  it('PRN-001 a lost line in a job is printUncertain; those that wait are device.offline', () => {
    const b = bench();
    b.driver.opened();
    b.device.proves = false;
    b.print('k1');
    b.print('k2');
    b.driver.lost('unplugged');
    expect(b.ends('k1')).toEqual(ended('unknown', 'device.printUncertain', 'unknown'));
    expect(b.ends('k2')).toEqual(ended('failure', 'device.offline', 'none'));
    b.driver.opened();
    expect(b.writes.at(-1)).toBe('clear');
    b.tick(5);
    expect(b.timesSent('k1')).toBe(1);
  });

  it('after a process that died in a job, the printer is cleared and the fragment cut off', () => {
    const b = bench({ unfinished: true });
    b.driver.opened();
    expect(b.writes).toEqual(['clear']);
    b.print('k2');
    b.tick(2);
    expect(Buffer.from(b.jobs[0] ?? []).subarray(0, 6)).toEqual(SEPARATION);
    expect(b.ends('k2')).toEqual(printed('processId'));
  });
});
