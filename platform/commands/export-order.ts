import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeScenario } from '../../simulators/world/read-scenario.ts';
import { isJournalNumber } from '../core/numbers.ts';
import { findKept } from './export/kept-order.ts';
import { scenarioOf } from './export/scenario-of.ts';
import { leading } from './leading.ts';
import { readOptions, UsageError } from './options.ts';

const OPTIONS = {
  outlet: { type: 'string', what: 'whose journal number it is, where several outlets have it' },
  data: { type: 'string', default: '.yizhan', what: 'the platform’s folder; it may be running' },
  out: { type: 'string', what: 'the file to write; else standard output' },
} as const;

/**
 * `yizhan export-order JOURNALNO`: an order's own history as a scenario that can be played again, without anybody's number or
 * name. What the history does not say is said on standard error.
 */
export async function exportOrder(args: string[]): Promise<number> {
  const [journalNo, options] = leading(args);
  const read = readOptions('export-order JOURNALNO', options, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  if (journalNo === undefined || !isJournalNumber(journalNo))
    throw new UsageError(
      `«${journalNo ?? ''}» is no journal number: 11 to 14 digits as on the receipt, the last one checks the others`,
    );
  const { outlet, data, out } = read.values;
  const order = await findKept(resolve(data ?? OPTIONS.data.default), journalNo, outlet);
  const { scenario, untold } = scenarioOf(order);
  const text = writeScenario(scenario);
  if (out === undefined) process.stdout.write(text);
  else writeFileSync(out, text);
  for (const what of untold) console.error(`not derived: ${what}`);
  return 0;
}
