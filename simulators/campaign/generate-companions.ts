import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { Fault, FaultName } from '../world/faults.ts';
import { instantText } from '../world/scenario-time.ts';
import { type Making, since } from './generate-fault-parts.ts';

/** Conducts after which the carrier is asked: without a question no fault can hit one. */
const ASKED: readonly (ConductName | Conduct)[] = [
  'lostReply',
  'timeoutCharged',
  'timeoutNotCharged',
  'lateSuccess',
  'lateSuccessUntold',
  'lateFailure',
  { upstream: 'decline', code: 'counterpart.declined', tell: 'nothing' },
];

/** What stays «accepted» for a while, or fails at once: for whoever presses, or is told, a second time. */
const AGAIN: readonly (ConductName | Conduct)[] = [
  'lostReply',
  'timeoutCharged',
  'noSuchAccount',
  'closedAccount',
];

/** What the victim's carrier must do for the fault to hit anything; undefined where that is not needed. */
export function conductFor({ draws, name }: Making, fault: Fault): ConductName | Conduct | undefined {
  const may = (share: number) => draws.happens(`${name} conduct`, share);
  // A commit about a failure is rare by itself.
  if (fault.fault === 'PLT-CRASH' || fault.fault.startsWith('DSK-'))
    return may(0.15) ? 'noSuchAccount' : undefined;
  if (!('message' in fault) || !may(0.7)) return undefined;
  if (fault.message.startsWith('carrier.inquire')) return draws.of(`${name} asked`, ASKED);
  if (fault.message.startsWith('http.') && (fault.nth ?? 1) > 1) return draws.of(`${name} again`, AGAIN);
  return undefined;
}

/** Too late to be accepted in time, and not too late to be begun, in ms. */
const LATE = [10_050, 14_950, 30_100, 50_000] as const;

/** Faults that bring another one about, or meet it where it is rare: of the kinds that this world has. */
export function companionsOf(making: Making, fault: Fault, kinds: readonly FaultName[]): Fault[] {
  const { draws, name, victim, span } = making;
  const rare = 'nth' in fault && (fault.nth ?? 1) > 1;
  if (victim.plan.do !== 'topup' || !draws.happens(`${name} companion`, rare ? 0.85 : 0.5)) return [];
  const has = (kind: FaultName) => kinds.includes(kind);
  const order = victim.plan.name;
  const companion: Making = { ...making, name: `${name} companion` };
  if ('message' in fault && rare) {
    // A second command, and a second reply.
    if (fault.message.startsWith('http.') && has('KSK-DOUBLE') && draws.happens(`${name} press`, 0.6))
      return [{ fault: 'KSK-DOUBLE', order, afterMs: since(companion, span.end - span.start) }];
    if (fault.message.startsWith('http.') && has('NET-DROP'))
      return [{ fault: 'NET-DROP', order, message: 'http.reply' }];
    // Several questions at once: the first answer ends it, and the others are about an order that has ended.
    if (fault.message.startsWith('carrier.inquire') && has('NET-CLOG') && making.localMs === undefined) {
      const at = instantText(span, Math.min(victim.at + 30_000, span.end - 1));
      return [{ fault: 'NET-CLOG', at, station: 'carrier', forMs: 150_000 }];
    }
  }
  // A question to the driver.
  if ('message' in fault && fault.message.startsWith('printer.inquire') && has('NET-DROP'))
    return [{ fault: 'NET-DROP', order, message: 'printer.print.completed' }];
  // The carrier decides when the platform has begun to doubt.
  if (/^CAR-(TIMEOUT|LOST|PROC|DOWN|LATE)/.test(fault.fault) && has('NET-DELAY'))
    return [{ fault: 'NET-DELAY', order, message: 'carrier.perform', byMs: draws.of(`${name} late`, LATE) }];
  return [];
}
