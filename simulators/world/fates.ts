import type { Block } from '../../platform/runtime/block.ts';
import type { FaultOf, FaultPlan, Planned } from './fault-plan.ts';
import type { Names } from './names.ts';

/** What becomes of a block: as the scenario says, at the world's time. */
export type Fate =
  | { kind: 'written' }
  /** The process dies, so long (ms) until it is started again; only `beforeWrite` is the block not on the disk. */
  | {
      kind: 'crash';
      when: 'beforeWrite' | 'afterWrite' | 'midRelease' | 'afterRelease';
      forMs: number;
      again: boolean;
    }
  /** The disk refuses: the process ends by itself. `keeps`: the block is on the disk all the same. */
  | { kind: 'refused'; keeps: boolean; forMs: number };

type CommitFault = FaultOf<'PLT-CRASH' | 'DSK-TORN' | 'DSK-FULL' | 'DSK-ERROR' | 'DSK-CORRUPT'>;

/** What the scenario has in store for each commit: found by the orders that its records are about. */
export function createFates(
  plan: FaultPlan,
  names: Names,
  /** Where the order stands; at the day cut all that are alive. */
  columnsOf: (order: string) => readonly string[],
  corrupt: (damaged: () => void) => void,
  begun: () => boolean,
): (block: Block) => Fate {
  const seen = new Map<number, number>();

  function isAbout(block: Block, order: string): boolean {
    if (order === 'cut') return block.body.includes('"type":"dayOpened"');
    const id = names.idOf(order);
    return id !== undefined && block.body.includes(id);
  }

  function fateBy({ index, fault }: Planned<CommitFault>): Fate {
    const columns = columnsOf(fault.order);
    const { forMs } = fault;
    // Counted only where there is something to damage.
    if (fault.fault === 'DSK-CORRUPT') corrupt(() => plan.hit(index, columns));
    else plan.hit(index, columns);
    switch (fault.fault) {
      case 'DSK-FULL':
        return { kind: 'refused', keeps: false, forMs };
      case 'DSK-ERROR':
        return { kind: 'refused', keeps: fault.written, forMs };
      case 'DSK-TORN':
        return { kind: 'crash', when: 'beforeWrite', forMs, again: false };
      case 'DSK-CORRUPT':
        return { kind: 'crash', when: 'afterWrite', forMs, again: false };
      case 'PLT-CRASH':
        return { kind: 'crash', when: WHEN[fault.point], forMs, again: fault.again === true };
    }
  }

  const all = plan.all('PLT-CRASH', 'DSK-TORN', 'DSK-FULL', 'DSK-ERROR', 'DSK-CORRUPT');
  return (block) => {
    if (all.length > 0 && plan.isOn() && begun()) {
      let due: Planned<CommitFault> | undefined;
      for (const planned of all) {
        const { index, fault } = planned;
        if (plan.hasHit(index) || !isAbout(block, fault.order)) continue;
        const nth = (seen.get(index) ?? 0) + 1;
        seen.set(index, nth);
        // Every fault counts every commit; of two for the same one the first in the list happens.
        if (nth === (fault.nth ?? 1)) due ??= planned;
      }
      if (due) return fateBy(due);
    }
    return { kind: 'written' };
  };
}

const WHEN = {
  beforeAppend: 'beforeWrite',
  afterAppend: 'afterWrite',
  midRelease: 'midRelease',
  afterRelease: 'afterRelease',
} as const;
