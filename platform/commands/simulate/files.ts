import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { scenarioIn } from '../../../simulators/campaign/regressions.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { UsageError } from '../options.ts';

/** The scenario in the file that was named. Throws a UsageError where there is no such file, an Error where it is no scenario. */
export function scenarioNamed(file: string): Scenario {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${file}: there is no such file; give the path of a scenario as JSON`);
  return scenarioIn(file);
}

/** Makes the folder of the reports, before anything is run for them. Throws a UsageError where nothing can be written there. */
export function readyFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UsageError(
      `--report ${folder}: nothing can be written there (${(error as Error).message}); name a folder that can be made`,
    );
  }
}

/** Whether the reports were written. A disk that is full takes no verdict away: what is in the way is said on standard error. */
export function wasWritten(write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    console.error(`the report could not be written: ${(error as Error).message}`);
    return false;
  }
}
