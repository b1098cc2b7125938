import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DriverConfiguration } from '../../../drivers/host/configuration.ts';
import {
  type DriverState,
  type SupervisedDriver,
  superviseDriver,
} from '../../../drivers/host/supervisor.ts';

const script = fileURLToPath(new URL('./fixtures/child.mjs', import.meta.url));
const running: SupervisedDriver[] = [];

// The pauses are minutes long; the processes are real and need no timer.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  for (const driver of running.splice(0)) {
    driver.kill();
    await driver.stop();
  }
  vi.useRealTimers();
});

type Behaviour = 'good' | 'fails' | 'deaf' | 'wrong' | 'stuck' | 'hangs';

function supervise(behaviour: Behaviour) {
  const states: DriverState[] = [];
  const lines: string[] = [];
  const changes = new EventEmitter();
  const driver = superviseDriver({
    name: 'printer',
    config: { model: behaviour } as unknown as DriverConfiguration,
    script,
    onState: (state) => {
      states.push(state);
      queueMicrotask(() => changes.emit('state'));
    },
    log: (line) => {
      lines.push(line);
      queueMicrotask(() => changes.emit('line'));
    },
  });
  running.push(driver);
  return {
    driver,
    states,
    async line(text: string) {
      while (!lines.some((line) => line.includes(text))) await once(changes, 'line');
      return lines.find((line) => line.includes(text));
    },
    async phase(phase: DriverState['phase']) {
      while (driver.state().phase !== phase) await once(changes, 'state');
      return driver.state();
    },
  };
}

/** Whether a process exists; signal 0 only asks. */
function alive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('superviseDriver', () => {
  it('is starting until the process says that it is ready, and passes its lines on', async () => {
    const { driver, states, phase, line } = supervise('good');
    expect(driver.state()).toMatchObject({ phase: 'starting', failures: 0 });
    const { pid } = await phase('running');
    expect(alive(pid)).toBe(true);
    expect(await line('up')).toBe('[printer] up');
    expect(states.map((state) => state.phase)).toEqual(['starting', 'running']);
  });

  it('shows why a process ended and when the next one starts, and starts it then', async () => {
    const before = Date.now();
    const { driver, phase } = supervise('fails');
    const first = await phase('backingOff');
    expect(first).toMatchObject({ lastExit: 'code 3: no such printer', failures: 1 });
    expect(first.nextStart).toBeGreaterThanOrEqual(before + 1_000);
    vi.advanceTimersByTime(999);
    expect(driver.state().phase).toBe('backingOff');
    vi.advanceTimersByTime(1);
    expect(driver.state()).toMatchObject({ phase: 'starting', lastExit: 'code 3: no such printer' });
    expect(await phase('backingOff')).toMatchObject({ failures: 2 });
    vi.advanceTimersByTime(1_999);
    expect(driver.state().phase).toBe('backingOff');
  });

  it('starts a killed process again, as another one', async () => {
    const { driver, phase } = supervise('good');
    const { pid } = await phase('running');
    driver.kill();
    expect(await phase('backingOff')).toMatchObject({ lastExit: 'SIGKILL', failures: 1 });
    vi.advanceTimersByTime(1_000);
    const next = await phase('running');
    expect(next.pid).not.toBe(pid);
    expect([alive(pid), alive(next.pid)]).toEqual([false, true]);
  });

  it('stops it by SIGTERM and leaves it stopped', async () => {
    const { driver, phase, line } = supervise('good');
    const { pid } = await phase('running');
    await driver.stop();
    expect(driver.state()).toMatchObject({ phase: 'stopped', lastExit: 'code 0' });
    expect(await line('stopping')).toBeDefined();
    expect(alive(pid)).toBe(false);
    vi.advanceTimersByTime(120_000);
    expect(driver.state().phase).toBe('stopped');
  });

  it('kills it 5 s after a SIGTERM that it did not follow', async () => {
    const { driver, phase, line } = supervise('deaf');
    const { pid } = await phase('running');
    const stopped = driver.stop();
    await line('will not stop');
    vi.advanceTimersByTime(4_999);
    expect(alive(pid)).toBe(true);
    vi.advanceTimersByTime(1);
    await stopped;
    expect(driver.state()).toMatchObject({ phase: 'stopped', lastExit: 'SIGKILL' });
  });

  it('does not start it again when it is stopped while it waits', async () => {
    const { driver, phase } = supervise('fails');
    await phase('backingOff');
    await driver.stop();
    vi.advanceTimersByTime(120_000);
    expect(driver.state().phase).toBe('stopped');
  });

  it('kills a process that has not beaten for 10 s, says so, and starts another', async () => {
    const { driver, phase } = supervise('hangs');
    const { pid } = await phase('running');
    vi.advanceTimersByTime(9_999);
    expect(alive(pid)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await phase('backingOff')).toMatchObject({
      lastExit: 'SIGKILL: it hangs: no beat for 10 s',
      failures: 1,
    });
    expect(alive(pid)).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect((await phase('running')).pid).not.toBe(pid);
    driver.kill();
  });

  it('gives a process 30 s for its first word', async () => {
    const { driver, phase } = supervise('stuck');
    const { pid } = driver.state();
    vi.advanceTimersByTime(29_999);
    expect([alive(pid), driver.state().phase]).toEqual([true, 'starting']);
    vi.advanceTimersByTime(1);
    expect(await phase('backingOff')).toMatchObject({ lastExit: 'SIGKILL: it hangs: no beat for 30 s' });
  });

  it('KSK-001 DEV-07 a driver with bad configuration is disabled with the reason, not started again, and takes no other with it', async () => {
    const other = supervise('good');
    const { pid } = await other.phase('running');
    const { driver, phase, line } = supervise('wrong');
    const why = '«model» is "wrong"; allowed is good';
    expect(await phase('misconfigured')).toMatchObject({ lastExit: `code 78: ${why}` });
    expect(await line('is disabled until')).toContain(why);
    vi.advanceTimersByTime(9_000);
    expect(driver.state().phase).toBe('misconfigured');
    expect([other.driver.state(), alive(pid)]).toMatchObject([{ phase: 'running', pid }, true]);
    await driver.stop();
    expect(driver.state().phase).toBe('stopped');
  });
});
