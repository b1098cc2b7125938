import { expect } from 'vitest';
import { scenarioOf } from '../../../../platform/commands/export/scenario-of.ts';
import { problemsOf } from '../../../../simulators/world/read-scenario.ts';
import { orderId } from '../../../support/ids.ts';
import { carrierOf, PHONE, printerOf, START, smallPlatform } from '../../../support/small-platform.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const ID = orderId(1);
/** What an inquiry finds of the top-up where the carrier has charged it. */
export const FOUND = { standing: 'succeeded', account: PHONE, amountFen: 5_000, counterpartNo: 'CM1' };

/** A platform on which a top-up was just asked for, at 09:00:00 in Shanghai; `to` lets time pass to so long after it. */
export function asked() {
  const platform = smallPlatform();
  platform.pay(ID);
  return {
    platform,
    carrier: carrierOf(platform),
    printer: printerOf(platform),
    to: (ms: number) => platform.runTo(START + ms),
    exported() {
      const { scenario, untold } = scenarioOf(platform.order(ID));
      const [order] = scenario.orders;
      return {
        scenario,
        untold,
        conduct: order?.do === 'topup' ? order.conduct : undefined,
        faults: scenario.faults,
        operations: scenario.operations,
      };
    },
  };
}

export type Asked = ReturnType<typeof asked>;

/** What happened, and what must be derived from it; where nothing else is said there are no faults and nothing is left untold. */
export interface AStory {
  what: string;
  happens(story: Asked): void;
  conduct: unknown;
  faults?: object[];
  operations?: object[];
  untold?: RegExp[];
}

/** Lets it happen, exports it, and compares the whole scenario. */
export function expectDerived(story: AStory): void {
  const run = asked();
  story.happens(run);
  const { scenario, conduct, faults, operations, untold } = run.exported();
  expect(problemsOf(scenario)).toEqual([]);
  expect(conduct).toEqual(story.conduct);
  expect(faults).toEqual(story.faults ?? []);
  expect(operations).toEqual(story.operations ?? []);
  expect(untold).toEqual((story.untold ?? []).map((what) => expect.stringMatching(what)));
}
