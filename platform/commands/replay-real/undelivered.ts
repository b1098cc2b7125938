import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import type { Fault } from '../../../simulators/world/faults.ts';
import { KICKS } from './timed-faults.ts';

/** The faults that hit nothing, each with the reason as far as it is known. */
export function notPlayed(faults: readonly Fault[], plan: FaultPlan): string[] {
  return faults.flatMap((fault, index) => {
    if (!plan.hasHit(index)) return [`${index} ${fault.fault}: ${reason(fault)}`];
    if (fault.fault !== 'BRK-KICK' || fault.times <= KICKS) return [];
    return [
      `${index} ${fault.fault}: only ${KICKS} of ${fault.times} times, for the place waits longer each time, in real time`,
    ];
  });
}

function reason(fault: Fault): string {
  switch (fault.fault) {
    case 'NET-DUP':
      return fault.message === 'http.reply'
        ? 'a reply over HTTP comes once, as its connection does'
        : `no such ${fault.message} about order ${fault.order}`;
    case 'NET-DROP':
    case 'NET-DELAY':
    case 'NET-RESET':
    case 'CAR-WRONG':
      return `no such ${fault.message} about order ${fault.order}`;
    case 'CAR-DUP-CB':
      return `the carrier told no result of order ${fault.order}`;
    case 'CAR-FLIP':
      return `the carrier never said how order ${fault.order} ended, or changed its mind too late`;
    case 'CAR-DENIES':
      return 'here the carrier’s inquiry always finds what the carrier has';
    case 'PRN-PAPER':
    case 'PRN-UNKNOWN':
    case 'PRN-UNPLUG':
    case 'DRV-CRASH':
      return `no such sheet of order ${fault.order} was printed, or it had fewer lines`;
    case 'PLT-CRASH':
    case 'DSK-TORN':
    case 'DSK-FULL':
    case 'DSK-CORRUPT':
    case 'DSK-ERROR':
      return `there were fewer commits about ${fault.order}: here several records may share one`;
    case 'KSK-CRASH':
    case 'KSK-DOUBLE':
    case 'CUT-RACE':
      return `order ${fault.order} was never sent`;
    default:
      return 'its time did not come, or nothing was there that it could hit';
  }
}
