import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportInput } from '../../../simulators/report/input.ts';
import { writeReport } from '../../../simulators/report/report.ts';
import { matrixCells } from '../../../simulators/world/fault-catalogue.ts';
import { madeUpRun, NASTY } from './made-up-run.ts';

const CHROMIUM = '/usr/bin/chromium';
const hasBrowser = existsSync(CHROMIUM);
if (!hasBrowser)
  console.warn(`the report's page is not looked at: there is no ${CHROMIUM}; apt-get install -y chromium`);
/** Set to a folder to keep pictures. */
const PICTURES = process.env.YIZHAN_PICTURES;

describe.skipIf(!hasBrowser)('report.html', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-report-'));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The page as it opens by double click, without any network; `complaints` is what went wrong in it. */
  async function opened(input: ReportInput) {
    writeReport(folder, input);
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    return { page, complaints };
  }

  const picture = async (page: Page, name: string) =>
    PICTURES && (await page.screenshot({ path: join(PICTURES, `report-${name}.png`) }));
  const rows = (page: Page) => page.locator('.row').count();

  it('shows first what failed and why, and nothing of a payload becomes markup', async () => {
    const { page, complaints } = await opened(madeUpRun());
    expect(await page.title()).toMatch(/^FAIL S7 no-unsupported-claim order a at 14:03:22.481 \(seed 8, /);
    expect(await page.locator('.banner .zh').textContent()).toContain('没有任何证据');
    expect(await page.locator('#replay').textContent()).toBe(`npx yizhan replay ${folder}/scenario.json`);
    expect(await page.locator('.story li.fault').count()).toBe(3);
    expect(await page.locator('.cross').count()).toBe(1);
    expect(await page.locator('.down').count()).toBe(1);
    expect(await page.locator('text.broken').textContent()).toContain('S7');
    expect(await page.locator('img').count()).toBe(0);
    await picture(page, 'first');
    expect(complaints).toEqual([]);
  });

  it('hover shows time, payload and op index; click shows the order’s state at that event', async () => {
    const { page, complaints } = await opened(madeUpRun());
    const row = page.locator('.row[data-no="2"] .hit');
    await row.hover({ position: { x: 400, y: 15 } });
    const tip = page.locator('#tip');
    expect(await tip.textContent()).toMatch(/14:03:12.000 · #2/);
    expect(await tip.textContent()).toContain('"account": "13808001234"');
    expect(await tip.textContent()).toContain('</script>');
    await picture(page, 'hover');
    await page.click('.story li >> text=移动向平台发出「受理回执」');
    await picture(page, 'click');
    expect(await page.locator('#detail').textContent()).toContain('never arrives');
    expect(await page.locator('#detail .moves .state').allTextContents()).toEqual([
      '未受理 not yet accepted',
      '已发出 sent',
    ]);
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.row.selected').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('#detail').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('filters by order, lane, fault and text, and «everything» shows the rest', async () => {
    const { page } = await opened(madeUpRun());
    expect(await rows(page)).toBe(14);
    await page.selectOption('#by-fault', 'any');
    expect(await rows(page)).toBe(3);
    await page.selectOption('#by-fault', '');
    await page.selectOption('#by-lane', { label: '磁盘 Disk' });
    expect(await rows(page)).toBe(3);
    await page.fill('#by-text', 'records 44');
    expect(await rows(page)).toBe(1);
    await page.fill('#by-text', '');
    await page.selectOption('#by-lane', '');
    await page.click('#everything');
    expect(await rows(page)).toBe(200);
    expect(await page.locator('text.broken').count()).toBe(1);
    await picture(page, 'everything');
    await page.selectOption('#by-order', { label: 'b' });
    const ofB = await rows(page);
    expect(ofB).toBeGreaterThan(10);
    expect(ofB).toBeLessThan(100);
    await page.click('#language');
    expect(await page.locator('.label >> nth=0').textContent()).toMatch(/^[\x20-\x7e…]+$/);
  });

  it('shows the ledger’s differing rows, the matrix, void rules and what the faults hit', async () => {
    const { page, complaints } = await opened(madeUpRun());
    await page.click('[data-view=ledger]');
    expect(await page.locator('.ledger tbody tr:visible').count()).toBe(1);
    expect(await page.locator('.ledger tbody tr:visible').textContent()).toContain('≠ -50.00');
    await page.check('#all-rows');
    expect(await page.locator('.ledger tbody tr:visible').count()).toBe(2);
    await picture(page, 'ledger');
    await page.click('[data-view=matrix]');
    expect(await page.locator('.matrix tbody tr').count()).toBe(4);
    await picture(page, 'matrix');
    await page.click('[data-view=rules]');
    expect(await page.locator('.rules tr.void').allTextContents()).toEqual([
      expect.stringContaining('S13'),
      expect.stringContaining('will of'),
    ]);
    await picture(page, 'rules');
    await page.click('[data-view=scenario]');
    expect(await page.locator('#scenario b.void').count()).toBe(1);
    await picture(page, 'scenario');
    expect(complaints).toEqual([]);
  });

  it('shows a whole campaign’s coverage, if it was one that found it', async () => {
    const cells = matrixCells().flatMap(({ fault, state, infeasible }, i) =>
      infeasible === undefined && i % 9 > 0 ? [{ fault, state, hits: 2 ** (i % 14), first: i }] : [],
    );
    const campaign = { name: 'seeds 1..6000', config: '', cells, checked: { S1: 9, S13: 0 }, probes: {} };
    const { page, complaints } = await opened({ ...madeUpRun(), campaign });
    await page.click('[data-view=matrix]');
    expect(await page.locator('.matrix td.void').count()).toBeGreaterThan(5);
    expect(await page.locator('.matrix td.heat5').count()).toBeGreaterThan(5);
    await picture(page, 'campaign');
    expect(complaints).toEqual([]);
  });

  it('junit.xml beside it is well-formed, whatever the payloads', async () => {
    const input = madeUpRun();
    Object.assign(input.result.violation ?? {}, { zh: NASTY, en: `${NASTY}\u0000]]>` });
    const { page } = await opened(input);
    const xml = readFileSync(join(folder, 'junit.xml'), 'utf8');
    const roots = `[...new DOMParser().parseFromString(${JSON.stringify(xml)}, 'text/xml').querySelectorAll('parsererror, testcase')]`;
    expect(await page.evaluate(`${roots}.map(({ tagName }) => tagName)`)).toEqual(Array(5).fill('testcase'));
  });

  it('opens 50,000 events at once, the causal slice first, and pages the rest', async () => {
    const { page, complaints } = await opened(madeUpRun({ events: 50_000 }));
    expect(await rows(page)).toBe(14);
    await page.click('#everything');
    expect(await page.locator('#count').textContent()).toBe('50,000 / 50,000');
    expect(await rows(page)).toBe(300);
    await page.click('#later');
    expect(await page.locator('.row >> nth=0').getAttribute('data-no')).toBe('301');
    await picture(page, 'long');
    const { loadEventEnd } = JSON.parse(
      await page.evaluate('JSON.stringify(performance.getEntriesByType("navigation")[0])'),
    );
    expect(loadEventEnd).toBeLessThan(5_000);
    expect(complaints).toEqual([]);
  });
});
