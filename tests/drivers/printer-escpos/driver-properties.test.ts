import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ModelName } from '../../../drivers/printer-escpos/models.ts';
import { bench, COVER_OPEN, GOOD, PAPER_OUT } from './bench.ts';

type Step =
  | { do: 'print' | 'tick' | 'cut' | 'open' | 'dropReplies' }
  | { do: 'deliver'; count: number }
  | { do: 'status'; bytes: number[] }
  | { do: 'proves'; on: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'print' }) },
  { weight: 6, arbitrary: fc.constant<Step>({ do: 'tick' }) },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }).map<Step>((count) => ({ do: 'deliver', count })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step[]>({ do: 'cut' }, { do: 'open' }, { do: 'open' }, { do: 'dropReplies' }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(GOOD, PAPER_OUT, COVER_OPEN).map<Step>((bytes) => ({ do: 'status', bytes })),
  },
  { weight: 1, arbitrary: fc.boolean().map<Step>((on) => ({ do: 'proves', on })) },
);

/** Plays the steps; the printer's replies wait until they are delivered, in pieces of any size, or are lost. */
function play(model: ModelName, steps: readonly Step[]) {
  const b = bench({ model, held: true });
  const keys: string[] = [];
  /** The jobs, by their place in the order of sending, whose proof reached the driver to its last byte. */
  const proven = new Set<number>();
  let connected = false;
  const deliver = (count: number) => {
    const arrived = b.replies.splice(0, count);
    for (const { proves } of arrived) if (proves !== undefined) proven.add(proves);
    b.reply(arrived.map(({ byte }) => byte));
  };
  const actions: Record<Exclude<Step['do'], 'deliver' | 'status' | 'proves'>, () => void> = {
    print() {
      keys.push(`key${keys.length}x`);
      b.print(keys.at(-1) ?? '');
    },
    tick() {
      if (b.seen.timer !== undefined) b.tick();
    },
    cut() {
      if (connected) b.driver.lost('cut');
      connected = false;
    },
    open() {
      if (!connected) b.driver.opened();
      connected = true;
    },
    dropReplies() {
      b.replies.length = 0;
    },
  };
  for (const each of [{ do: 'open' } as Step, ...steps]) {
    if (each.do === 'deliver') deliver(each.count);
    else if (each.do === 'status') b.device.status = each.bytes;
    else if (each.do === 'proves') b.device.proves = each.on;
    else actions[each.do]();
    if (b.reopened.splice(0).length > 0) connected = false;
    // What the printer said into a connection that is gone is gone.
    if (!connected) b.replies.length = 0;
  }
  return { b, keys, proven };
}

it.each<ModelName>(['epson-80', 'clone-58'])(
  'PRN-001 PRN-002 PRN-003 %s: never printed twice, no success without proof, no «none» after the first byte, in any order of replies, cuts and losses',
  (model) => {
    let successes = 0;
    let uncertain = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        const { b, keys, proven } = play(model, steps);
        for (const key of keys) {
          const times = b.timesSent(key);
          expect(times).toBeLessThanOrEqual(1);
          const ends = b.ends(key);
          expect(ends.length).toBeLessThanOrEqual(1);
          const [end] = ends;
          if (end?.outcome === 'success') {
            successes++;
            expect(times).toBe(1);
            expect(proven).toContain(b.jobs.findIndex((job) => b.isFor(job, key)));
          }
          if (end?.outcome === 'unknown') uncertain++;
          if (end?.error?.effect === 'none') expect(times).toBe(0);
          else if (end) expect(times).toBe(1);
        }
      }),
      { numRuns: 3_000 },
    );
    // A property that had nothing to check has proved nothing.
    expect(successes).toBeGreaterThan(20);
    expect(uncertain).toBeGreaterThan(20);
  },
);

it('OPR-002 every job ends, once, at the latest with the connection', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { b, keys } = play('clone-58', steps);
      b.driver.lost('the end');
      for (const key of keys) expect(b.ends(key)).toHaveLength(1);
    }),
  );
});
