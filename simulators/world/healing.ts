import { MINUTE } from '../../contracts/time.ts';
import { findOrder } from '../../platform/core/state.ts';
import type { Observer } from '../checker/observation.ts';
import type { Chronicle } from './chronicle.ts';
import type { FaultPlan } from './fault-plan.ts';
import { outletOf } from './names.ts';
import type { Network } from './network.ts';
import type { People } from './people.ts';
import type { PlatformNode } from './platform-node.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface HealingOptions {
  time: VirtualTime;
  plan: FaultPlan;
  observer: Observer;
  chronicle: Chronicle;
  platform: PlatformNode;
  network: Network;
  people: People;
}

/** So many living outlets are asked for one more payment after the healing. */
const PROBES = 3;
/** Whatever was mended at the last moment needs a moment to connect again, ms. */
const CONNECTS = 2 * MINUTE;

/** From here on nothing new goes wrong. The outlets that must work, of so many stations, are asked for one more payment. */
export function heal(options: HealingOptions, stations: number): void {
  const { time, plan, observer, chronicle, platform, network, people } = options;
  plan.end();
  const line = network.lineOf('carrier');
  const carrierLives = network.carrier.place.alive && line.isOpen('up') && line.isOpen('down');
  const core: number[] = [];
  for (let i = 1; carrierLives && i <= stations; i++) if (!network.dead.has(i)) core.push(i);
  chronicle.note(() => ({ lane: 'world', what: 'healed' }));
  observer.healed(time.now(), core.map(outletOf), goneOf(network));
  people.desk.heal(core.length > 0 ? core : aliveStations(network, stations));
  const probe = () => {
    if (!platform.up) return void time.after(CONNECTS, probe);
    for (const station of core.slice(0, PROBES))
      people.begin({
        name: `probe.${station}`,
        at: '',
        station,
        do: 'topup',
        account: `1380800${String(1_000 + station)}`,
        fen: 1_000,
        again: true,
      });
  };
  time.after(CONNECTS, probe);
}

/** Only the utility: where the carrier is gone nobody must work. */
const goneOf = ({ utility }: Network) => (utility && !utility.place.alive ? [utility.place.name] : []);

/** Where a card may be brought to, also where the carrier is gone. */
function aliveStations(network: Network, stations: number): number[] {
  return Array.from({ length: stations }, (_, i) => i + 1).filter((station) => !network.dead.has(station));
}

type EndingOptions = Pick<HealingOptions, 'time' | 'platform' | 'people'>;

/** Looked at once a minute: everything has ended, but for what only a person could end and nobody will. */
export function everythingEnded(options: EndingOptions): () => boolean {
  const { time } = options;
  let ended = false;
  const look = () => {
    ended = hasEnded(options);
    time.after(MINUTE, look);
  };
  time.after(5 * MINUTE, look);
  return () => ended;
}

function hasEnded({ platform, people }: EndingOptions): boolean {
  if (!platform.up || !platform.idle()) return false;
  for (const id of platform.state.live) {
    const order = findOrder(platform.state, id);
    if (order && !(order.state === 'manual' && !people.administrator.maySettle(id))) return false;
  }
  return people.settled() || platform.state.live.size > 0;
}
