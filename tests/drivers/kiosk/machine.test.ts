import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultInterface, readDefaultInterface } from '../../../drivers/kiosk/network.ts';
import { powerOf, readPower } from '../../../drivers/kiosk/power.ts';

describe('KSK-002 DEV-07 power', () => {
  const mains = (online: string) => ({ type: 'Mains', online });
  const battery = (status: string) => ({ type: 'Battery', status });
  it.each([
    ['nothing that could tell', [], 'unknown'],
    ['an adapter that feeds it', [mains('1'), battery('Charging')], 'mains'],
    ['an adapter that is unplugged', [mains('0'), battery('Discharging')], 'battery'],
    ['an unplugged adapter and a battery that does not say', [mains('0'), battery('Unknown')], 'battery'],
    ['one of two adapters', [mains('0'), { type: 'USB', online: '1' }], 'mains'],
    ['a supply that counts its lines', [{ type: 'USB', online: '2' }], 'mains'],
    ['an unplugged adapter and nothing else, on a machine that runs', [mains('0')], 'unknown'],
    ['a UPS that gives power', [{ type: 'UPS', status: 'Discharging' }], 'battery'],
    ['a battery alone that is full', [battery('Full')], 'mains'],
    ['the battery of a mouse', [{ ...battery('Discharging'), scope: 'Device' }], 'unknown'],
  ] as const)('%s', (_, supplies, power) => {
    expect(powerOf(supplies)).toBe(power);
  });

  it('is read where the kernel tells it; where it tells nothing, it is unknown', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-power-'));
    try {
      for (const [name, files] of Object.entries({
        AC: { type: 'Mains', online: '1' },
        BAT0: { type: 'Battery', status: 'Charging' },
      })) {
        mkdirSync(join(folder, name));
        for (const [file, text] of Object.entries(files))
          writeFileSync(join(folder, name, file), `${text}\n`);
      }
      expect(await readPower(folder)).toBe('mains');
      expect(await readPower(join(folder, 'none'))).toBe('unknown');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('KSK-002 DEV-07 the interface of the default route', () => {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
  const four = (name: string, metric: number, flags = '0003', to = '00000000', mask = '00000000') =>
    `${name}\t${to}\t010200C0\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0\n`;
  const six = (name: string, metric: string, flags = '00450003', length = '00') =>
    `${'0'.repeat(32)} ${length} ${'0'.repeat(32)} 00 fe80000000000000000000000000001 ${metric} 00000001 00000000 ${flags}     ${name}\n`;

  it('is the one with the lowest metric: a cable before a modem that stands by', () => {
    expect(defaultInterface(head + four('wwan0', 700) + four('eth0', 100), '')).toBe('eth0');
  });
  it('is none where routes lead only to neighbours, are down, or refuse', () => {
    expect(defaultInterface(head + four('eth0', 0, '0001', '000200C0', '00FFFFFF'), '')).toBeUndefined();
    expect(
      defaultInterface(head + four('eth0', 0, '0002'), six('lo', 'ffffffff', '00200200')),
    ).toBeUndefined();
    expect(defaultInterface('', '')).toBeUndefined();
  });
  it('is IPv6’s where IPv4 has none', () => {
    expect(defaultInterface(head, six('eth1', '00000400') + six('eth2', '00000064'))).toBe('eth2');
    expect(defaultInterface(head + four('eth0', 900), six('eth1', '00000001'))).toBe('eth0');
  });
  it('is nothing where there are no such tables', async () => {
    expect(await readDefaultInterface('/nonexistent')).toBeUndefined();
  });
});
