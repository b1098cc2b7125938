import { findOrder } from '../../platform/core/state.ts';
import type { Observer } from '../checker/observation.ts';
import type { CarrierNode } from './carrier-node.ts';
import type { Chronicle } from './chronicle.ts';
import { AREA, type Names } from './names.ts';
import type { PlatformNode } from './platform-node.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface AdministratorOptions {
  time: VirtualTime;
  names: Names;
  observer: Observer;
  chronicle: Chronicle;
  platform: PlatformNode;
  carrier: CarrierNode;
  /** Whether anybody settles what is manual in this world. */
  isThere: boolean;
}

/** Who settles what is manual. */
export interface Administrator {
  /** Somebody has been alerted. */
  alerted(): void;
  /** Whether this manual order may still be settled. */
  maySettle(order: string): boolean;
}

/** How long an administrator takes to find out what became of a manual order, ms, and how often they look. */
const FINDS_OUT = 10 * 60_000;
const LOOKS = 3;
/** The carrier itself does not know yet: so much later somebody asks again, ms. */
const ASKS_AGAIN = 60 * 60_000;

export function createAdministrator(options: AdministratorOptions): Administrator {
  const { time, names, observer, chronicle, platform, carrier, isThere } = options;
  const looked = new Map<string, number>();

  /** Asks the carrier, and settles by what its books say. */
  function settle(): void {
    if (!isThere || !platform.up) return;
    for (const id of platform.state.live) {
      const order = findOrder(platform.state, id);
      if (order?.state !== 'manual') continue;
      const looks = (looked.get(id) ?? 0) + 1;
      if (looks > LOOKS) continue;
      looked.set(id, looks);
      const standing = carrier.standing(id);
      if (standing === 'processing') {
        time.after(ASKS_AGAIN, settle);
        continue;
      }
      const outcome = standing === 'succeeded' ? 'succeeded' : 'failed';
      observer.settledByHand(time.now(), id, outcome);
      const name = names.nameOf(id);
      chronicle.note(() => ({
        lane: 'operator',
        what: `settles: ${outcome}`,
        ...(name ? { order: name } : {}),
      }));
      platform.command(
        { kind: 'person', role: 'administrator', organisation: AREA, station: '1', operator: '0001' },
        { type: 'resolve', order: id, outcome, evidence: `carrier's books: ${standing}` },
        () => {},
      );
    }
  }

  return {
    alerted: () => void time.after(FINDS_OUT, settle),
    maySettle: (order) => isThere && (looked.get(order) ?? 0) < LOOKS,
  };
}
