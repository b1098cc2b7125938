import type { Patch } from './bug.ts';
import { BUGS } from './bugs/index.ts';
import { FLAWS } from './flaws/index.ts';

/**
 * The patches of the planted bug or flaw of the simulator with this name; of several at once, joined by `+`. Throws an error
 * that lists the names there are.
 */
export function patchesOf(names: string): readonly Patch[] {
  const all = [...BUGS, ...FLAWS];
  return names.split('+').flatMap((name) => {
    const known = all.find((each) => each.name === name);
    if (!known)
      throw new Error(
        `there is no planted bug «${name}»; there are ${all.map((each) => each.name).join(', ')}`,
      );
    return known.patches;
  });
}
