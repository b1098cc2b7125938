import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type RealOptions, replayReal } from '../../platform/commands/replay-real.ts';
import { readScenario } from '../../simulators/world/read-scenario.ts';
import type { OrderEnd } from '../../simulators/world/result.ts';
import { runScenario } from '../../simulators/world/run.ts';
import type { Scenario } from '../../simulators/world/scenario.ts';
import { BUILT, skipped } from './program.ts';

const FOLDER = 'simulators/golden/';
const kept = readdirSync(FOLDER).map((file) => {
  const scenario = readScenario(JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8')));
  return { file, scenario, faults: scenario.faults.map(({ fault }) => fault) };
});

/** Nobody comes with a meter card on the real stack yet. */
const golden = kept.filter(({ scenario }) =>
  scenario.orders.every(({ do: what }) => !what.startsWith('card')),
);

/** Needs a process of its own in any case: a platform that stands still, a driver that is killed. */
const needsBuild = ({ faults }: (typeof golden)[number]) =>
  faults.some((fault) => fault === 'PLT-PAUSE' || fault === 'DRV-CRASH');

/**
 * What may differ, and why. Between two instants of a scenario no time passes on the real stack: messages, commits, loads and
 * reconnecting take none, where the simulated world gives each its milliseconds (a reconnection its seconds). So an order
 * that comes into such a gap, next to another, a fault or the day cut, may be on its other side: here only the business date
 * of a race for the cut by less than the time of a load. A platform that stood still for more than half a minute takes nobody
 * for gone here, for who is silent is a matter of real time. Cases are not compared: the real stack may look once more before it
 * opens one.
 */
const GAP_MS = 10;

function comparable({ faults }: Scenario, ends: { [name: string]: OrderEnd }) {
  return Object.fromEntries(
    Object.entries(ends).map(([name, { cases: _, businessDate, ...end }]) => {
      const isTight = faults.some(
        (fault) => fault.fault === 'CUT-RACE' && fault.order === name && Math.abs(fault.byMs) < GAP_MS,
      );
      return [name, isTight ? end : { ...end, businessDate }];
    }),
  );
}

async function agree(scenario: Scenario, options?: RealOptions): Promise<void> {
  // Its invariants are the campaign's matter.
  const simulated = runScenario(scenario, { only: [] });
  expect(simulated.crash).toBeUndefined();
  const real = await replayReal(scenario, options);
  try {
    expect(comparable(scenario, real.ends)).toEqual(comparable(scenario, simulated.ends));
    expect(real.credit).toEqual(simulated.credit);
    // Whatever hit something there has hit something here.
    const hit = simulated.receipts.map(({ index }) => index);
    expect(real.undelivered.filter((text) => hit.includes(Number.parseInt(text, 10)))).toEqual([]);
  } finally {
    rmSync(real.folder, { recursive: true, force: true });
  }
}

// Side by side: most of the time each waits for nobody to be busy.
describe.concurrent(`MOB-04 S5 S7 S14 a scenario ends on the real stack as in the simulated world${skipped}`, () => {
  it.each(golden.filter((each) => BUILT || !needsBuild(each)))('$file', ({ scenario }) => agree(scenario));
});

describe
  .skipIf(!BUILT)
  .concurrent(`S11 with the platform in a process that kill -9 and SIGSTOP reach${skipped}`, () => {
    it.each(golden.filter(({ faults }) => faults.includes('PLT-CRASH')))('$file', ({ scenario }) =>
      agree(scenario, { processes: true }),
    );
  });

describe.concurrent('S7 a line that loses what goes over it, and one that holds it back', () => {
  const topUp = golden.find(({ file }) => file === 'success.json')?.scenario as Scenario;
  const line = { at: '10:00:50', station: 'carrier', forMs: 60_000 } as const;

  it('lost on the way to the carrier: failed after «not found» twice', async () => {
    const scenario: Scenario = { ...topUp, faults: [{ fault: 'NET-PART', ...line, way: 'down' }] };
    expect(runScenario(scenario, { only: [] }).ends.a).toMatchObject({
      state: 'failed',
      problem: 'contract.notFound',
      chargedFen: 0,
    });
    await agree(scenario);
  });

  it('held back: charged, late', async () => {
    const scenario: Scenario = { ...topUp, faults: [{ fault: 'NET-CLOG', ...line, forMs: 15_000 }] };
    expect(runScenario(scenario, { only: [] }).ends.a).toMatchObject({
      state: 'succeeded',
      chargedFen: 5_000,
    });
    await agree(scenario);
  });
});

describe('what the real stack can not play is said', () => {
  const success = golden.find(({ file }) => file === 'success.json')?.scenario as Scenario;

  it('a fault that hits nothing is listed with its reason, one that hits is not', async () => {
    const { undelivered, folder } = await replayReal({
      ...success,
      faults: [
        { fault: 'NET-DUP', order: 'a', message: 'http.reply', afterMs: 1_000 },
        { fault: 'NET-DROP', order: 'a', message: 'carrier.inquire' },
        { fault: 'NET-DROP', order: 'a', message: 'carrier.perform.accepted' },
        { fault: 'PLT-CRASH', order: 'a', nth: 99, point: 'afterAppend', forMs: 1_000 },
      ],
    });
    rmSync(folder, { recursive: true, force: true });
    expect(undelivered).toEqual([
      '0 NET-DUP: a reply over HTTP comes once, as its connection does',
      '1 NET-DROP: no such carrier.inquire about order a',
      expect.stringContaining('3 PLT-CRASH: there were fewer commits about a'),
    ]);
  });

  it('an order on a meter card, and what goes wrong with the card; the rest is played', async () => {
    const card = kept.find(({ file }) => file === 'card-pulled-in-the-middle.json')?.scenario as Scenario;
    const [topUp] = success.orders;
    const { ends, undelivered, folder } = await replayReal({
      ...card,
      orders: [...card.orders, { ...topUp, name: 'b' } as Scenario['orders'][number]],
    });
    rmSync(folder, { recursive: true, force: true });
    expect(undelivered).toEqual([
      'order a: it needs a meter card, and the real stack has no card reader yet',
      '0 CARD-PULL: it is about a meter card',
    ]);
    expect(Object.keys(ends)).toEqual(['b']);
    expect(ends.b).toMatchObject({ state: 'succeeded' });
  });

  it('a stack that does not come to an end is an error that says where it stands', async () => {
    const failed = await replayReal(success, { limitMs: 1 }).then(
      () => '',
      (error: Error) => error.message,
    );
    const [said, folder = ''] = failed.split('. What it kept is in ');
    expect(said).toContain(
      'did not come to its end within 0.001 s on the real stack: it is 2026-11-23 10:00:00',
    );
    rmSync(folder, { recursive: true });
  });
});
