import { CONDUCTS, type Conduct } from '../counterparts/carrier/conduct.ts';
import type { FaultOf } from './fault-plan.ts';

/** The faults that are a conduct of the carrier with one order. */
export const CONDUCT_FAULTS = [
  'CAR-TIMEOUT-CHARGED',
  'CAR-TIMEOUT-NOT',
  'CAR-LOST-REPLY',
  'CAR-PROC-FOREVER',
  'CAR-DOWN',
  'CAR-LATE-OK',
  'CAR-LATE-FAIL',
] as const;

/** How the carrier behaves where this fault hits. */
export function conductBy(fault: FaultOf<(typeof CONDUCT_FAULTS)[number]>): Conduct {
  switch (fault.fault) {
    case 'CAR-TIMEOUT-CHARGED':
      return CONDUCTS.timeoutCharged;
    case 'CAR-TIMEOUT-NOT':
      return CONDUCTS.timeoutNotCharged;
    case 'CAR-LOST-REPLY':
      return CONDUCTS.lostReply;
    case 'CAR-PROC-FOREVER':
      return CONDUCTS.processingForEver;
    case 'CAR-DOWN':
      return CONDUCTS.down;
    case 'CAR-LATE-OK':
      return { upstream: 'charge', ...late(fault) };
    case 'CAR-LATE-FAIL':
      return { upstream: 'decline', code: 'counterpart.declined', ...late(fault) };
  }
}

const late = ({ afterMs, told }: FaultOf<'CAR-LATE-OK' | 'CAR-LATE-FAIL'>) =>
  ({ delayMs: afterMs, processing: true, tell: told ? 'result' : 'nothing' }) as const;
