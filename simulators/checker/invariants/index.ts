import type { Invariant } from '../invariant.ts';
import { l1 } from './l1-all-end.ts';
import { l2 } from './l2-told.ts';
import { l3 } from './l3-bounded-effort.ts';
import { l5 } from './l5-back-online.ts';
import { l6 } from './l6-day-cut.ts';
import { l7 } from './l7-restart.ts';
import { l8 } from './l8-others.ts';
import { l9 } from './l9-cards-work.ts';
import { n3 } from './n3-naive-bank.ts';
import { s1 } from './s1-transfers.ts';
import { s2 } from './s2-conservation.ts';
import { s3 } from './s3-holds.ts';
import { s4 } from './s4-holds-explained.ts';
import { s5 } from './s5-once-outside.ts';
import { s6 } from './s6-written-ahead.ts';
import { s7 } from './s7-evidence.ts';
import { s8 } from './s8-final.ts';
import { s9 } from './s9-once.ts';
import { s11 } from './s11-recovery.ts';
import { s12 } from './s12-card.ts';
import { s13 } from './s13-receipts.ts';
import { s14 } from './s14-business-day.ts';
import { s16 } from './s16-credit-floor.ts';
import { s17 } from './s17-voids.ts';
import { s18 } from './s18-audit.ts';
import { s19 } from './s19-isolation.ts';
import { s20 } from './s20-meters.ts';
import { s21 } from './s21-seals.ts';

/**
 * Every rule; a new one is one file and one line here. Only the first violation is kept, so where two see the same mistake,
 * the one that names it better stands first; the rest goes by id.
 */
export const INVARIANTS: readonly Invariant[] = [
  s11,
  s12,
  s8,
  s19,
  s1,
  s2,
  s3,
  s4,
  s5,
  s6,
  s7,
  s9,
  s13,
  s14,
  s16,
  s17,
  s18,
  s20,
  s21,
  n3,
  l1,
  l2,
  l3,
  l5,
  l6,
  l7,
  l8,
  l9,
];
