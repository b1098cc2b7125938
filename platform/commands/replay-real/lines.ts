/** To the platform, or away from it. */
export type Way = 'up' | 'down';

/** The lines between the platform and the places: what is said on one may be lost or held back for a while. */
export interface Lines {
  /** Carries `act` over the place's line: now, later, or never. */
  carry(place: string, way: Way, act: () => void): void;
  isOpen(place: string, way: Way): boolean;
  /** From now on what goes this way is lost, or is held until the line is whole again. */
  cut(place: string, ways: readonly Way[], how: 'lose' | 'hold'): void;
  mend(place: string): void;
}

/** @param place of a device's line, the outlet's: everything of a station goes over one */
export function createLines(): Lines {
  const broken = new Map<string, { how: 'lose' | 'hold'; held: (() => void)[] }>();
  const keyOf = (place: string, way: Way) => `${place} ${way}`;
  return {
    carry(place, way, act) {
      const line = broken.get(keyOf(place, way));
      if (!line) act();
      else if (line.how === 'hold') line.held.push(act);
    },
    isOpen: (place, way) => !broken.has(keyOf(place, way)),
    cut(place, ways, how) {
      for (const way of ways) {
        const key = keyOf(place, way);
        if (!broken.has(key)) broken.set(key, { how, held: [] });
      }
    },
    mend(place) {
      for (const way of ['up', 'down'] as const) {
        const line = broken.get(keyOf(place, way));
        broken.delete(keyOf(place, way));
        for (const act of line?.held ?? []) act();
      }
    },
  };
}
