import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { PROFILES } from '../../../contracts/profiles.ts';
import { MISCONFIGURED_CODE } from '../../../drivers/host/misconfigured.ts';
import { loadDriver } from '../../../drivers/host/registry.ts';
import { readKiosk } from '../../../drivers/kiosk/configuration.ts';
import { withSettingsChecked } from '../../../drivers/kiosk/devices.ts';
import { readYaml } from '../../../drivers/kiosk/yaml.ts';
import { kioskFolder } from '../kiosk/kiosk-file.ts';

const pathOf = (name: string) => fileURLToPath(new URL(`../../../drivers/field/${name}`, import.meta.url));
const UNIT = readFileSync(pathOf('yizhan-kiosk.service'), 'utf8');
const EXAMPLE = readFileSync(pathOf('kiosk.yaml'), 'utf8');

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

describe('the example of a kiosk’s file', () => {
  it('is right in every device of it, and has one of every class', async () => {
    const kiosk = kioskFolder();
    closers.push(kiosk.remove);
    kiosk.put('kiosk.yaml', EXAMPLE);
    const { devices } = readYaml(EXAMPLE, 'kiosk.yaml') as { devices: { name: string; driver: string }[] };
    for (const name of ['kiosk', ...devices.map((device) => device.name)])
      kiosk.put(`secrets/${name}`, 'secret');
    for (const name of ['ca.pem', 'kiosk.pem', 'kiosk.key']) kiosk.put(`tls-${name}`, '-----BEGIN X-----');
    kiosk.put('kiosk.yaml', EXAMPLE.replaceAll(' tls/', ' tls-'));
    const read = readKiosk(kiosk.file);
    const checked = await withSettingsChecked(read, true);
    expect(checked.flatMap((device) => ('why' in device ? [device.why] : []))).toEqual([]);
    const classes = checked.map(async ({ driver }) => (await loadDriver(driver)).class.name);
    const all = PROFILES.filter(({ side, name }) => side === 'device' && name !== 'kiosk').map(
      ({ name }) => name,
    );
    expect(new Set(await Promise.all(classes))).toEqual(new Set(all));
    expect(read.journals).toBe('/var/lib/yizhan-kiosk');
  });
});

describe('yizhan-kiosk.service', () => {
  const settings = new Map(
    UNIT.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
      return name ? [[name, value] as const] : [];
    }),
  );

  it('runs as a user of its own, is started again unless its configuration is wrong, and may see devices that come later', () => {
    expect(settings.get('User')).toBe('yizhan-kiosk');
    expect(settings.get('Restart')).toBe('always');
    expect(settings.get('RestartPreventExitStatus')).toBe(String(MISCONFIGURED_CODE));
    expect(settings.get('NoNewPrivileges')).toBe('yes');
    expect(settings.get('ProtectSystem')).toBe('strict');
    for (const name of ['PrivateDevices', 'DeviceAllow', 'ProtectClock', 'MemoryDenyWriteExecute'])
      expect(settings.has(name), name).toBe(false);
  });

  it('keeps the journals where the example writes them, and stops drivers through their parent, in time', () => {
    expect(EXAMPLE).toContain(`journals: /var/lib/${settings.get('StateDirectory')}`);
    expect(settings.get('ExecStart')).toBe('/usr/bin/env yizhan kiosk --config /etc/yizhan/kiosk.yaml');
    expect(settings.get('KillMode')).toBe('mixed');
    expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(10);
  });

  const analyze = ['/usr/bin/systemd-analyze', '/bin/systemd-analyze'].find((file) => existsSync(file));
  it.skipIf(!analyze)(`is a unit to systemd itself${analyze ? '' : ' (SKIPPED: no systemd-analyze)'}`, () => {
    // It says what it does not know, and does not fail for that.
    const said = execFileSync(analyze ?? '', ['verify', pathOf('yizhan-kiosk.service')], { stdio: 'pipe' });
    expect(said.toString()).toBe('');
  });
});
