import { MINUTE } from '../../../contracts/time.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import type { Fault } from '../../../simulators/world/faults.ts';
import type { Watch } from './commit-watch.ts';
import { corrupt, tear, watchOfRecovery } from './death.ts';
import type { Time } from './time.ts';

/** What happens between a death of the platform and its next start. */
export interface Mourner {
  /** The commits that the next life has to fear. */
  watches(): Watch[];
  /** @param bury resolves when nothing of the dead one holds the folder any more */
  mourn(index: number | undefined, bury: () => Promise<void>, start: () => Promise<void>): void;
  busy(): boolean;
  /** From here on it dies of nothing any more. */
  calm(): void;
}

/** How long a platform that stopped by itself stays away, in ms. */
const AWAY = 5_000;
/** How long the operators take to bring a changed disk back, in ms. */
const REPAIR = 5 * MINUTE;

export function createMourner(options: {
  folder: string;
  faults: readonly Fault[];
  watches: readonly Watch[];
  plan: FaultPlan;
  time: Time;
  /** The platform's process is gone, or is about to start. */
  onDeath: () => Promise<void>;
  onBirth: () => Promise<void>;
  failed: (error: Error) => void;
}): Mourner {
  const { folder, faults, plan, time, failed } = options;
  let pending = [...options.watches];
  let working = 0;

  const work = (act: () => Promise<void>) => {
    working += 1;
    act()
      .catch(failed)
      .finally(() => {
        working -= 1;
      });
  };

  const begin = (start: () => Promise<void>) =>
    work(async () => {
      await options.onBirth();
      await start();
    });

  /** A platform that stopped by itself has met the disk's fault whose commit was counted last. */
  const causeOf = (index: number | undefined) =>
    index ?? pending.find(({ nth, seen }) => seen >= nth)?.index ?? -1;

  return {
    watches: () => pending,
    mourn(told, bury, start) {
      const index = causeOf(told);
      const fault = faults[index];
      const again = fault?.fault === 'PLT-CRASH' && fault.again === true && !plan.hasHit(index);
      if (index >= 0) plan.hit(index, []);
      pending = pending.filter((watch) => watch.index !== index);
      if (again) pending.unshift(watchOfRecovery(index));
      work(async () => {
        await options.onDeath();
        await bury();
        if (fault?.fault === 'DSK-TORN') tear(folder);
        const restore = fault?.fault === 'DSK-CORRUPT' ? await corrupt(folder) : undefined;
        const ms = fault && 'forMs' in fault && typeof fault.forMs === 'number' ? fault.forMs : AWAY;
        time.mendAfter(ms, () => {
          if (!restore) return begin(start);
          work(async () => {
            await mustRefuse(start);
            time.mendAfter(REPAIR, () => begin(() => restore().then(start)));
          });
        });
      });
    },
    busy: () => working > 0,
    calm() {
      for (const watch of pending) watch.nth = Number.POSITIVE_INFINITY;
      pending = [];
    },
  };
}

/** S18: on records that were changed it may not start. */
async function mustRefuse(start: () => Promise<void>): Promise<void> {
  const refused = await start().then(
    () => false,
    (error: Error) => /record chain is broken/.test(error.message),
  );
  if (!refused) throw new Error('the platform started on a disk that had been changed');
}
