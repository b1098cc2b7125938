import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openHttp } from '../../platform/http/server.ts';
import { memoryPlatform, PASSWORD, signAt } from '../support/memory-platform.ts';
import { OUTLET } from '../support/small-platform.ts';

const CHROMIUM = '/usr/bin/chromium';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Set to a folder to keep pictures of the screens. */
const PICTURES = process.env.YIZHAN_PICTURES;

/** Whether there is a browser; says so where there is none. */
export const hasBrowser = existsSync(CHROMIUM);
if (!hasBrowser)
  console.warn(`tests/browser is skipped: there is no ${CHROMIUM}; apt-get install -y chromium`);

/** The compiled page and a real browser, for the tests of one `describe`. */
export function withBrowser() {
  let webRoot: string;
  let browser: Browser;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    webRoot = mkdtempSync(join(tmpdir(), 'yizhan-web-'));
    const source = join(ROOT, 'platform/web');
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    execFileSync(tsc, ['-p', join(source, 'tsconfig.json'), '--outDir', webRoot], { stdio: 'inherit' });
    for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }))
      if (/\.(html|css|svg)$/.test(name)) copyFileSync(join(source, name), join(webRoot, name));
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }, 120_000);

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(webRoot, { recursive: true, force: true });
  });

  /** A platform behind the page, and a browser that has never been there. */
  async function atStation(organisation = OUTLET) {
    const platform = await memoryPlatform();
    const http = await openHttp({
      platform: platform.api,
      port: 0,
      webRoot,
      station: { organisation, station: '1' },
      bench: {
        sign: (code, station, nonce) => signAt(code, nonce, { organisation: code, station }),
        picture: () => Promise.resolve({ png: paper(), svg: '', text: '' }),
      },
    });
    closing.push(http.close);
    return { platform, ...(await openPage(http.url)) };
  }

  /** A browser that has never been there, on this page. */
  async function openPage(url: string) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    closing.push(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(url);
    return { page, complaints, orderId: () => orderIdIn(page) };
  }

  return { atStation, openPage };
}

export async function signIn(page: Page, operator = 'T001', password = PASSWORD): Promise<void> {
  await page.fill('input[name=operator]', operator);
  await page.press('input[name=operator]', 'Enter');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('header');
}

/** By the keyboard alone: number, Enter, amount, Enter, and Enter on the confirmation. */
export async function topUp(page: Page, phone = '13808001234', amount = '50'): Promise<void> {
  await page.waitForSelector('input[name=phone]');
  await page.keyboard.type(phone);
  await page.keyboard.press('Enter');
  await page.keyboard.type(amount);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.huge >> text=138 0800 1234');
  await picture(page, 'confirm');
  await page.keyboard.press('Enter');
  // What is refused at once has no state: why, and what to do with the cash, stands there instead.
  await page.waitForSelector('.verdict h1, [role=alert]');
}

export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function orderIdIn(page: Page): Promise<string> {
  const hash = String(await page.evaluate('location.hash'));
  expect(hash).toMatch(/^#order\/[0-9A-HJKMNP-TV-Z]{26}$/);
  return hash.slice('#order/'.length);
}

/** A picture like a receipt's: dark lines on white. */
function paper(): Buffer {
  const png = new PNG({ width: 384, height: 560 });
  for (let i = 0; i < png.width * png.height; i++) {
    const [x, y] = [i % png.width, Math.floor(i / png.width)];
    const ink = y % 36 < 16 && y > 30 && y < 520 && x > 20 && x < 120 + ((y * 7) % 230);
    png.data.fill(ink && (x + y) % 3 !== 0 ? 30 : 255, i * 4, i * 4 + 3);
    png.data[i * 4 + 3] = 255;
  }
  return PNG.sync.write(png);
}
