import { createHistograms, type Histogram } from './coverage-histograms.ts';
import type { Outcome } from './worker-job.ts';

/** Every cell of the matrix fault × state, with the reason where it can never be hit: `matrixCells()` of the real ones. */
export type Matrix = readonly { fault: string; state: string; infeasible?: string }[];

export interface Cell {
  fault: string;
  state: string;
  hits: number;
  /** The first seed that hit it, to look at; or the kept scenario that did before any seed. */
  firstSeed?: number;
  firstKept?: string;
  /** Why it can never be hit. */
  infeasible?: string;
}

/** What a campaign has really exercised. */
export interface Coverage {
  /** All of the matrix, hit or not. */
  cells: Cell[];
  /** Cells that can be hit, and those of them that were. */
  feasible: number;
  covered: number;
  /** Feasible cells that nothing hit: `NET-DROP × manual`. */
  missing: string[];
  /** Cells that are declared impossible, and what share of all they are, 0 to 1. */
  infeasible: number;
  infeasibleShare: number;
  probes: { [name: string]: number };
  /** How often each invariant had something to check. */
  checked: { [invariant: string]: number };
  /** How often each comparison with another run was made. */
  compared: { [name: string]: number };
  flows: { [flow: string]: number };
  histograms: Histogram[];
}

export interface Counting {
  add(outcome: Outcome): void;
  result(): Coverage;
}

/** Counts outcomes; they come in the order of the seeds, so «first» means the same whatever the workers' timing. */
export function createCoverage(matrix: Matrix): Counting {
  const cells = new Map(matrix.map((cell): [string, Cell] => [nameOf(cell), { ...cell, hits: 0 }]));
  const probes: Coverage['probes'] = {};
  const checked: Coverage['checked'] = {};
  const compared: Coverage['compared'] = {};
  const flows: Coverage['flows'] = {};
  const histograms = createHistograms();

  return {
    add(outcome) {
      for (const [fault, state, hits] of outcome.hits) {
        const cell = cells.get(nameOf({ fault, state })) ?? { fault, state, hits: 0, infeasible: UNDECLARED };
        cells.set(nameOf(cell), cell);
        cell.hits += hits;
        if (outcome.kept === undefined) cell.firstSeed ??= outcome.seed;
        else cell.firstKept ??= outcome.kept;
      }
      addTo(probes, outcome.probes);
      addTo(checked, outcome.checked);
      addTo(flows, outcome.shape.flows);
      for (const [name, { checked: times }] of Object.entries(outcome.cross))
        addTo(compared, { [name]: times });
      // Kept scenarios are few and chosen by hand; the histograms watch what is made.
      if (outcome.kept === undefined && !outcome.lost) histograms.add(outcome);
    },
    result() {
      const feasible = [...cells.values()].filter(({ infeasible }) => infeasible === undefined);
      const missing = feasible.filter(({ hits }) => hits === 0);
      const infeasible = cells.size - feasible.length;
      return {
        cells: [...cells.values()],
        feasible: feasible.length,
        covered: feasible.length - missing.length,
        missing: missing.map(nameOf),
        infeasible,
        infeasibleShare: cells.size === 0 ? 0 : infeasible / cells.size,
        probes,
        checked,
        compared,
        flows,
        histograms: histograms.result(),
      };
    },
  };
}

const UNDECLARED = 'the catalogue knows no such fault or state';
const nameOf = ({ fault, state }: { fault: string; state: string }) => `${fault} × ${state}`;

function addTo(sums: { [name: string]: number }, more: { [name: string]: number }): void {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count;
}

/** The first cell that a run hit though it is declared impossible: either the declaration is wrong, or the platform. */
export function impossibleHit(
  matrix: Matrix,
  hits: Outcome['hits'],
): { cell: string; reason: string } | undefined {
  for (const [fault, state] of hits) {
    const cell = matrix.find((each) => each.fault === fault && each.state === state);
    const reason = cell ? cell.infeasible : UNDECLARED;
    if (reason !== undefined) return { cell: nameOf({ fault, state }), reason };
  }
  return undefined;
}
