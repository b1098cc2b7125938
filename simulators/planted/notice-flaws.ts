import { type CampaignResult, campaign } from '../campaign/campaign.ts';
import { EXPECTED } from '../campaign/coverage-expected.ts';
import { handHere } from '../campaign/pool.ts';
import type { Job, Outcome } from '../campaign/worker-job.ts';
import { play, type Simulator } from '../campaign/worker-play.ts';
import { matrixCells } from '../world/fault-catalogue.ts';
import type { FaultName } from '../world/faults.ts';
import { BUGS } from './bugs/index.ts';
import { canaryRun } from './canary.ts';
import type { Flaw } from './flaws/flaw.ts';
import { FLAWS } from './flaws/index.ts';
import { importEntry, importPlanted } from './import-planted.ts';
import { hunt } from './planted-bugs.ts';

/** What became of one flaw of the simulator. */
export interface Noticing {
  flaw: string;
  /** What noticed it, in words; undefined where nothing did. */
  noticed?: string;
  seconds: number;
}

export interface NoticeOptions {
  only?: readonly string[];
  /** So many seeds are run with each flaw, and as many without; a histogram says nothing below 100. */
  seeds: number;
  progress?: (line: string) => void;
}

/** Breaks the simulator in one way after the other, and looks whether a campaign would say that it has measured nothing. */
export async function noticeFlaws({ only, seeds, progress }: NoticeOptions): Promise<Noticing[]> {
  const found: Noticing[] = [];
  let sound: CampaignResult | undefined;
  for (const flaw of FLAWS) {
    if (only && !only.includes(flaw.name)) continue;
    const begun = performance.now();
    let noticed: string | undefined;
    if ('survivor' in flaw.noticed) noticed = await survivorOf(flaw.noticed.survivor, flaw, seeds);
    else {
      sound ??= await campaignWith(undefined, seeds);
      noticed = differenceOf(sound, await campaignWith(flaw, seeds), flaw);
    }
    const one = { flaw: flaw.name, noticed, seconds: (performance.now() - begun) / 1000 };
    found.push(one);
    progress?.(`${one.flaw}: ${one.noticed ?? 'NOT NOTICED'} (${one.seconds.toFixed(1)} s)`);
  }
  return found;
}

/** The bug that only dies where the simulator really does what the flaw has taken away. */
async function survivorOf(name: string, flaw: Flaw, seeds: number): Promise<string | undefined> {
  const bug = BUGS.find((each) => each.name === name);
  if (!bug) throw new Error(`flaw ${flaw.name} names bug ${name}, which does not exist`);
  if ((await hunt(bug, seeds)).killedBy === undefined) return undefined;
  const { killedBy } = await hunt(bug, seeds, { flaw: flaw.name });
  return killedBy === undefined ? `planted bug ${name} survives` : undefined;
}

async function campaignWith(flaw: Flaw | undefined, seeds: number): Promise<CampaignResult> {
  const name = flaw?.name ?? '';
  const simulator: Simulator = {
    ...(await (flaw ? importPlanted(name) : import('../world/run.ts'))),
    ...(await (flaw
      ? importEntry<Pick<Simulator, 'generate'>>('simulators/campaign/generate', name)
      : import('../campaign/generate.ts'))),
  };
  return campaign(
    { from: 1, to: seeds, kept: [] },
    {
      hands: [handHere<Job, Outcome>((job) => play(simulator, { ...job, size: 'tiny' }))],
      matrix: matrixCells(),
      expected: { ...EXPECTED, requireCoverage: false },
      canary: () => canaryRun(flaw?.name),
    },
  );
}

function differenceOf(sound: CampaignResult, flawed: CampaignResult, { noticed }: Flaw): string | undefined {
  if ('void' in noticed)
    return flawed.voids.find((why) => why.startsWith(noticed.void) && !sound.voids.includes(why));
  if ('verdict' in noticed)
    return flawed.failures.find(({ kind }) => kind === noticed.verdict) ? noticed.verdict : undefined;
  if ('uncovered' in noticed) return uncovered(sound, flawed, noticed.uncovered);
  return undefined;
}

/** The cells of one fault that only the sound simulator hits. */
function uncovered(sound: CampaignResult, flawed: CampaignResult, fault: FaultName): string | undefined {
  const hit = new Set(
    flawed.coverage.cells.filter(({ hits }) => hits > 0).map((cell) => `${cell.fault} × ${cell.state}`),
  );
  const lost = sound.coverage.cells.filter(
    (cell) => cell.fault === fault && cell.hits > 0 && !hit.has(`${cell.fault} × ${cell.state}`),
  );
  if (lost.length === 0) return undefined;
  return `${lost.length} cells are never hit: ${lost.map((cell) => `${fault} × ${cell.state}`).join(', ')}`;
}
