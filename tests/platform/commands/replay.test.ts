import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../platform/commands/options.ts';
import { replay } from '../../../platform/commands/replay.ts';
import { simulator } from '../../../platform/commands/simulate/simulator.ts';
import { simulate } from '../../../platform/commands/simulate.ts';
import { broken, resultOf, scenarioOf } from '../../simulators/campaign/stand-ins.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const file = join(folder, 'scenario.json');
writeFileSync(file, JSON.stringify(scenarioOf(1)));
const absent = join(folder, 'absent.json');

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

const usage = (run: () => unknown, text: string) => {
  expect(run).toThrow(UsageError);
  expect(run).toThrow(text);
};

describe('yizhan replay', () => {
  it('--until tells what failed before that moment, with the failure’s own exit code', () => {
    const violation = broken('S7');
    const run = vi.spyOn(simulator, 'runScenario');
    run.mockImplementation((s) => resultOf(s, { violation }));
    expect(replay([file, '--until', '09:00'])).toBe(129);
    expect(said.join('\n')).toContain('FAIL S7');
    run.mockImplementation((s) => resultOf(s, { crash: 'Error: no' }));
    expect(replay([file, '--until', '09:00'])).toBe(127);
    run.mockImplementation((s) => resultOf(s));
    expect(replay([file, '--until', '09:00'])).toBe(0);
  });

  it('a report that can not be written is refused before anything is run', () => {
    const run = vi.spyOn(simulator, 'runScenario');
    usage(() => replay([file, '--report', join(file, 'there')]), `--report ${join(file, 'there')}`);
    expect(run).not.toHaveBeenCalled();
  });

  it('a report that fails while it is written takes no verdict away', () => {
    vi.spyOn(simulator, 'runScenario').mockImplementation((s) => {
      // Somebody makes a folder where the report's file should go.
      mkdirSync(join(folder, 'report', 'report.html'), { recursive: true });
      return resultOf(s, { violation: broken('S7') });
    });
    expect(replay([file, '--report', join(folder, 'report')])).toBe(129);
    expect(said.join('\n')).toContain('FAIL S7');
  });

  it('refuses what it would ignore, and a file that is not there', () => {
    usage(() => replay([file, '--until', '09:00', '--real']), '--until and --real exclude each other');
    usage(() => replay([absent]), `${absent}: there is no such file`);
    usage(() => simulate(['--shrink', absent]), `${absent}: there is no such file`);
  });
});
