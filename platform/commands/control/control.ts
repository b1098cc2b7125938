import { randomBytes } from 'node:crypto';
import type { RunningCarrier } from '../../../simulators/counterparts/carrier/start.ts';
import type { BenchControl } from '../../http/bench-control.ts';
import { Refused } from '../../http/problem.ts';
import type { DrivenClock } from '../../service/driven-clock.ts';
import type { Counter } from '../counter.ts';
import { FAULTS, isConduct, isMachineFault, type MachineFault } from './faults.ts';
import { writeAhead } from './files.ts';
import type { Hands } from './hands.ts';

export interface Controlled {
  folder: string;
  clock: DrivenClock;
  /** `undefined`: a real one stands in its place. */
  carrier: RunningCarrier | undefined;
  /** The outlet's. */
  counter: Counter;
  hands: Hands;
  /** Somebody is at work: time must not jump meanwhile. */
  busy(): boolean;
  restartBroker(): Promise<void>;
}

const refuse = (detail: string): never => {
  throw new Refused('platform.badRequest', { detail });
};

/** What can be done to a running bench from outside. One thing at a time: what comes meanwhile waits. */
export function createControl(bench: Controlled): BenchControl {
  const { folder, clock, carrier, counter, hands } = bench;
  const { printer } = counter;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => void | Promise<void>): Promise<void> => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };

  const theCarrier = () =>
    carrier ?? refuse('this bench has no simulated carrier: start it without --without-carrier');
  const theUtility = () =>
    counter.utility ?? refuse('this bench has no simulated utility: start it without --without-utility');
  const acts: { [name in MachineFault]: () => void | Promise<void> } = {
    'printer-paper-out': printer.takePaperOut,
    'printer-cover-open': printer.openCover,
    'printer-off': () => printer.powerOff(),
    'printer-ok': () => {
      if (printer.condition.paperEnd) printer.putPaperIn();
      printer.closeCover();
      printer.powerOn();
    },
    'driver-kill': counter.killDriver,
    'reader-driver-kill': () =>
      counter.reader?.killDriver() ??
      refuse('this bench has no card reader: start it without --devices printer'),
    'carrier-restart': () => theCarrier().restart(),
    'utility-restart': () => theUtility().restart(),
    'utility-off': () => theUtility().close(),
    'utility-on': () => theUtility().restart(),
    'broker-restart': bench.restartBroker,
  };

  return {
    token: randomBytes(32).toString('base64url'),
    jump: (ms) =>
      inTurn(() => {
        // Before: a bench that is killed on the way must not find its records ahead of its clock.
        writeAhead(folder, clock.now() + ms - Date.now());
        return clock.advance(ms, bench.busy);
      }),
    inject: (fault, { account, times }) =>
      inTurn(() => {
        if (isConduct(fault))
          return theCarrier().inject({ conduct: fault, times: times ?? 1, ...(account && { account }) });
        if (!isMachineFault(fault))
          return refuse(
            `there is no fault «${fault}»; there are: ${FAULTS.map(({ name }) => name).join(', ')}`,
          );
        if (account !== undefined || times !== undefined)
          return refuse(
            `${fault} happens once and at once: an account and a number of times are for the carrier’s top-ups`,
          );
        return acts[fault]();
      }),
    counter: (deed) =>
      inTurn(() => {
        try {
          hands.do(deed);
        } catch (error) {
          refuse((error as Error).message);
        }
      }).then(hands.show),
  };
}
