import type { Patch } from './bug.ts';

/**
 * The text of a compiled module with the patches of one bug. Throws an error that names the bug, the file and the text where
 * a patch does not apply exactly once: the code has moved on, and the bug must follow it.
 */
export function patched(bug: string, patches: readonly Patch[], source: string): string {
  let text = source;
  for (const { file, find, replace } of patches) {
    const places = [...text.matchAll(patternOf(find))];
    const [place] = places;
    if (!place || places.length > 1)
      throw new Error(
        `planted bug ${bug}: this patch no longer applies to ${file}.js: ${JSON.stringify(find)} stands there ${places.length} times, it must stand there once. Adapt simulators/planted/bugs/${bug}.ts to the code`,
      );
    text = text.slice(0, place.index) + replace + text.slice(place.index + place[0].length);
  }
  return text;
}

/** Matches the text wherever it stands, however it is broken into lines and indented. */
function patternOf(find: string): RegExp {
  const words = find.trim().split(/\s+/);
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'g');
}
