import { readOptions } from './options.ts';
import { plantedBugsCommand } from './simulate/planted.ts';
import { OPTIONS, readRequest } from './simulate/request.ts';
import { runCampaign } from './simulate/run-campaign.ts';
import { shrinkFile } from './simulate/shrink-file.ts';

const DAY = 86_400_000;

/**
 * `yizhan simulate`: whole worlds in virtual time, with faults, each checked all the while. Returns 0 where all passed, and a
 * code of its own for each kind of failure (simulators/campaign/verdict.ts).
 */
export function simulate(args: string[]): Promise<number> | number {
  const read = readOptions('simulate', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const request = readRequest(read.values, Math.floor(Date.now() / DAY));
  if (request.what === 'planted') return plantedBugsCommand(request);
  if (request.what === 'shrink') return shrinkFile(request);
  return runCampaign(request);
}
