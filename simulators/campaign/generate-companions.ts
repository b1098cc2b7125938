import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { Fault, FaultName } from '../world/faults.ts';
import { type Making, since } from './generate-fault-parts.ts';

/** Conducts after which the carrier is asked: without a question no fault can hit one. */
const ASKED: readonly ConductName[] = [
  'lostReply',
  'timeoutCharged',
  'timeoutNotCharged',
  'lateSuccess',
  'lateSuccessUntold',
  'lateFailure',
];

/** The carrier tells its result twice, so that there is a second one to hit; the order has ended by then. */
const TWICE: readonly (ConductName | Conduct)[] = [
  'toldTwice',
  { upstream: 'decline', code: 'counterpart.declined', tell: 'result', flaw: 'toldTwice' },
];

/** What the victim's carrier must do for the fault to hit anything; undefined where that is not needed. */
export function conductFor({ draws, name }: Making, fault: Fault): ConductName | Conduct | undefined {
  if (!('message' in fault) || !draws.happens(`${name} conduct`, 0.7)) return undefined;
  if (fault.message.startsWith('carrier.inquire')) return draws.of(`${name} asked`, ASKED);
  if (fault.message === 'carrier.perform.completed' && (fault.nth ?? 1) > 1) return draws.of(`${name} twice`, TWICE);
  return undefined;
}

/** Too late to be accepted in time, and not too late to be begun, in ms. */
const LATE = [10_050, 14_950, 30_100, 50_000] as const;

/** Faults that bring another one about, or meet it where it is rare: of the kinds that this world has. */
export function companionsOf(making: Making, fault: Fault, kinds: readonly FaultName[]): Fault[] {
  const { draws, name, victim, span } = making;
  if (victim.plan.do !== 'topup' || !draws.happens(`${name} companion`, 0.5)) return [];
  const has = (kind: FaultName) => kinds.includes(kind);
  const order = victim.plan.name;
  const companion: Making = { ...making, name: `${name} companion` };
  // A second command, and a second reply.
  if ('message' in fault && fault.message.startsWith('http.') && (fault.nth ?? 1) > 1 && has('KSK-DOUBLE'))
    return [{ fault: 'KSK-DOUBLE', order, afterMs: since(companion, span.end - span.start) }];
  // A question to the driver.
  if ('message' in fault && fault.message.startsWith('printer.inquire') && has('NET-DROP'))
    return [{ fault: 'NET-DROP', order, message: 'printer.print.completed' }];
  // The carrier decides when the platform has begun to doubt.
  if (/^CAR-(TIMEOUT|LOST|PROC|DOWN|LATE)/.test(fault.fault) && has('NET-DELAY'))
    return [{ fault: 'NET-DELAY', order, message: 'carrier.perform', byMs: draws.of(`${name} late`, LATE) }];
  return [];
}
