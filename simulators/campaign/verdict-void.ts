import type { Coverage } from './coverage.ts';

/** What has to be known to say that a campaign has measured something. */
export interface Measured {
  /** Kept scenarios that were run. */
  kept: number;
  /** Generated seeds; the kept scenarios are not counted. */
  seeds: number;
  /** Somebody ended it before all that was asked for had been run. */
  interrupted: boolean;
  planned: number;
  delivered: number;
  coverage: Coverage;
  /** The run that must fail: undefined where none was made. */
  canaryFailed?: boolean;
  /** Whether only some flows or faults were asked for, or one fixed size. */
  narrowed: boolean;
}

export interface Expected {
  /** Every invariant, and whether the campaign had what it needs to have something to check. */
  invariants: readonly { id: string; when(coverage: Coverage): boolean }[];
  /** Rare branches that a campaign of some size must have taken. */
  probes: readonly string[];
  /** Comparisons that a sample of the seeds must have had. */
  comparisons: readonly string[];
  requireCoverage: boolean;
}

/** From so many seeds on a rare branch or a comparison must have come by, and no property may be constant. */
export const ENOUGH_SEEDS = 1_000;

/** Why a campaign proves nothing, or less than it seems to; empty where it does. */
export function voidsOf(measured: Measured, expected: Expected): string[] {
  const { coverage, seeds, planned, delivered, narrowed } = measured;
  const voids: string[] = [];
  if (measured.kept + seeds === 0) voids.push('nothing was run: give it more time');
  if (measured.interrupted) voids.push(`it was interrupted after ${seeds} seeds: the rest was never run`);
  if (measured.canaryFailed === false)
    voids.push('the canary passed: a bug that is planted on purpose was not noticed');
  if (planned > 0 && delivered === 0) voids.push(`no fault was delivered, though ${planned} were planned`);
  const idle = expected.invariants.filter(
    ({ id, when }) => (coverage.checked[id] ?? 0) === 0 && when(coverage),
  );
  if (idle.length > 0)
    voids.push(
      `${idle.map(({ id }) => id).join(', ')} never had anything to check, though what that watches was there`,
    );
  if (seeds >= ENOUGH_SEEDS && !narrowed) {
    for (const probe of expected.probes)
      if ((coverage.probes[probe] ?? 0) === 0) voids.push(`the probe «${probe}» never fired`);
    for (const name of expected.comparisons)
      if ((coverage.compared[name] ?? 0) === 0) voids.push(`${name} was never compared`);
    if (planned === 0) voids.push('no fault was planned');
  }
  if (!narrowed)
    for (const { name, constant } of coverage.histograms)
      if (constant) voids.push(`«${name}» was the same in every scenario`);
  if (expected.requireCoverage && coverage.missing.length > 0)
    voids.push(
      `${coverage.missing.length} of ${coverage.feasible} cells were never hit: ${few(coverage.missing, 12)}`,
    );
  return voids;
}

const few = (names: readonly string[], most: number) =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')}, …`;
