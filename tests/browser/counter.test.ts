import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { CLERK, OUTLET, TELLER } from '../../platform/commands/demo-data.ts';
import { connectHttp } from '../../platform/commands/http-client.ts';
import { BUILT, run, skipped } from '../flows/program.ts';
import { orderId } from '../support/ids.ts';
import { sellToCard } from './card-sale.ts';
import { hasBrowser, picture, signIn, withBrowser } from './station.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A whole running bench: emulated devices, their drivers' processes, the platform. */
async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-hands-'));
  const data = join(folder, 'data');
  const program = run(
    ['start', '--port', '0', '--mqtt-port', '0', '--data', data, '--devices', 'all'],
    folder,
  );
  closers.push(async () => {
    program.process.kill('SIGKILL');
    await program.ends(10_000);
    rmSync(folder, { recursive: true, force: true });
  });
  const [, url = '', counter = ''] = await program.says(
    /Page\s+(http:\/\/\S+)[\s\S]*(http:\/\/\S+\/bench\/counter#\S+)[\s\S]*Ctrl-C/,
    30_000,
  );
  const clerk = connectHttp(url, CLERK);
  await clerk.post('/api/credit/purchases', { id: orderId(900), outlet: OUTLET.code, amountFen: 100_000 });
  return { url, counter, clerk };
}

/** Until the reader's driver has found its reader the platform says that there is none: then once more. */
async function readCard(teller: Page): Promise<void> {
  while ((await teller.locator('input[name=amount]').count()) === 0) {
    await teller.click('button:has-text("读卡"):not([disabled])');
    await teller.waitForSelector('input[name=amount], .complaint');
  }
}

describe.skipIf(!hasBrowser || !BUILT)(`the virtual counter${skipped}`, () => {
  const { openPage } = withBrowser();

  it('CAR-01 ACC-01 a card inserted here is sold to on the teller’s page, pulled here, and its meter has the money', async () => {
    const { url, counter } = await bench();
    const { page: hands, complaints } = await openPage(counter);
    const { page: teller } = await openPage(url);
    await signIn(teller, TELLER.operator, TELLER.password);

    await hands.click('#card-0001 >> text=插卡');
    await hands.waitForSelector('.reader .plastic:has-text("电卡 0001")');
    await teller.click('nav >> text=电卡购电');
    await readCard(teller);
    await sellToCard(teller, '200');
    await teller.waitForSelector('h1:has-text("缴费成功")');
    await teller.waitForSelector('text=交易完成,可以取卡');
    // The motor holds the card until it is given back.
    await teller.click('button:has-text("退卡")');
    await hands.waitForSelector('.reader.gate');
    await picture(hands, 'virtual-counter');
    await hands.waitForSelector('.sheet:has-text("电卡购电收据")');
    await hands.click('text=拔卡 Pull');
    await hands.waitForSelector('.reader.none');
    await hands.click('#card-0001 >> text=插表');
    await hands.waitForSelector('#card-0001 .meter:has-text("212.00 元")');
    await hands.waitForSelector('#card-0001 .plastic:has-text("返写 第 8 次 ¥212.00")');

    // CAR-07: planned here, torn there, and whole with the card back in.
    await hands.click('#card-0002 >> text=插卡');
    await teller.click('nav >> text=电卡购电');
    await readCard(teller);
    await hands.fill('.card input[name=at]', 'write:50');
    await hands.click('text=计划拔卡');
    await hands.waitForSelector('text=计划 planned: write:50');
    await sellToCard(teller, '10');
    await teller.waitForSelector('text=请勿退款,也不要重新购电');
    await hands.click('#card-0002 >> text=插卡');
    await teller.click('button:has-text("卡已放好")');
    await teller.waitForSelector('text=交易完成,可以取卡');

    await hands.click('text=取出纸');
    await hands.waitForSelector('text=缺纸 no paper');
    await hands.click('text=按下报警');
    await hands.waitForSelector('text=1 次 presses');
    expect(complaints).toEqual([]);

    // ACC-01: without the token it does nothing, and says where to get it.
    const { page: stranger } = await openPage(counter.replace(/#.*/, ''));
    await stranger.waitForSelector('text=npm start 打印的');
    expect(await stranger.locator('.plastic').count()).toBe(0);
  }, 120_000);
});
