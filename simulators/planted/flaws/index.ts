import { alwaysHeals } from './always-heals.ts';
import { amountsAreAllAlike } from './amounts-are-all-alike.ts';
import { chanceIsNotKeyed } from './chance-is-not-keyed.ts';
import { checkerSaysNothing } from './checker-says-nothing.ts';
import { crashesOnlyWhenIdle } from './crashes-only-when-idle.ts';
import { diskNeverTurnsABit } from './disk-never-turns-a-bit.ts';
import { endIsNotTold } from './end-is-not-told.ts';
import { faultsOfOneKindAreLost } from './faults-of-one-kind-are-lost.ts';
import type { Flaw } from './flaw.ts';
import { healingIsNotTold } from './healing-is-not-told.ts';
import { invariantNeverCalled } from './invariant-never-called.ts';
import { memorySurvivesTheCrash } from './memory-survives-the-crash.ts';
import { neverDuplicates } from './never-duplicates.ts';
import { noFaultIsDelivered } from './no-fault-is-delivered.ts';
import { paperIsNotShown } from './paper-is-not-shown.ts';

/** Every planted flaw of the simulator itself. */
export const FLAWS: readonly Flaw[] = [
  neverDuplicates,
  faultsOfOneKindAreLost,
  noFaultIsDelivered,
  crashesOnlyWhenIdle,
  alwaysHeals,
  checkerSaysNothing,
  invariantNeverCalled,
  healingIsNotTold,
  endIsNotTold,
  paperIsNotShown,
  diskNeverTurnsABit,
  memorySurvivesTheCrash,
  amountsAreAllAlike,
  chanceIsNotKeyed,
];
