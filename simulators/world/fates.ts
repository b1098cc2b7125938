import type { Block } from '../../platform/runtime/block.ts';
import type { FaultOf, FaultPlan, Planned } from './fault-plan.ts';
import type { Names } from './names.ts';
import type { Fate } from './platform-node.ts';

type CommitFault = FaultOf<'PLT-CRASH' | 'DSK-TORN' | 'DSK-FULL' | 'DSK-ERROR' | 'DSK-CORRUPT'>;

/** What the scenario has in store for each commit: found by the orders that its records are about. */
export function createFates(
  plan: FaultPlan,
  names: Names,
  columnOf: (order: string) => string,
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
    const column = columnOf(fault.order);
    const { forMs } = fault;
    // Counted only where there is something to damage.
    if (fault.fault === 'DSK-CORRUPT') corrupt(() => plan.hit(index, [column]));
    else plan.hit(index, [column]);
    switch (fault.fault) {
      case 'DSK-FULL':
        return { kind: 'refused', keeps: false, forMs };
      case 'DSK-ERROR':
        return { kind: 'refused', keeps: fault.written, forMs };
      case 'DSK-TORN':
        return { kind: 'crash', when: 'now', keeps: false, forMs, again: false };
      case 'DSK-CORRUPT':
        return { kind: 'crash', when: 'afterWrite', keeps: true, forMs, again: false };
      case 'PLT-CRASH': {
        const again = fault.again === true;
        if (fault.point === 'beforeAppend') return { kind: 'crash', when: 'now', keeps: false, forMs, again };
        const when =
          fault.point === 'afterAppend'
            ? 'afterWrite'
            : fault.point === 'midRelease'
              ? 'midRelease'
              : 'afterRelease';
        return { kind: 'crash', when, keeps: true, forMs, again };
      }
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
