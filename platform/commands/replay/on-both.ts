import { classOf, EXIT_CODES } from '../../../simulators/campaign/verdict.ts';
import { runSafely } from '../../../simulators/campaign/worker-play.ts';
import type { OrderEnd } from '../../../simulators/world/result.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { withoutCards } from '../replay-real/without-cards.ts';
import { simulator } from '../simulate/simulator.ts';
import { endText } from './lines.ts';

/** Where an order or a credit came out otherwise on the real stack. */
export interface Difference {
  what: string;
  simulated: string;
  real: string;
}

/**
 * Plays the scenario in the simulated world and on the real stack, and compares orders, states, amounts, business dates and
 * credit. Returns 0 where they agree, 129 where they do not; what the simulated world itself fails with comes first.
 */
export async function replayOnBoth(scenario: Scenario, json: boolean): Promise<number> {
  const simulated = runSafely(simulator, scenario);
  // Only here: the real stack is the whole product, and starting to read it takes a second.
  const { replayReal } = await import('../replay-real.ts');
  const real = await replayReal(scenario);
  const { played, left } = withoutCards(scenario);
  // Beside what the real stack can not play the rest is compared as it would be alone.
  const alone = left.length === 0 ? simulated : runSafely(simulator, played);
  const differences = [
    ...differing(alone.ends, real.ends, `order `, told),
    ...differing(alone.credit, real.credit, `credit of `, (fen) => (fen / 100).toFixed(2)),
  ];
  const verdict = classOf(simulated);
  const code = verdict === 'pass' ? (differences.length > 0 ? EXIT_CODES.safety : 0) : EXIT_CODES[verdict];
  if (json) {
    console.log(JSON.stringify({ simulated, real, differences, exitCode: code }, null, 2));
    return code;
  }
  for (const [name, end] of Object.entries(real.ends)) console.log(`订单 order ${name}: ${endText(end)}`);
  for (const fault of real.undelivered) console.log(`未能重现 not played on the real stack: ${fault}`);
  for (const { what, simulated: one, real: other } of differences)
    console.log(`不同 differs: ${what}\n  simulated ${one}\n  real      ${other}`);
  if (verdict !== 'pass')
    console.log(
      `模拟未通过 the simulated run did not pass: ${simulated.violation?.en ?? simulated.crash ?? ''}`,
    );
  if (differences.length === 0) console.log('两者一致 both agree');
  console.log(real.folder);
  return code;
}

/** Cases are left out: the real stack may take one more look before it opens one. */
const told = ({ state, fen, businessDate, problem, chargedFen }: OrderEnd) =>
  endText({ state, fen, businessDate, problem, chargedFen, cases: 0 });

function differing<T>(
  simulated: { [name: string]: T },
  real: { [name: string]: T },
  prefix: string,
  text: (value: T) => string,
): Difference[] {
  const shown = (value: T | undefined) => (value === undefined ? 'none' : text(value));
  return [...new Set([...Object.keys(simulated), ...Object.keys(real)])].flatMap((name) => {
    const [one, other] = [shown(simulated[name]), shown(real[name])];
    return one === other ? [] : [{ what: `${prefix}${name}`, simulated: one, real: other }];
  });
}
