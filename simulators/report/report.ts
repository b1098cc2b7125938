import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportInput } from './input.ts';
import { type JunitCampaign, junitOf } from './junit.ts';
import { pageOf } from './page.ts';
import { storyText } from './story-text.ts';
import { replayCommand, verdictLine } from './verdict-line.ts';

/**
 * Writes what a failing run hands over into a folder, which is made where it is missing: `scenario.json` (the smallest that
 * fails), `scenario.full.json`, `report.html` (one file, needs nothing else), `story.md` and `junit.xml`. Throws where the
 * folder can not be written.
 */
export function writeReport(dir: string, input: ReportInput): void {
  const replay = replayCommand(dir);
  const story = storyText(input, replay);
  mkdirSync(dir, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
  write('scenario.json', `${JSON.stringify(input.scenario, null, 2)}\n`);
  write('scenario.full.json', `${JSON.stringify(input.full, null, 2)}\n`);
  write('report.html', pageOf(input, replay));
  write('story.md', story);
  write('junit.xml', junitOf(junitOfRun(input, replay, story)));
}

/** One run as a campaign of one. */
function junitOfRun(input: ReportInput, replay: string, story: string): JunitCampaign {
  const { result, scenario, campaign, commit } = input;
  const trouble = { line: verdictLine(input), replay, story };
  const seed = input.seed ?? scenario.seed;
  const { violation } = result;
  return {
    name: campaign?.name ?? `seed ${seed}`,
    seed,
    config: campaign?.config ?? `${scenario.world.stations} stations, ${scenario.world.hours} h`,
    ...(commit === undefined ? {} : { commit }),
    replay,
    seconds: 0,
    checked: campaign?.checked ?? result.checked,
    failures: violation ? [{ invariant: violation.invariant, ...trouble }] : [],
    inconclusive: !violation && result.verdict !== 'pass' ? [trouble] : [],
    single: campaign === undefined,
  };
}
