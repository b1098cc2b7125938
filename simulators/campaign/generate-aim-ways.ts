import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { Fault, MessageName } from '../world/faults.ts';
import type { Healer } from '../world/scenario.ts';
import { DAY, decides, type StageName } from './generate-aim-stages.ts';

/** A message that is sent while its order is in a state, and what brings it about. */
export interface Way {
  message: MessageName;
  nth?: number;
  /** Instead of the one that brings orders to the state. */
  conduct?: ConductName | Conduct;
  /** The teller presses again in the state. */
  press?: true;
  /** What goes wrong besides. */
  with?(order: string): Fault[];
  /** Who must be there. */
  needs?: Healer;
}

const MINUTE = 60_000;

const pressed = (message: MessageName): Way => ({ message, nth: 2, press: true });

/** The first reply is lost, so the station, which knows of no end, sends the order again. */
const retried = (message: MessageName): Way => ({
  message,
  nth: 2,
  with: (order) => [{ fault: 'NET-DROP', order, message: 'http.reply' }],
  needs: 'clientRetry',
});

/** A question comes twice: the first answer ends the order, the second is about one that has ended. */
const askedTwice = (upstream: 'charge' | 'decline'): Way => ({
  message: 'carrier.inquire.completed',
  nth: 2,
  conduct: { upstream, tell: 'nothing' },
  with: (order) => [{ fault: 'NET-DUP', order, message: 'carrier.inquire', afterMs: 15_000 }],
  needs: 'inquiry',
});

/** The carrier's result. */
const told = (delayMs: number, processing: boolean): Way => ({
  message: 'carrier.perform.completed',
  conduct: decides(delayMs, processing),
});

const asked = (message: MessageName, nth: number): Way => ({ message, nth, needs: 'inquiry' });

export const WAYS: { readonly [S in StageName]: readonly Way[] } = {
  new: [{ message: 'http.command' }],
  sent: [{ message: 'carrier.perform' }, { message: 'http.reply' }, { message: 'carrier.perform.accepted' }],
  accepted: [pressed('http.command'), pressed('http.reply'), told(15_000, false)],
  processing: [
    pressed('http.command'),
    pressed('http.reply'),
    told(20_000, true),
    asked('carrier.inquire', 1),
    asked('carrier.inquire.completed', 1),
  ],
  unknown: [
    pressed('http.command'),
    pressed('http.reply'),
    told(90_000, true),
    asked('carrier.inquire', 3),
    asked('carrier.inquire.completed', 3),
  ],
  manual: [pressed('http.command'), pressed('http.reply'), told(DAY + 3 * MINUTE, true)],
  succeeded: [
    { message: 'printer.print' },
    { message: 'printer.print.completed' },
    retried('http.command'),
    retried('http.reply'),
    askedTwice('charge'),
  ],
  failed: [retried('http.command'), retried('http.reply'), askedTwice('decline')],
  rejected: [{ message: 'http.reply' }, retried('http.command'), retried('http.reply')],
};
