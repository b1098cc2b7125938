import type { Static } from 'typebox';
import { describe, expect, it } from 'vitest';
import { FAULT_CATALOGUE, FAULT_NAMES, matrixCells } from '../../../simulators/world/fault-catalogue.ts';
import type { FAULT_MEMBERS } from '../../../simulators/world/fault-members.ts';
import { CARD_STATES, isOfCard, MATRIX_STATES } from '../../../simulators/world/fault-states.ts';
import type { Fault, FaultName } from '../../../simulators/world/faults.ts';
import { FAULTS_ABSENT } from '../../../simulators/world/faults-absent.ts';

/** The members of a fault as its schema has them are those of its type, both ways. */
type OfType<N extends FaultName> = Omit<Extract<Fault, { fault: N }>, 'fault'>;
type OfSchema<N extends FaultName> = Static<(typeof FAULT_MEMBERS)[N]>;
type Differs = {
  [N in FaultName]: Extract<Fault, { fault: N }> extends never
    ? never // Several names share one member list: their schemas are covered by the reader's tests.
    : [OfType<N>, OfSchema<N>] extends [OfSchema<N>, OfType<N>]
      ? never
      : N;
}[FaultName];
const agree: Differs[] = [];

describe('the fault catalogue', () => {
  it('schemas have the members that the types have', () => {
    expect(agree).toEqual([]);
  });

  it('has a sentence in both languages for every fault', () => {
    expect(FAULT_NAMES.length).toBeGreaterThanOrEqual(35);
    for (const name of FAULT_NAMES) {
      expect(FAULT_CATALOGUE[name].zh).toMatch(/[一-龥]/);
      expect(FAULT_CATALOGUE[name].en).toMatch(/^[A-Z]/);
    }
    expect(new Set(FAULT_NAMES.map((name) => FAULT_CATALOGUE[name].en)).size).toBe(FAULT_NAMES.length);
  });

  it('some may last for ever, and those are the ones whose length may be «ever»', () => {
    expect(FAULT_NAMES.filter((name) => FAULT_CATALOGUE[name].ever)).toEqual([
      'CAR-CRASH',
      'CARD-PULL',
      'CARD-SWAP',
      'RDR-CRASH',
      'RDR-UNPLUG',
      'UTL-CRASH',
      'PRN-PAPER',
      'PRN-UNPLUG',
      'DRV-CRASH',
      'KSK-CRASH',
      'NET-CLOG',
      'NET-PART',
    ]);
  });

  it('every cell of the matrix is to be reached, or has a reason; every fault reaches one, and no state is out of reach', () => {
    const cells = matrixCells();
    const ofCards = FAULT_NAMES.filter(isOfCard).length;
    expect(ofCards).toBe(13);
    expect(cells).toHaveLength(
      (FAULT_NAMES.length - ofCards) * MATRIX_STATES.length + ofCards * CARD_STATES.length,
    );
    for (const cell of cells)
      if (cell.infeasible !== undefined) expect(cell.infeasible.length).toBeGreaterThan(20);
    const feasible = cells.filter(({ infeasible }) => infeasible === undefined);
    expect(new Set(feasible.map(({ fault }) => fault)).size).toBe(FAULT_NAMES.length);
    expect(new Set(feasible.map(({ state }) => state)).size).toBe(MATRIX_STATES.length + CARD_STATES.length);
  });

  it('what is not simulated says why, and is no fault of a scenario', () => {
    for (const { name, why, zh, en } of FAULTS_ABSENT) {
      expect(FAULT_NAMES).not.toContain(name);
      expect([zh, en, why].every((text) => text.length > 1)).toBe(true);
    }
  });
});
