import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../contracts/time.ts';
import { AREA } from '../support/memory-platform.ts';
import { OUTLET, PRINTER } from '../support/small-platform.ts';
import { hasBrowser, picture, signIn, withBrowser } from './station.ts';

const KIOSK = { kind: 'device', outlet: OUTLET, station: '1', device: 'kiosk' } as const;

describe.skipIf(!hasBrowser)('the administrator’s page of kiosks', () => {
  const { atStation } = withBrowser();

  it('DEV-07 shows devices, health, power and network of each kiosk, in Chinese first, and follows them', async () => {
    const { page, platform, complaints } = await atStation(AREA);
    platform.online(KIOSK, 'kiosk', true, {
      power: 'battery',
      network: 'unstable',
      networkInterface: 'wwan0',
      version: '0.1.0',
      drivers: {
        printer: { phase: 'running' },
        sign: { phase: 'misconfigured', why: '«characters» is missing' },
      },
    });
    platform.online(PRINTER, 'printer', true, { device: 'userError', paper: 'out', cover: 'closed' });
    await signIn(page, 'A001');
    await page.click('nav >> text=网点设备');
    const kiosk = page.locator('section.kiosk', { hasText: `${OUTLET} 春熙路报刊亭` });
    await kiosk.locator('text=电池供电').waitFor();
    const text = await kiosk.innerText();
    expect(text).toMatch(/网络\s+不稳定 \(wwan0\)/);
    expect(text).toMatch(/printer\s+打印机\s+✕\s*需现场处理 缺纸\s+09:00:00/);
    expect(text).toMatch(
      /sign\s+✕\s*配置有误,已停用\s+09:00:00\s+09:00:00 配置有误,已停用: «characters» is missing/,
    );
    await picture(page, 'kiosks');

    platform.advance(MINUTE);
    platform.online(KIOSK, 'kiosk', false);
    await kiosk.locator('h2 >> text=离线').waitFor();
    expect(await kiosk.innerText()).toMatch(/电源\s+未知\s+网络\s+断开/);
    await page.click('text=English');
    await kiosk.locator('h2 >> text=Offline').waitFor();
    expect(await kiosk.innerText()).toMatch(/printer\s+Printer\s+✕\s*Needs a hand Out of paper/);
    expect(complaints).toEqual([]);
  });

  it('a teller has no such page', async () => {
    const { page } = await atStation();
    await signIn(page);
    expect(await page.locator('nav >> text=网点设备').count()).toBe(0);
  });
});
