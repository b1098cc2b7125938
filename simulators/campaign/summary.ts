import { FAULTS_ABSENT } from '../world/faults-absent.ts';
import type { CampaignResult, Progress } from './campaign.ts';
import { EXIT_CODES, type VerdictClass } from './verdict.ts';

/** Cells that are listed by name; a report lists all of them. */
const NAMED_CELLS = 24;
const NAMED_VALUES = 6;

/** Those that are there under another name, or as what a scenario says of its orders, do exist. */
const ABSENT = FAULTS_ABSENT.filter(({ as }) => as === undefined).map(({ name }) => name);

const WORDS: { [name in VerdictClass]: string } = {
  pass: '通过 PASS',
  crash: '出错 CRASH',
  safety: '未通过 FAIL',
  liveness: '停滞 FAIL (liveness)',
  void: '无效 VOID',
  nondeterministic: '不可重现 NOT DETERMINISTIC',
};

/** A campaign's result for people, Chinese and English in one line each. */
export function summaryOf(result: CampaignResult, wallSeconds: number): string {
  const { coverage, canary } = result;
  const lines: [label: string, text: string][] = [
    ['结论 verdict', `${WORDS[result.verdict]} (exit ${EXIT_CODES[result.verdict]})`],
    ['场景 runs', `${runsOf(result)}; ${count(result.twice)} run twice 重复运行 to compare 比对`],
    ['世界 world', worldOf(result, wallSeconds)],
    [
      '故障 faults',
      `${count(result.faultsDelivered)} of ${count(result.faultsPlanned)} hit something 已命中`,
    ],
    [
      '矩阵 matrix',
      `${coverage.covered} of ${coverage.feasible} cells hit 已覆盖; ${coverage.infeasible} more (${percent(coverage.infeasibleShare)}) can not be 不可能`,
    ],
  ];
  lines.push([
    '  未模拟 absent',
    `${ABSENT.length} faults of the vocabulary do not exist yet 尚无: ${ABSENT.join(', ')}`,
  ]);
  if (coverage.missing.length > 0) lines.push(['  未覆盖 missing', few(coverage.missing, NAMED_CELLS)]);
  lines.push(
    ['规则 invariants', countsOf(coverage.checked)],
    ['比较 compared', countsOf(coverage.compared)],
    ['探针 probes', countsOf(coverage.probes)],
    ['流程 flows', countsOf(coverage.flows)],
  );
  for (const { name, unit, values, constant } of coverage.histograms)
    lines.push([`  ${name}`, `${constant ? '⚠ constant 从未变化 ' : ''}${valuesOf(values)} (${unit})`]);
  if (canary)
    lines.push([
      '金丝雀 canary',
      canary.failed
        ? `noticed as it must be 已发现 (${canary.invariant})`
        : `⚠ NOT noticed 未发现 ${canary.problem ?? ''}`,
    ]);
  for (const reason of result.voids) lines.push(['无效 void', reason]);
  for (const { invariant, zh, en, runs, seeds } of result.failures)
    lines.push([
      '失败 failure',
      `${invariant} in ${count(runs)} runs (${few(seeds.map(String), 5)})\n${indent(zh)}\n${indent(en)}`,
    ]);
  return lines.map(([label, text]) => `${pad(label)}${text}`).join('\n');
}

const WIDTH = 18;
const indent = (text: string) => ' '.repeat(WIDTH) + text;
const count = (n: number) => Math.round(n).toLocaleString('en');
const percent = (share: number) => `${Math.round(share * 100)} %`;

/** Chinese characters are two columns wide. */
function pad(label: string): string {
  const width = [...label].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);
  return label + ' '.repeat(Math.max(1, WIDTH - width));
}

const runsOf = ({ kept, seeds, lastSeed }: CampaignResult) =>
  `${count(kept)} kept 已存 + ${count(seeds)} seeds 种子${lastSeed === undefined ? '' : ` (to ${lastSeed})`}`;

function worldOf(progress: Progress, wallSeconds: number): string {
  const faster = progress.virtualSeconds / Math.max(wallSeconds, 0.001);
  return [
    `${count(progress.stationDays)} station-days 台日`,
    `${count(progress.orders)} orders 笔`,
    `${count(progress.events)} events`,
    `${wallSeconds.toFixed(1)} s, ${count(faster)}× real time 倍速`,
  ].join(', ');
}

const countsOf = (counts: { [name: string]: number }) =>
  Object.keys(counts)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => `${name} ${count(counts[name] ?? 0)}`)
    .join(' · ') || '—';

function valuesOf(values: { [value: string]: number }): string {
  const sorted = Object.entries(values).sort(([, a], [, b]) => b - a);
  return few(
    sorted.map(([value, times]) => `${value}: ${count(times)}`),
    NAMED_VALUES,
  );
}

const few = (names: readonly string[], most: number) =>
  names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')}, … (${names.length - most} more)`;
