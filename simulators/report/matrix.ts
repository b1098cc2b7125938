import { matrixCells } from '../world/fault-catalogue.ts';
import { MATRIX_STATES } from '../world/fault-states.ts';
import type { MatrixCell, ReportInput } from './input.ts';

export interface Matrix {
  faults: string[];
  states: string[];
  /** By fault, then by state; none: it was never hit. */
  cell(fault: string, state: string): MatrixCell | undefined;
  /** The largest number of hits, at least 1. */
  most: number;
  /** `campaign`, or only what this one run's faults hit. */
  of: 'campaign' | 'run';
}

/**
 * Faults against the states of the orders they hit: the campaign's where there is one, with every cell that it should have
 * hit or never can; else this run's receipts.
 */
export function matrixOf({
  campaign,
  result,
  scenario,
}: Pick<ReportInput, 'campaign' | 'result' | 'scenario'>): Matrix {
  const cells = new Map<string, MatrixCell>();
  const add = (cell: MatrixCell) => cells.set(`${cell.fault} ${cell.state}`, cell);
  if (campaign) {
    for (const { fault, state, infeasible } of matrixCells())
      add({ fault, state, hits: 0, ...(infeasible === undefined ? {} : { infeasible }) });
    for (const cell of campaign.cells) add({ ...cells.get(`${cell.fault} ${cell.state}`), ...cell });
  } else
    for (const { fault, states } of result.receipts)
      for (const state of states) {
        const known = cells.get(`${fault} ${state}`);
        add({ fault, state, hits: (known?.hits ?? 0) + 1 });
      }
  const listed = campaign ? [] : scenario.faults.map(({ fault }) => fault as string);
  const faults = new Set(listed);
  const states = new Set<string>(MATRIX_STATES);
  let most = 1;
  for (const { fault, state, hits } of cells.values()) {
    faults.add(fault);
    states.add(state);
    most = Math.max(most, hits);
  }
  return {
    faults: campaign ? [...faults] : [...faults].sort(),
    states: [...states],
    cell: (fault, state) => cells.get(`${fault} ${state}`),
    most,
    of: campaign ? 'campaign' : 'run',
  };
}
