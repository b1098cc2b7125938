import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { escapeMarkup, jsonForScript } from '../../../simulators/report/escape.ts';
import { ledgerOf, sumOf } from '../../../simulators/report/ledger.ts';
import { matrixOf } from '../../../simulators/report/matrix.ts';
import { pageData } from '../../../simulators/report/page-data.ts';
import { matrixPanel } from '../../../simulators/report/page-matrix.ts';
import { writeReport } from '../../../simulators/report/report.ts';
import { replayCommand } from '../../../simulators/report/verdict-line.ts';
import { FAULT_NAMES } from '../../../simulators/world/fault-catalogue.ts';
import { madeUpRun, NASTY } from './made-up-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the report’s folder', () => {
  it('holds the shrunk and the full scenario, page, story and junit, and makes its folder', () => {
    const dir = join(folder, 'runs', '2026-11-23-8-S7');
    const input = madeUpRun();
    writeReport(dir, input);
    expect(readdirSync(dir).sort()).toEqual([
      'junit.xml',
      'report.html',
      'scenario.full.json',
      'scenario.json',
      'story.md',
    ]);
    expect(JSON.parse(readFileSync(join(dir, 'scenario.json'), 'utf8'))).toEqual(input.scenario);
    expect(JSON.parse(readFileSync(join(dir, 'scenario.full.json'), 'utf8'))).toEqual(input.full);
    expect(readFileSync(join(dir, 'junit.xml'), 'utf8')).toContain('<failure type="FAIL"');
    const page = readFileSync(join(dir, 'report.html'), 'utf8');
    expect(page).toContain(`npx yizhan replay ${dir}/scenario.json`);
    expect(page).not.toMatch(/<!-- \w+ -->|\b(src|href)=["']?http/);
  });

  it('the replay command survives a folder with a space or a quote', () => {
    expect(replayCommand('runs/8-S7')).toBe('npx yizhan replay runs/8-S7/scenario.json');
    expect(replayCommand("it's here")).toBe(`npx yizhan replay 'it'\\''s here/scenario.json'`);
  });

  it('a run without trace or violation is reported as well', () => {
    const input = madeUpRun();
    const { violation: _, trace: __, ...result } = input.result;
    writeReport(join(folder, 'bare'), {
      ...input,
      result: { ...result, verdict: 'inconclusive', crash: 'x' },
    });
    const junit = readFileSync(join(folder, 'bare/junit.xml'), 'utf8');
    expect(junit).toContain('<error type="INCONCLUSIVE"');
    expect(junit).not.toContain('<failure');
  });
});

describe('the page’s scripts', () => {
  it('fit the data they are given', () => {
    const project = fileURLToPath(new URL('../../../simulators/report/page/tsconfig.json', import.meta.url));
    const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));
    expect(spawnSync(tsc, ['-p', project], { encoding: 'utf8' })).toMatchObject({ stdout: '', status: 0 });
  });
});

describe('escaping', () => {
  it('no payload ends its script element, and it is read back as it was', () => {
    const text = jsonForScript({ detail: `${NASTY}<!--\u2028` });
    expect(text).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(text)).toEqual({ detail: `${NASTY}<!--\u2028` });
  });

  it('no payload becomes markup, and what XML forbids is replaced', () => {
    expect(escapeMarkup(NASTY)).not.toMatch(/[<>"']/);
    expect(escapeMarkup('a\u0000b\ud800c😀')).toBe('a\ufffdb\ufffdc😀');
  });
});

describe('what the page is given', () => {
  it('the slice and the rest are all events, each once', () => {
    const { run, rest } = pageData(madeUpRun({ events: 500 }));
    const numbers = [...run.rows, ...rest].map(([no]) => no).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
  });

  it('50,000 events stay below 10 MB', () => {
    const { run, rest } = pageData(madeUpRun({ events: 50_000 }));
    expect(run.rows).toHaveLength(14);
    expect(jsonForScript(rest).length).toBeLessThan(10_000_000);
  });
});

describe('expected against actual', () => {
  it('by default compares what the carrier charged with what the platform took for good', () => {
    const { orders } = ledgerOf(madeUpRun());
    expect(orders.map(({ name, expectedFen, actualFen }) => [name, expectedFen, actualFen])).toEqual([
      ['a', 5_000, 0],
      ['b', 10_000, 10_000],
    ]);
    expect(sumOf(orders)).toEqual({ expectedFen: 15_000, actualFen: 10_000 });
  });

  it('shows the books it is given', () => {
    const ledger = { orders: [], accounts: [{ name: 'credit:51010001', expectedFen: 1, actualFen: 2 }] };
    expect(ledgerOf({ ...madeUpRun(), ledger })).toBe(ledger);
  });
});

describe('the matrix', () => {
  it('is this run’s receipts, with a row for a fault that hit nothing', () => {
    const matrix = matrixOf(madeUpRun());
    expect(matrix.faults).toEqual(['BRK-RESTART', 'CAR-LOST-REPLY', 'NET-DROP', 'PLT-CRASH']);
    expect(matrix.cell('PLT-CRASH', 'processing')?.hits).toBe(1);
    expect(matrix.cell('BRK-RESTART', 'idle')).toBeUndefined();
  });

  it('is the campaign’s where there is one, with the cells it missed and those it can not hit', () => {
    const cells = [{ fault: 'NET-DUP', state: 'unknown', hits: 40, first: 7 }];
    const campaign = { name: 'seeds 1..9', config: '', cells, checked: {}, probes: {} };
    const matrix = matrixOf({ ...madeUpRun(), campaign });
    expect([matrix.faults.length, matrix.most, matrix.of]).toEqual([FAULT_NAMES.length, 40, 'campaign']);
    expect(matrix.cell('NET-DUP', 'unknown')).toMatchObject({ hits: 40, first: 7 });
    expect(matrix.cell('NET-DUP', 'idle')).toMatchObject({ hits: 0, infeasible: expect.any(String) });
    const panel = matrixPanel({ ...madeUpRun(), campaign });
    expect(panel).toContain('title="首次 first: 7">40</td>');
    expect(panel).toContain('<td class="cell void">0</td>');
  });

  it('a hit in a cell that can not be hit stands out', () => {
    const cells = [{ fault: 'NET-DUP', state: 'idle', hits: 2 }];
    const campaign = { name: 'seeds 1..9', config: '', cells, checked: {}, probes: {} };
    expect(matrixPanel({ ...madeUpRun(), campaign })).toMatch(/class="cell void" title="[^"]+">✗ 2</);
  });
});
