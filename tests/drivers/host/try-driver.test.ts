import { afterEach, expect, it } from 'vitest';
import { Misconfigured } from '../../../drivers/host/misconfigured.ts';
import { type TriedDriver, tryDriver } from '../../../drivers/host/try-driver.ts';
import { memoryLine } from '../../../drivers/transports/memory.ts';
import { CLONE_58, EPSON_80 } from '../../../simulators/devices/printer/models.ts';
import { station } from './station.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function tried(model = EPSON_80, settings: object = {}) {
  const s = await station(model);
  ends.push(s.close);
  // No broker is there for it: nothing may be asked of one.
  const device = await tryDriver({ ...s.config, url: 'mqtt://127.0.0.1:1', ...settings });
  ends.push(device.close);
  return { ...s, device };
}

const isOnline = (device: TriedDriver) => device.until((status) => status.device === 'online', 10_000);
const PAGE = { lines: [{ text: '测试' }], cut: true };

it('DEV-01 opens a device through its own driver, without a bus, and shows what it says of itself', async () => {
  const { device } = await tried();
  expect(device.className).toBe('printer');
  expect(await isOnline(device)).toBe(true);
  expect(device.line()).toEqual({ open: true });
  expect(device.capabilities).toMatchObject({ columns: 48, proof: 'processId' });
  expect(device.status()).toEqual({ device: 'online', paper: 'full', cover: 'closed' });
});

it.each([
  [EPSON_80, 'epson-80', 'processId'],
  [CLONE_58, 'clone-58', 'fenceAndStatus'],
] as const)(
  'PRN-002 prints by the same driver, and says which proof the %o gave',
  async (model, name, proof) => {
    const { device, printer } = await tried(model, { model: name });
    expect(await isOnline(device)).toBe(true);
    expect(await device.ask('print', PAGE, 10_000)).toEqual({ outcome: 'success', result: { proof } });
    expect(printer.papers.map(({ text }) => text.trim())).toEqual(['测试']);
  },
);

it('PRN-003 says what was in the way, and refuses what the class does not allow', async () => {
  const { device, printer } = await tried();
  await isOnline(device);
  printer.paperOutAfterLines(0);
  expect(await device.ask('print', PAGE, 10_000)).toMatchObject({ error: { code: 'device.paperOut' } });
  expect(await device.ask('print', { lines: [] }, 10_000)).toMatchObject({
    error: { code: 'contract.invalidData' },
  });
  await expect(() => device.ask('eject', {}, 10_000)).rejects.toThrow(
    'the class printer has no operation «eject»',
  );
});

it('gives up in time where nobody answers, and says why the line is not open', async () => {
  const { config } = await tried();
  const line = memoryLine({ bytes() {} });
  const device = await tryDriver(config, line.open);
  ends.push(device.close);
  expect(await device.until((status) => status.device === 'online', 0)).toBe(false);
  line.reachable(false);
  expect(device.line()).toEqual({ open: false, reason: 'nothing answers' });
});

it('checks the settings as the host does', async () => {
  const { config } = await tried();
  await expect(tryDriver({ ...config, model: 'x' })).rejects.toBeInstanceOf(Misconfigured);
});
