/**
 * The fewest items with which it still fails: takes halves away, then quarters, at last one by one, until nothing more can
 * go. `fails` is asked about what would be left, in its order. Its answer for all items is taken to be yes.
 */
export function fewest<T>(
  items: readonly T[],
  fails: (kept: readonly T[]) => boolean,
  stopped: () => boolean = () => false,
): readonly T[] {
  let kept = items;
  if (kept.length === 0 || stopped()) return kept;
  if (fails([])) return [];
  for (let size = Math.ceil(kept.length / 2); size >= 1; ) {
    let removed = false;
    for (let from = 0; from < kept.length; ) {
      if (stopped()) return kept;
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      // An empty rest was tried at the beginning.
      if (rest.length > 0 && fails(rest)) {
        kept = rest;
        removed = true;
      } else from += size;
    }
    // What could not go may be able to, now that others have gone.
    if (size === 1 && !removed) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return kept;
}
