import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { orderId as newId } from '../support/ids.ts';
import { CARRIER, OUTLET, SYSTEM } from '../support/small-platform.ts';
import { hasBrowser, picture, signIn, topUp, withBrowser } from './station.ts';

const asked = (page: Page) =>
  page.evaluate(`Object.keys(localStorage).filter((key) => /pending/.test(key)).length`);

describe.skipIf(!hasBrowser)('the teller’s page while a line is down', () => {
  const { atStation } = withBrowser();

  /** Nothing of the platform can be reached any more, as with a pulled cable. */
  async function pull(page: Page) {
    await page.route('**/api/**', (route) => route.abort());
  }
  const plugIn = (page: Page) => page.unroute('**/api/**');

  it('takes no money without the platform, in both languages, and goes on by itself when it is back', async () => {
    const { page, platform } = await atStation();
    await page.route('**/api/events', (route) => route.abort());
    await signIn(page);
    await page.waitForSelector('input[name=phone]');
    await page.fill('input[name=phone]', '13808001234');
    await page.fill('input[name=amount]', '50');
    await page.press('input[name=amount]', 'Enter');
    await page.waitForSelector('h1 >> text=请与用户核对');
    await pull(page);
    await page.waitForSelector('.offline >> text=暂停收款,请勿收取现金');
    await picture(page, 'line-down');
    expect(await page.evaluate('document.querySelector("main .card").inert')).toBe(true);
    await page.keyboard.press('Enter');
    await expect(page.click('button:has-text("确认缴费")', { timeout: 500 })).rejects.toThrow();
    expect(await asked(page)).toBe(0);
    await page.click('button:has-text("English")');
    await page.waitForSelector('.offline >> text=take no money and no cash');
    await page.click('button:has-text("中文")');

    await plugIn(page);
    await page.route('**/api/events', (route) => route.abort());
    await page.waitForSelector('.offline >> text=实时更新中断');
    // What was typed is still there.
    await page.waitForSelector('input[name=phone]');
    expect(await page.inputValue('input[name=phone]')).toBe('138 0800 1234');
    await page.press('input[name=amount]', 'Enter');
    await page.click('button:has-text("确认缴费")');
    await page.waitForSelector('h1 >> text=处理中');
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(1);
  });

  it('what was asked and not answered is a slip for the customer, also after a reload, and is paid once', async () => {
    const { page, platform, orderId } = await atStation();
    await signIn(page);
    await page.route('**/api/payments', (route) => route.abort());
    await topUp(page);
    await page.waitForSelector('.slip >> text=待答复单');
    const id = await orderId();
    const slip = (await page.textContent('.slip')) ?? '';
    for (const part of [id.slice(-8), '138 0800 1234', '¥50.00', '请勿重复缴费'])
      expect(slip).toContain(part);
    await page.waitForSelector('.offline >> text=本笔已保存,恢复后用同一编号自动提交');
    await picture(page, 'pending-slip');
    // The page is opened anew while orders can not be reached.
    await page.route('**/api/orders/**', (route) => route.abort());
    await page.reload();
    await page.waitForSelector('h1 >> text=尚未收到答复');
    expect(await page.textContent('.slip')).toContain(id.slice(-8));
    await page.unroute('**/api/orders/**');
    await page.unroute('**/api/payments');
    await page.click('button:has-text("继续提交")');
    await page.waitForSelector('h1 >> text=处理中');
    expect((await platform.api.order(id))?.state).toBe('processing');
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(1);
    expect(await asked(page)).toBe(0);
  });

  it('a receipt is printed again from the journal while the counterpart’s line is down, and nothing is sold to it', async () => {
    const { page, platform, orderId } = await atStation();
    await signIn(page);
    await topUp(page);
    const id = await orderId();
    await platform.carrierSays(id, 'success');
    await platform.printed(id);
    platform.online(CARRIER, 'carrier', false);
    await page.click('nav >> text=当日流水');
    await page.click('tr:has-text("移动直充话费") >> text=补打');
    await page.waitForSelector('text=/流水号 \\d{11}:已送打印机/');
    const sheets = platform.published.filter(({ place }) => place.kind === 'device');
    expect(sheets).toHaveLength(2);
    await platform.printed(id);
    expect((await platform.api.order(id))?.prints.map(({ copy, state }) => [copy, state])).toEqual([
      [0, 'printed'],
      [1, 'printed'],
    ]);
    await page.click('nav >> text=缴费');
    await topUp(page);
    await page.waitForSelector('text=对方系统未连接,交易未发出');
    await page.waitForSelector('.notice >> text=如已收取现金,请退还用户');
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(1);
  });

  it('DEV-03 a revoked station’s page says so and asks to sign in again', async () => {
    const { page, platform } = await atStation();
    await signIn(page);
    await page.waitForSelector('input[name=phone]');
    const place = { organisation: OUTLET, station: '1' };
    await platform.api.command(SYSTEM, { type: 'revokeStation', id: newId(1), ...place, reason: 'stolen' });
    await page.waitForSelector('.gate >> text=本台席的证书已更换、吊销或到期');
    await page.waitForSelector('.gate >> text=请停止收款');
  });
});
