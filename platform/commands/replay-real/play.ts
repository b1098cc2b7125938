import { HOUR, MINUTE } from '../../../contracts/time.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import type { OrderPlan, Scenario } from '../../../simulators/world/scenario.ts';
import { windowEnd } from '../../../simulators/world/scenario-time.ts';
import { formatLocal } from '../../core/calendar.ts';
import type { Stack } from './stack.ts';
import type { Time } from './time.ts';

/** After the faults are over it may take so long until all has come to an end, in ms. */
const LONGEST = 26 * HOUR;
/** When the living outlets are asked for one more payment, ms after the faults are over, and how many of them. */
const PROBE_AFTER = 2 * MINUTE;
const PROBES = 3;
/** How long a person takes to find out what became of a manual order, and looks again how often and when, in ms. */
const FINDS_OUT = 10 * MINUTE;
const LOOKS = 3;
const LOOKS_AGAIN = HOUR;
/** How often it is looked whether all is over, in real ms, and how often in a row it must be. */
const LOOK_EVERY = 5;
const IN_A_ROW = 4;

/**
 * Lets time pass until nothing of the scenario is left to happen. Rejects where something failed otherwise than the scenario
 * says, or where it takes longer than `limitMs` of real time.
 */
export async function play(
  scenario: Scenario,
  stack: Stack,
  time: Time,
  plan: FaultPlan,
  limitMs: number,
): Promise<void> {
  const end = windowEnd(scenario);
  const hasOperator = !scenario.world.without?.includes('operator');
  /** The orders that a person looks into, with how often they may look again. */
  const looks = new Map<string, number>();

  time.at(end, () => {
    plan.end();
    time.heal();
    stack.host.calm();
    time.after(PROBE_AFTER, probe);
  });

  /** Whoever lives is asked for one more payment, once there is a platform. */
  function probe(): void {
    if (!stack.host.url()) return void time.after(PROBE_AFTER, probe);
    for (const station of stack.core().slice(0, PROBES)) stack.begin(probeOf(station));
  }

  /** Settles by what the counterpart's books say; as long as they say nothing, they are looked into again. */
  const settle = (id: string) => {
    const left = (looks.get(id) ?? LOOKS) - 1;
    looks.set(id, left);
    const standing = stack.books().charge(`${id}.1`)?.standing;
    if (standing === 'processing') {
      if (left > 0) time.after(LOOKS_AGAIN, () => settle(id));
      return;
    }
    const outcome = standing === 'succeeded' ? 'succeeded' : 'failed';
    const body = { outcome, evidence: `the carrier’s books: ${standing ?? 'not found'}` };
    stack.office.act({ path: `/api/orders/${id}/resolution`, body, insist: true });
  };

  const isOver = () => {
    const { live, manual } = stack.host.standing();
    for (const id of hasOperator ? manual : [])
      if (!looks.has(id)) {
        looks.set(id, LOOKS);
        time.after(FINDS_OUT, () => settle(id));
      }
    return !stack.whoIsBusy() && time.toCome() === 0 && live === manual.length;
  };

  const deadline = performance.now() + limitMs;
  time.clock.drive(() => stack.whoIsBusy() !== undefined);
  for (let over = 0; over < IN_A_ROW && time.now() < end + LONGEST; over = isOver() ? over + 1 : 0) {
    const failure = stack.failure();
    if (failure) throw failure;
    if (performance.now() > deadline)
      throw new Error(
        `the scenario did not come to its end within ${limitMs / 1_000} s on the real stack: it is ${formatLocal(time.now())}, ` +
          `at work is ${stack.whoIsBusy() ?? 'nobody'}, ${time.toCome()} things are to come, orders ${JSON.stringify(stack.host.standing())}`,
      );
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  time.clock.stop();
}

const probeOf = (station: number): OrderPlan => ({
  name: `probe.${station}`,
  at: '',
  station,
  do: 'topup',
  account: `1380800${String(1_000 + station)}`,
  fen: 1_000,
  again: true,
});
