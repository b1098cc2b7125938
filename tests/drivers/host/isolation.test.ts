import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type DriverState, superviseDriver } from '../../../drivers/host/supervisor.ts';
import { createAlarmButton } from '../../../simulators/devices/alarm-button/button.ts';
import { createCustomerDisplay } from '../../../simulators/devices/customer-display/display.ts';
import { listenLine, type WiredDevice } from '../../../simulators/devices/listen-line.ts';
import { stationOf } from './station-of.ts';

const script = fileURLToPath(new URL('../../../dist/drivers/host/process.js', import.meta.url));
const built = existsSync(script);
const WHY = built ? '' : ' (SKIPPED: dist/drivers/host/process.js is missing; run «npm run build»)';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Two real processes at one counter: an alarm button’s, and a second driver’s to which everything happens. */
async function counter(second: { driver?: string; digits?: unknown } = {}) {
  const s = await stationOf();
  ends.push(s.close);
  const button = createAlarmButton();
  const display = createCustomerDisplay();
  const wire = async (device: WiredDevice) => {
    const line = await listenLine(device);
    ends.push(line.close);
    return { line, transport: { kind: 'tcp', host: '127.0.0.1', port: line.port } };
  };
  const changes: (() => void)[] = [];
  const supervise = (name: string, more: object) => {
    const driver = superviseDriver({
      name,
      config: s.config(name, more),
      script,
      log: () => {},
      onState: () => {
        for (const wake of changes.splice(0)) wake();
      },
    });
    ends.push(driver.stop);
    return {
      ...driver,
      async phase(phase: DriverState['phase']) {
        while (driver.state().phase !== phase) await new Promise<void>((wake) => changes.push(wake));
        return driver.state();
      },
    };
  };
  const alarm = supervise('alarm-button', { transport: (await wire(button)).transport });
  const wired = await wire(display);
  const other = supervise('customer-display', {
    transport: wired.transport,
    digits: 8,
    labels: true,
    ...second,
  });
  await s.state('alarm-button', (state) => state.online && state.status?.device === 'online');
  const { pid } = alarm.state();

  return {
    ...s,
    display,
    line: wired.line,
    other,
    /** The alarm button’s driver is the process that it was, and a press goes through it. */
    async alarmWorks() {
      button.push();
      await s.state('alarm-button', (state) => state.online && state.status?.press === button.pushes());
      expect(alarm.state()).toMatchObject({ phase: 'running', pid, failures: 0 });
    },
    displays: (device: string) =>
      s.state('customer-display', (state) => state.online && state.status?.device === device),
  };
}

describe('one driver’s trouble is no other’s', () => {
  it.skipIf(!built)(`an unplugged device is told and comes back, in the same process${WHY}`, async () => {
    const s = await counter();
    await s.displays('online');
    const { pid } = s.other.state();
    s.line.cut();
    await s.displays('offline');
    await s.alarmWorks();
    await s.displays('online');
    expect(s.other.state()).toMatchObject({ phase: 'running', pid });
  });

  it.skipIf(!built)(`a crashed process is told by its will and started again${WHY}`, async () => {
    const s = await counter();
    await s.displays('online');
    const { pid } = s.other.state();
    s.other.kill();
    await s.state('customer-display', (state) => !state.online);
    await s.alarmWorks();
    await s.displays('online');
    expect(s.other.state().pid).not.toBe(pid);
  });

  it.skipIf(!built)(
    `a process that hangs in a command is killed after 10 s and started again${WHY}`,
    async () => {
      const s = await counter({ driver: 'replaced below' });
      // Not a name: it is refused before it can do anything.
      expect((await s.other.phase('misconfigured')).lastExit).toContain('«driver» is "replaced below"');
      const file = join(s.journalFolder, 'hangs.mjs');
      writeFileSync(
        file,
        `export const driver = { class: 'customer-display', settings: { properties: {} }, create: (host) => ({
        capabilities: { digits: 8, labels: false }, status: () => ({ device: 'online' }),
        command() { for (;;); }, question() {}, opened() {}, lost() {}, bytes() {}, timer() {} }) };`,
      );
      const states: DriverState[] = [];
      const hangs = superviseDriver({
        name: 'hangs',
        config: s.config('customer-display', { driver: file }),
        script,
        log: () => {},
        onState: (state) => states.push(state),
      });
      ends.push(hangs.stop);
      await s.state('customer-display', (state) => state.online);
      const { pid } = hangs.state();
      s.command('customer-display', 'yizhan.customer-display.show', 'k1', {}).catch(() => {});
      await s.state('customer-display', (state) => !state.online);
      await s.alarmWorks();
      // OPR-007: the journal of the one that hung knows the command, and its successor ends it.
      expect(await s.command('customer-display', 'yizhan.customer-display.show', 'k1', {})).toMatchObject({
        outcome: 'unknown',
        error: { code: 'adapter.restarted' },
      });
      expect(hangs.state().pid).not.toBe(pid);
      expect(states.find(({ phase }) => phase === 'backingOff')?.lastExit).toBe(
        'SIGKILL: it hangs: no beat for 10 s',
      );
    },
  );

  it.skipIf(!built)(
    `KSK-001 DEV-07 bad configuration disables its own driver, with the reason${WHY}`,
    async () => {
      const s = await counter({ digits: 'eight' });
      const { lastExit } = await s.other.phase('misconfigured');
      expect(lastExit).toContain('«digits» is "eight"; allowed is a whole number from 4 to 40');
      await s.alarmWorks();
    },
  );
});

describe('an alarm over a crash', () => {
  it.skipIf(!built)(
    `ALM-001 a press outlives kill -9 of the driver, through its note on the disk${WHY}`,
    async () => {
      const s = await stationOf();
      ends.push(s.close);
      const button = createAlarmButton();
      const line = await listenLine(button);
      ends.push(line.close);
      const transport = { kind: 'tcp', host: '127.0.0.1', port: line.port };
      const driver = superviseDriver({
        name: 'alarm-button',
        config: s.config('alarm-button', { transport }),
        script,
        log: () => {},
      });
      ends.push(driver.stop);
      s.beat();
      await s.state('alarm-button', (state) => state.online && state.status?.device === 'online');
      button.push();
      await s.state('alarm-button', (state) => state.online && state.status?.press === 1);
      driver.kill();
      await s.state('alarm-button', (state) => !state.online);
      button.letGo();
      await s.state('alarm-button', (state) => state.online && state.status?.device === 'online');
      const back = await s.state('alarm-button', (state) => state.online);
      expect(back.status).toMatchObject({ press: 1, acknowledged: 0 });
      const acknowledge = 'yizhan.alarm-button.acknowledge';
      expect(await s.command('alarm-button', acknowledge, 'a1', { press: 1 })).toEqual({
        outcome: 'success',
        result: { press: 1 },
      });
      expect(await s.command('alarm-button', acknowledge, 'a2', { press: 2 })).toMatchObject({
        error: { code: 'contract.invalidData' },
      });
    },
  );
});
