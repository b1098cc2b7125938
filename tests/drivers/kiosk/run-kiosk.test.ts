import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { State } from '../../../contracts/state.ts';
import { topicOf } from '../../../contracts/topics.ts';
import { Misconfigured } from '../../../drivers/host/misconfigured.ts';
import { readKiosk } from '../../../drivers/kiosk/configuration.ts';
import { type DeviceSeen, runKiosk } from '../../../drivers/kiosk/run-kiosk.ts';
import type { Machine } from '../../../drivers/kiosk/state.ts';
import { Broker } from '../../contracts/endpoint/broker.ts';
import { kioskFolder } from './kiosk-file.ts';

const closers: (() => unknown)[] = [];
beforeEach(() => {
  // The kiosk looks at its machine every few seconds: here, when the test says so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.useRealTimers();
});

/** A kiosk at a broker, whose only device is configured wrongly, so that no process is needed. */
async function atBroker() {
  const folder = kioskFolder();
  closers.push(folder.remove);
  const broker = await Broker.open();
  closers.push(() => broker.close());
  folder.describe({ broker: { url: `mqtt://127.0.0.1:${broker.port}` }, devices: [{ name: 'broken' }] });
  const kiosk = readKiosk(folder.file);
  const machine: Machine = { power: 'mains', networkInterface: 'eth0' };
  const seen: DeviceSeen[] = [];
  const running = await runKiosk(kiosk, {
    version: '1.2.3',
    log: () => {},
    onDevice: (device) => seen.push(device),
    look: () => Promise.resolve({ ...machine }),
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= running.close();
    return closing;
  };
  closers.push(close);
  const states = (fits: (state: State) => boolean) =>
    broker.hears((heard) =>
      heard
        .filter(({ topic }) => topic === topicOf(kiosk.place, 'state'))
        .map(({ envelope }) => envelope.data as State)
        .find(fits),
    );
  return { kiosk, broker, machine, seen, states, close };
}

describe('a running kiosk', () => {
  it('KSK-001 is there although its only device is misconfigured, tells why, and says its farewell', async () => {
    const { states, seen, close } = await atBroker();
    const { profile, status } = await states(({ online }) => online);
    expect(profile).toBe('kiosk');
    expect(status).toEqual({
      power: 'mains',
      network: 'up',
      networkInterface: 'eth0',
      version: '1.2.3',
      drivers: {
        broken: {
          phase: 'misconfigured',
          why: expect.stringContaining('«devices.broken.driver» is missing'),
        },
      },
    });
    expect(seen).toEqual([expect.objectContaining({ name: 'broken', phase: 'misconfigured' })]);
    await close();
    await states(({ online }) => !online);
  });

  it('KSK-002 DEV-07 tells within seconds that the power failed, and that no interface leads out any more', async () => {
    const { states, machine } = await atBroker();
    await states(({ online }) => online);
    Object.assign(machine, { power: 'battery', networkInterface: undefined });
    vi.advanceTimersByTime(5_000);
    const { status } = await states((state) => state.status?.power === 'battery');
    expect(status).not.toHaveProperty('networkInterface');
  });

  it('KSK-003 says in its next birth that the connection was lost', async () => {
    const { states, broker } = await atBroker();
    const { epoch } = await states(({ online }) => online);
    broker.cut();
    const again = await states((state) => state.online && state.epoch !== epoch);
    expect(again).toMatchObject({ sequence: 0, status: { network: 'unstable' } });
  });

  it('refuses journals that can’t be written before anything is started', async () => {
    const { kiosk } = await atBroker();
    const run = runKiosk({ ...kiosk, journals: `${kiosk.file}/journals` }, { version: '1', log: () => {} });
    await expect(run).rejects.toThrow(
      /kiosk\.yaml: «journals» is .*; allowed is a folder that this user may write to/,
    );
    await expect(run).rejects.toBeInstanceOf(Misconfigured);
  });
});
