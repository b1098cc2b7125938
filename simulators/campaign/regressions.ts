import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readScenario } from '../world/read-scenario.ts';
import type { Kept } from './campaign-plan.ts';

/** Kept scenarios, beside the campaign in the sources as in what is compiled. Failures that were once found come first. */
const FOLDERS = ['regressions', 'golden'] as const;

/**
 * Every scenario that is kept: each was a bug once, or tells a story that must go on being true. They are run before any
 * seed. Throws where a file is not a scenario, and names it.
 */
export function keptScenarios(): Kept[] {
  return FOLDERS.flatMap((folder) => {
    const path = fileURLToPath(new URL(`../${folder}/`, import.meta.url));
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => ({ name: `${folder}/${file.slice(0, -5)}`, scenario: scenarioIn(`${path}${file}`) }));
  });
}

/** The kept scenario of this name: `golden/success`. Throws where there is none. */
export const keptScenario = (name: string): ReturnType<typeof readScenario> =>
  scenarioIn(fileURLToPath(new URL(`../${name}.json`, import.meta.url)));

/** The scenario in a file. Throws where there is none, or it is none; the error names the file and what to correct. */
export function scenarioIn(file: string): ReturnType<typeof readScenario> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}; give the path of a scenario as JSON`);
  }
  try {
    return readScenario(value);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
