import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../contracts/time.ts';
import { orderId as newId } from '../support/ids.ts';
import { OFFICE, OUTLET, TELLER } from '../support/small-platform.ts';
import { hasBrowser, picture, signIn, topUp, withBrowser } from './station.ts';

describe.skipIf(!hasBrowser)('the teller’s page', () => {
  const { atStation } = withBrowser();

  it('MOB-02 takes a top-up by the keyboard, follows it to the receipt, and shows the paper', async () => {
    const { page, platform, complaints, orderId } = await atStation();
    await picture(page, 'sign-in');
    await signIn(page);
    await page.waitForSelector('.credit >> text=¥1,000.00');
    await picture(page, 'home');
    await topUp(page);
    await page.waitForSelector('h1 >> text=处理中');
    await page.waitForSelector('.credit >> text=¥950.00');
    await picture(page, 'processing');

    await platform.carrierSays(await orderId(), 'success');
    await page.waitForSelector('h1 >> text=缴费成功');
    await platform.printed(await orderId());
    const paperShown = page.locator('.paper img');
    await paperShown.waitFor();
    await page.waitForFunction('document.querySelector(".paper img").naturalWidth > 0');
    await page.waitForSelector('.prints >> text=原件: 已打印');
    await picture(page, 'succeeded');
    await page.setViewportSize({ width: 1024, height: 600 });
    await picture(page, 'succeeded-small');

    await page.click('button:has-text("补打")');
    await page.waitForSelector('.prints >> text=补打件 1: 正在打印');
    expect(complaints).toEqual([]);
  });

  it('a reload while waiting keeps the order, and asks for it by the same id', async () => {
    const { page, platform, orderId } = await atStation();
    await signIn(page);
    await topUp(page);
    await page.waitForSelector('h1 >> text=处理中');
    const before = await orderId();
    await page.reload();
    await page.waitForSelector('h1 >> text=处理中');
    expect(await orderId()).toBe(before);
    await platform.carrierSays(before, 'declined');
    await page.waitForSelector('h1 >> text=缴费失败');
    await page.waitForSelector('text=未扣款,信誉度已退回');
    await picture(page, 'failed');
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(1);
  });

  it('a lost answer is repeated under the same id, so that nothing is paid twice', async () => {
    const { page, platform } = await atStation();
    await signIn(page);
    const ids: string[] = [];
    await page.route('**/api/payments', async (route) => {
      ids.push((route.request().postDataJSON() as { id: string }).id);
      if (ids.length > 2) return route.continue();
      // The first never arrives, the second arrives and its answer is lost.
      if (ids.length === 2) await route.fetch();
      return route.abort();
    });
    await topUp(page);
    await page.waitForSelector('text=正在用同一编号重试');
    await page.waitForSelector('h1 >> text=处理中');
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(1);
  });

  it('what was confirmed and never arrived is found again after a reload, and a person decides', async () => {
    const { page, platform, orderId } = await atStation();
    await signIn(page);
    await page.route('**/api/payments', (route) => route.abort());
    await topUp(page);
    await page.waitForSelector('text=正在用同一编号重试');
    const id = await orderId();
    await page.goto('about:blank');
    await page.unroute('**/api/payments');
    await page.goBack();
    await page.waitForSelector('text=上一笔没有收到答复');
    await picture(page, 'unsent');
    expect(await platform.api.order(id)).toBeUndefined();
    await page.click('nav >> text=缴费');
    await page.waitForSelector('text=上一笔没有收到答复');
    await page.click('button:has-text("继续提交")');
    await page.waitForSelector('h1 >> text=处理中');
    expect((await platform.api.order(id))?.state).toBe('processing');
  });

  it('unknown says not to pay again; today’s list marks it and can query it', async () => {
    const { page, platform } = await atStation();
    await signIn(page);
    await topUp(page);
    platform.advance(MINUTE);
    await page.waitForSelector('h1 >> text=结果未知');
    await page.waitForSelector('.verdict >> text=请勿重复缴费');
    await picture(page, 'unknown');
    platform.advance(MINUTE / 4);
    await page.click('nav >> text=今日交易');
    await page.waitForSelector('.badge.unknown');
    await page.click('td >> text=查询');
    await page.waitForSelector('text=/流水号 \\d{11}:已向对方系统查询/');
    await picture(page, 'today');
  });

  it('refuses what the service does not allow before it is sent', async () => {
    const { page, platform } = await atStation();
    await signIn(page);
    await page.waitForSelector('input[name=phone]');
    await page.keyboard.type('1380800');
    await page.press('input[name=phone]', 'Enter');
    await page.keyboard.type('15');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.mistake >> text=号码不正确');
    await page.fill('input[name=phone]', '13808001234');
    expect(await page.inputValue('input[name=phone]')).toBe('138 0800 1234');
    await page.press('input[name=amount]', 'Enter');
    await page.waitForSelector('.mistake >> text=金额不正确');
    await picture(page, 'mistake');
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(0);
  });

  it('CRD-01 refuses what the credit does not cover before any cash is taken', async () => {
    const { page } = await atStation();
    await signIn(page);
    for (const phone of ['13808001234', '13808001235']) {
      await page.waitForSelector('input[name=phone]');
      await page.fill('input[name=phone]', phone);
      await page.fill('input[name=amount]', '４００');
      await page.press('input[name=amount]', 'Enter');
      await page.click('button:has-text("确认缴费")');
      await page.click('button:has-text("办理下一笔")');
    }
    await page.waitForSelector('.credit >> text=¥200.00');
    await page.fill('input[name=phone]', '13808001236');
    await page.fill('input[name=amount]', '210');
    await page.press('input[name=amount]', 'Enter');
    await page.waitForSelector('.mistake >> text=信誉度余额不足');
    await page.fill('input[name=amount]', '200');
    await page.press('input[name=amount]', 'Enter');
    await page.waitForSelector('h1 >> text=请与用户核对');
  });

  it('without live updates a payment says that it is kept and must not be paid again', async () => {
    const { page, platform, orderId } = await atStation();
    await page.route('**/api/events', (route) => route.abort());
    await signIn(page);
    await page.waitForSelector('.offline >> text=正在重连');
    expect(await page.textContent('.offline')).not.toContain('本笔');
    await topUp(page);
    await page.waitForSelector('.offline >> text=本笔已保存,恢复后自动显示结果,请勿重复缴费');
    await platform.carrierSays(await orderId(), 'success');
    await page.waitForSelector('h1 >> text=缴费成功');
  });

  it('an administrator settles what waits for a person, with the evidence', async () => {
    const { page, platform } = await atStation('51010000');
    const id = newId(1);
    const asked = { service: 'mobile-topup', fields: { phone: '13808001234' }, amountFen: 5_000 };
    if (TELLER.kind === 'person')
      await platform.api.command(TELLER, { type: 'pay', id, again: false, ...asked });
    for (let hour = 0; hour < 26; hour++) platform.advance(HOUR);
    await signIn(page, 'A001');
    await page.waitForSelector('nav >> text=待处理');
    await page.waitForSelector('td >> text=51010001');
    await page.waitForSelector('td >> text=交易转人工处理');
    await page.waitForSelector('.alert-remedy >> text=向对方取得凭据');
    await page.click('button:has-text("确认成功")');
    await page.click('form >> button:has-text("确认成功")');
    await page.waitForSelector('.mistake >> text=请填写凭据');
    await page.fill('input[name=evidence]', '移动公司来函 2026-118');
    await picture(page, 'to-do');
    await page.click('form >> button:has-text("确认成功")');
    await page.waitForSelector('text=没有待处理的交易');
    expect((await platform.api.order(id))?.state).toBe('succeeded');
  });

  it('a refusal of the platform is told with its remedy, and the same payment can be meant twice', async () => {
    const { page, platform } = await atStation();
    await signIn(page);
    await topUp(page);
    await page.click('button:has-text("办理下一笔")');
    await topUpRefused(page);
    await page.waitForSelector('text=相同的缴费正在处理中');
    await page.waitForSelector('.notice >> text=如已收取现金,请退还用户');
    await page.waitForSelector('dd >> text=138 0800 1234');
    await picture(page, 'look-alike');
    await page.click('text=确需再缴一笔');
    await page.waitForSelector('h1 >> text=处理中');
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(2);
  });

  async function topUpRefused(page: Page): Promise<void> {
    await page.fill('input[name=phone]', '13808001234');
    await page.click('.quick >> text=50');
    await page.click('button:has-text("下一步")');
    await page.click('button:has-text("确认缴费")');
  }

  it('speaks English, and remembers it', async () => {
    const { page } = await atStation();
    await page.click('text=English');
    await page.waitForSelector('button >> text=Sign in');
    await signIn(page);
    await page.waitForSelector('nav >> text=Day journal');
    await page.reload();
    await page.waitForSelector('nav >> text=Day journal');
    await page.setViewportSize({ width: 1024, height: 600 });
    await page.waitForSelector('input[name=phone]');
    await picture(page, 'english-small');
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1024);
  });

  it('ACC-01 a wrong password is refused without a hint, and the session’s end leads back to the sign-in', async () => {
    const { page, platform } = await atStation();
    await page.fill('input[name=operator]', 'T001');
    await page.fill('input[name=password]', '000000');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.complaint >> text=登录被拒绝');
    await signIn(page);
    await page.waitForSelector('.credit >> text=¥1,000.00');
    // Time alone; the next change that the page hears of shows it.
    platform.advance(15 * MINUTE);
    await page.waitForSelector('text=登录已过期');
  });

  it('CRD-02, CRD-03 a postal counter sells credit and takes it back', async () => {
    const { page, platform, orderId } = await atStation(OFFICE);
    await signIn(page, 'C001');
    await page.fill('input[name=outlet]', OUTLET);
    await page.waitForSelector('dd >> text=春熙路报刊亭');
    await page.fill('input[name=amount]', '600');
    await picture(page, 'sell');
    await page.keyboard.press('Enter');
    await page.click('button:has-text("确认充值")');
    await page.waitForSelector('h1 >> text=办理成功');
    const bought = await platform.api.order(await orderId());
    expect(bought?.amountFen).toBe(60_000);
    await page.click('nav >> text=充值撤销');
    await page.fill('input[name=outlet]', OUTLET);
    await page.fill('input[name=journalNo]', bought?.journalNo ?? '');
    await page.keyboard.press('Enter');
    await page.click('button:has-text("确认撤销")');
    await page.waitForSelector('h1 >> text=办理成功');
    expect((await platform.api.order(bought?.id ?? ''))?.voidedBy).toBe(await orderId());
  });

  it('REP-05 the day journal adds up', async () => {
    const { page, platform, orderId } = await atStation();
    await signIn(page);
    await topUp(page);
    await platform.carrierSays(await orderId(), 'success');
    await page.click('nav >> text=当日流水');
    await page.selectOption('select[name=service]', 'mobile-topup');
    await page.fill('input[name=from]', '090000');
    await page.click('button:has-text("查找")');
    await page.waitForSelector('.sum >> text=移动直充话费 合计 1 笔 · ¥50.00');
    await page.waitForSelector('td >> text=移动直充话费');
    await page.selectOption('select[name=service]', '');
    await page.fill('input[name=from]', '０９００００');
    await page.click('button:has-text("查找")');
    await page.waitForSelector('.sum >> text=信誉度充值 合计 1 笔 · ¥1,000.00');
    expect(await page.locator('.sum').count()).toBe(2);
    await page.fill('input[name=from]', '9点');
    await page.click('button:has-text("查找")');
    await page.waitForSelector('.mistake >> text=时间格式为 时时分分秒秒');
    await picture(page, 'journal');
  });
});
