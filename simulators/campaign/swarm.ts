import { FAULT_NAMES } from '../world/fault-catalogue.ts';
import { isOfCard } from '../world/fault-states.ts';
import type { FaultName } from '../world/faults.ts';
import { HEALERS, type Healer } from '../world/scenario.ts';
import type { Draws } from './generate-draws.ts';

/**
 * What may go wrong in one seed's world. Every kind of fault is absent from half of the seeds and every healer from some: where
 * all are always there, one hides what another would show. A small world has what it aims at besides.
 */
export interface Swarm {
  kinds: readonly FaultName[];
  without: Healer[];
  /** The share of lasting faults that stay for ever. */
  ever: number;
  /** Faults gather around one order of the seed, which is where two of them meet. */
  gather: boolean;
  /** Only a counter is hit, and for at most so many ms. */
  localMs?: number;
}

/** Nothing can go on after these until a person comes: they must not hide the rest. */
const ENDING: readonly FaultName[] = ['DSK-CORRUPT'];

/** `only`: the kinds that somebody asked for, all present then. */
export function swarmOf(draws: Draws, only?: readonly FaultName[]): Swarm {
  const share = (name: FaultName) => (ENDING.includes(name) ? 1 / 5 : 1 / 2);
  return {
    kinds: (only ?? FAULT_NAMES)
      .filter((name) => !isOfCard(name))
      .filter((name) => only !== undefined || draws.happens(`swarm ${name}`, share(name))),
    without: HEALERS.filter((healer) => draws.happens(`without ${healer}`, 1 / 4)),
    ever: draws.rate('ever', 0.7),
    gather: draws.happens('gather', 0.6),
  };
}
