import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readConfiguration } from '../../../drivers/host/configuration.ts';
import { Misconfigured } from '../../../drivers/host/misconfigured.ts';
import { runDriver } from '../../../drivers/host/run-driver.ts';
import { listenLine } from '../../../simulators/devices/listen-line.ts';
import { stationOf } from '../host/station-of.ts';

const page = readFileSync('docs/drivers.md', 'utf8');
const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The sign that the page speaks of. */
function partnersSign() {
  const lines: string[] = [];
  let output: ((bytes: Uint8Array) => void) | undefined;
  let pending = '';
  const answers = { on: true };
  return {
    lines,
    answers,
    input(chunk: Uint8Array) {
      pending += Buffer.from(chunk).toString();
      const [...whole] = pending.split('\r');
      pending = whole.pop() ?? '';
      for (const line of whole) {
        lines.push(line);
        if (answers.on) output?.(Buffer.from('OK\r'));
      }
    },
    attach(to: (bytes: Uint8Array) => void) {
      output = to;
      return () => {
        output = undefined;
      };
    },
  };
}

/** The page's module and its configuration, at a sign and a broker that are here. */
async function set() {
  const s = await stationOf();
  ends.push(s.close);
  const sign = partnersSign();
  const line = await listenLine(sign);
  ends.push(line.close);
  const file = join(s.journalFolder, 'my-sign.mjs');
  writeFileSync(file, block('js'));
  const { driver, ...written } = readConfiguration(block('json'));
  expect(driver).toBe('./my-sign.mjs');
  const { url, name, password, journalFolder } = s.config('sign', {});
  const transport = { kind: 'tcp', host: '127.0.0.1', port: line.port } as const;
  const running = await runDriver(
    { ...written, url, name, password, journalFolder, transport, driver: file },
    () => {},
  );
  ends.push(running.close);
  return { ...s, sign, line };
}

const SHOW = 'yizhan.sign.show';

it('the page’s driver is complete in under 60 lines, and SGN-001 SGN-002 hold for it', async () => {
  expect(block('js').trim().split('\n').length).toBeLessThan(60);
  const s = await set();
  const born = await s.state('sign', (state) => state.status?.device === 'online');
  expect(born).toMatchObject({ profile: 'sign', capabilities: { characters: 16 }, status: { text: '' } });
  expect(await s.command('sign', SHOW, 'k1', { text: '停电😀' })).toEqual({
    outcome: 'success',
    result: { proof: 'acknowledged' },
  });
  expect(s.sign.lines).toEqual(['SHOW ', 'SHOW 停电〓']);
  await s.state('sign', (state) => state.status?.text === '停电〓');
  s.line.cut();
  await s.state('sign', (state) => state.status?.device === 'offline' && state.status.text === '');
  await s.state('sign', (state) => state.status?.device === 'online');
  expect(s.sign.lines.at(-1)).toBe('SHOW ');
});

it('ERR-004 what the page’s driver sent and got no answer to is unknown, and the line is opened again', async () => {
  const s = await set();
  await s.state('sign', (state) => state.status?.device === 'online');
  s.sign.answers.on = false;
  expect(await s.command('sign', SHOW, 'k1', { text: 'a' })).toMatchObject({
    outcome: 'unknown',
    error: { code: 'device.offline', effect: 'unknown' },
  });
  s.sign.answers.on = true;
  await s.state('sign', (state) => state.status?.device === 'online');
  expect(s.sign.lines.filter((text) => text === 'SHOW a')).toHaveLength(1);
  expect(await s.command('sign', SHOW, 'k2', { text: '12345678901234567' })).toMatchObject({
    error: { code: 'contract.invalidData' },
  });
});

it('a setting of the partner’s is checked by the partner’s schema', async () => {
  const s = await stationOf();
  ends.push(s.close);
  const file = join(s.journalFolder, 'my-sign.mjs');
  writeFileSync(file, block('js'));
  const run = runDriver(s.config('sign', { driver: file, characters: 0 }), () => {});
  await expect(run).rejects.toThrow('«characters» is 0; allowed is 1 to 200');
  await expect(run).rejects.toBeInstanceOf(Misconfigured);
});

it.each([
  ['export const x = 1;', 'names the class undefined; export «driver» with «class»: printer, card-reader'],
  ["export const driver = { class: 'carrier' };", 'names the class "carrier"'],
  ["export const driver = { class: 'sign' };", 'has no «settings»'],
  ["export const driver = { class: 'sign', settings: { properties: {} } };", 'has no function «create'],
  [
    "export const driver = { class: 'sign', settings: { properties: { url: {} } }, create() {} };",
    'is declared wrongly: the setting «url» is the host’s',
  ],
  ['export const driver = {', 'does not load: '],
])('a module that is no driver is refused with what is missing: %s', async (text, why) => {
  const s = await stationOf();
  ends.push(s.close);
  const file = join(s.journalFolder, 'my-sign.mjs');
  writeFileSync(file, text);
  const run = runDriver(s.config('sign', { driver: file }), () => {});
  await expect(run).rejects.toThrow(why);
  await expect(run).rejects.toBeInstanceOf(Misconfigured);
});

it('a driver whose state breaks its class is stopped at its start', async () => {
  const s = await stationOf();
  ends.push(s.close);
  const file = join(s.journalFolder, 'my-sign.mjs');
  writeFileSync(
    file,
    `export const driver = { class: 'sign', settings: { properties: {} },
      create: () => ({ capabilities: { characters: 8 }, status: () => ({ device: 'fine', text: '' }) }) };`,
  );
  const run = runDriver(s.config('sign', { driver: file }), () => {});
  await expect(run).rejects.toThrow('the driver’s status break the class sign: /device');
});
