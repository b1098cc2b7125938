import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import type { runScenario } from '../world/run.ts';
import { patchesOf } from './catalogue.ts';
import { patched } from './patch.ts';

/** The simulated world with a bug in it. */
export interface PlantedWorld {
  runScenario: typeof runScenario;
}

let registered = false;

/**
 * Loads the simulated world, and with it the whole platform, with the named bug planted (several: joined by `+`): module
 * objects of its own, beside the sound ones in the same process. Rejects where there is no such bug, a patch no longer applies, or the code that runs is
 * not the compiled one.
 */
export const importPlanted = (name: string): Promise<PlantedWorld> =>
  importEntry('simulators/world/run', name);

/** The same of any compiled module, named without its ending: `simulators/campaign/generate`. */
export async function importEntry<Module>(entry: string, name: string): Promise<Module> {
  if (!import.meta.url.endsWith('.js'))
    throw new Error('bugs are planted into the compiled code: run `npm run build` and use dist/');
  const root = new URL('../../', import.meta.url);
  // Said here already, and of all files: an error inside of a hook is hard to read.
  const patches = patchesOf(name);
  for (const file of new Set(patches.map((patch) => patch.file)))
    patched(
      name,
      patches.filter((patch) => patch.file === file),
      readFileSync(new URL(`${file}.js`, root), 'utf8'),
    );
  if (!registered) register('./hooks.js', import.meta.url);
  registered = true;
  return (await import(new URL(`${entry}.js?planted=${encodeURIComponent(name)}`, root).href)) as Module;
}
