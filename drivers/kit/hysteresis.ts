/** Whether a device works: one bad answer is no failure, and one good one no recovery. */
export interface Hysteresis {
  isUp(): boolean;
  /** A proof that it works. Answers whether that changed {@link isUp}. */
  good(): boolean;
  /** A sign that it does not. Answers whether that changed {@link isUp}. */
  bad(): boolean;
  /** It is down for certain, as after a lost line; recovery has to be proven anew. */
  reset(): void;
}

/**
 * Begins down: nothing is proven yet.
 * @param limits.down so many bad signs without a good one between them are a failure
 * @param limits.up so many proofs without a bad sign between them are a recovery
 */
export function hysteresis(limits: { down: number; up: number }): Hysteresis {
  let up = false;
  /** Signs in a row against the present state. */
  let against = 0;

  const sign = (isGood: boolean, limit: number): boolean => {
    against = isGood === up ? 0 : against + 1;
    if (against < limit || isGood === up) return false;
    up = isGood;
    against = 0;
    return true;
  };

  return {
    isUp: () => up,
    good: () => sign(true, limits.up),
    bad: () => sign(false, limits.down),
    reset() {
      up = false;
      against = 0;
    },
  };
}
