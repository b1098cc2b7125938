import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { handOver } from '../../../platform/commands/simulate/failures.ts';
import { simulator } from '../../../platform/commands/simulate/simulator.ts';
import { campaign } from '../../../simulators/campaign/campaign.ts';
import type { Plan } from '../../../simulators/campaign/campaign-plan.ts';
import { handHere } from '../../../simulators/campaign/pool.ts';
import type { Job } from '../../../simulators/campaign/worker-job.ts';
import { play } from '../../../simulators/campaign/worker-play.ts';
import { broken, simulatorOf } from '../../simulators/campaign/stand-ins.ts';

afterEach(() => vi.restoreAllMocks());

describe('what a campaign hands over', () => {
  it('a report that can not be written leaves the verdict line, and the seed to see it again', async () => {
    const failing = simulatorOf((s) => (s.seed === 4 ? { violation: broken('S7') } : {}));
    vi.spyOn(simulator, 'runScenario').mockImplementation(failing.runScenario);
    vi.spyOn(simulator, 'generate').mockImplementation(failing.generate);
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const plan: Plan = { from: 1, to: 5, kept: [], size: 'tiny' };
    const result = await campaign(plan, {
      hands: [handHere((job: Job) => play(failing, job))],
      matrix: [{ fault: 'NET-DROP', state: 'sent' }],
      expected: { invariants: [], probes: [], comparisons: [], requireCoverage: false },
    });
    const file = join(mkdtempSync(join(tmpdir(), 'reports-')), 'file');
    writeFileSync(file, '');
    const quiet = { clear: () => {} };
    const told = { config: '', wallSeconds: 1 };
    const [handed] = handOver(result, plan, { report: file }, told, () => {}, quiet);
    expect(handed?.line).toContain('FAIL S7');
    expect(handed?.replay).toBe('npx yizhan simulate --seed 4');
    expect(error).toHaveBeenCalledWith(expect.stringContaining('could not be written'));
  });
});
