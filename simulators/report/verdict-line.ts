import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReportInput } from './input.ts';
import { nameOf } from './invariant-names.ts';
import { failingOrder } from './slice.ts';
import { timeOf } from './story.ts';

/** `FAIL S7 no-unsupported-claim order a at 14:03:22.481 (seed 8, yizhan 0.1.0, node v20.20.2)` */
export function verdictLine(input: Omit<ReportInput, 'full'>): string {
  const { scenario, result, commit } = input;
  const { violation } = result;
  const order = failingOrder(input);
  const what = violation
    ? [
        `${violation.invariant} ${nameOf(violation.invariant).en}`,
        ...(order === undefined ? [] : [`order ${order}`]),
        `at ${timeOf(violation.at, startOf(input))}`,
      ].join(' ')
    : result.crash === undefined
      ? `of ${result.orders} orders`
      : `crash: ${result.crash.split('\n')[0]}`;
  const made = [
    `seed ${input.seed ?? scenario.seed}`,
    ...(commit ? [`commit ${commit}`] : []),
    `yizhan ${version()}`,
  ];
  return `${result.verdict.toUpperCase()} ${what} (${made.join(', ')}, node ${process.version})`;
}

/** What everybody types to see it again, on any machine. */
export function replayCommand(dir: string): string {
  const path = join(dir, 'scenario.json');
  return `npx yizhan replay ${/^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`;
}

/** The world's first instant, where the trace shows it; days are counted from there. */
function startOf({ result }: Pick<ReportInput, 'result'>): number {
  return result.trace?.[0]?.at ?? result.violation?.at ?? 0;
}

/** Of the package this file is part of, wherever it runs from: the sources or `dist`. */
export function version(): string {
  for (
    let folder = dirname(fileURLToPath(import.meta.url));
    dirname(folder) !== folder;
    folder = dirname(folder)
  )
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (name === 'yizhan' && version) return version;
    } catch {
      // No package here; one folder up.
    }
  return 'unknown';
}
