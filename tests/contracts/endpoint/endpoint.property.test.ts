import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import type { Completion } from '../../../contracts/operation.ts';
import { TIME_TOPIC } from '../../../contracts/topics.ts';
import { ACCOUNT, Bench, beat, REP, REQ, request } from './harness.ts';

type Step =
  | { kind: 'ask'; key: number; amountFen: number; ttl: number }
  | { kind: 'repeatOld'; which: number }
  | { kind: 'beat' | 'disconnect' | 'connect' | 'restart' }
  | { kind: 'pass'; ms: number }
  | { kind: 'durable'; records: number }
  | { kind: 'complete'; which: number; outcome: Completion['outcome'] };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      key: fc.nat(7),
      amountFen: fc.constantFrom(1_000, 1_000, 2_000),
      ttl: fc.constantFrom(-1, 500, 20_000, 20_000, 90_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeatOld' as const), which: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('beat' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('disconnect' as const, 'connect' as const, 'restart' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(10, 10, 400, 400, 8_000, 61_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('durable' as const), records: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('complete' as const),
      which: fc.nat(5),
      outcome: fc.constantFrom('success' as const, 'failure' as const, 'unknown' as const),
    }),
  },
);

const end = (outcome: Completion['outcome'], amountFen: number): Completion =>
  outcome === 'success'
    ? { outcome, result: { account: ACCOUNT, amountFen, counterpartNo: 'CM1' } }
    : {
        outcome,
        error: {
          code: 'counterpart.declined',
          effect: outcome === 'failure' ? 'none' : 'unknown',
          retry: 'never',
          action: 'none',
        },
      };

/**
 * The world around one place over several lives: platform time is the truth, local time is 7 h off, and beats are not
 * delayed. Whatever order, loss and repetition the steps make, the rules of the contract are checked as things happen.
 */
class World {
  platformNow = 50_000_000;
  readonly disk: KeyRecord[] = [];
  readonly startedContent = new Map<string, string>();
  readonly ends = new Map<string, string>();
  readonly requests: { bytes: Uint8Array; key: string; content: string }[] = [];
  readonly contentOfRequest = new Map<string, { key: string; content: string }>();
  lastBeat = Number.NEGATIVE_INFINITY;
  starts = 0;
  epochs = 0;
  bench = this.boot();

  boot(): Bench {
    const last = new Map(this.disk.map((record) => [record.key, record]));
    let checked = 0;
    const bench = new Bench([...last.values()], {
      command: (command) => {
        this.starts += 1;
        expect(this.startedContent.has(command.key), 'OPR-003 started twice').toBe(false);
        this.startedContent.set(command.key, JSON.stringify(command.data));
        expect(
          this.disk.some(({ key }) => key === command.key),
          'OPR-001 started before durable',
        ).toBe(true);
        expect(this.platformNow, 'OPR-005 started after its deadline').toBeLessThanOrEqual(command.expiry);
        expect(this.platformNow - this.lastBeat, 'OPR-006 started without fresh time').toBeLessThanOrEqual(
          60_000,
        );
        bench.commands.push(command);
      },
    });
    const { said } = bench;
    const push = said.push.bind(said);
    said.push = (...more) => {
      const length = push(...more);
      for (; checked < said.length; checked++) this.checkSaid(said[checked]);
      return length;
    };
    bench.local = this.platformNow - 7 * 3_600_000;
    return bench;
  }

  checkSaid(message: Bench['said'][number] | undefined): void {
    if (message?.topic !== REP) return;
    const { type, causation = '', key = '', data } = message.envelope;
    const asked = this.contentOfRequest.get(causation);
    const record = this.disk.findLast((each) => each.key === key);
    if (type.endsWith('.accepted')) expect(record, 'OPR-001 accepted before durable').toBeDefined();
    if (!type.endsWith('.completed')) return;
    const { outcome, error } = data as Completion;
    if (error?.code === 'contract.conflict') return;
    expect(record?.completion, 'OPR-002 an end told before it was durable').toBeDefined();
    expect(record?.content && JSON.parse(record.content), 'OPR-004 other content got the end').toEqual(
      JSON.parse(asked?.content ?? '{}'),
    );
    const told = `${outcome} ${error?.code}`;
    expect(this.ends.get(key) ?? told, 'OPR-002 another end than before').toBe(told);
    this.ends.set(key, told);
    if (error?.code === 'contract.expired' || error?.code === 'contract.timeUnknown')
      expect(this.startedContent.has(key), 'expired, and yet started').toBe(false);
  }

  flush(records: number): void {
    // The first `done` records are durable; a crash loses the rest.
    for (let n = 0; n < records && this.done < this.bench.journal.length; n++) {
      const record = this.bench.journal[this.done++];
      if (record) this.disk.push(record);
      this.bench.endpoint.durable(this.done);
    }
  }
  done = 0;

  run(each: Step): void {
    const { bench } = this;
    if (each.kind === 'ask') {
      const key = `K${each.key}`;
      const data = { account: ACCOUNT, amountFen: each.amountFen };
      const id = `R${this.requests.length}`;
      const bytes = request({ id, key, data, time: this.platformNow, expiry: this.platformNow + each.ttl });
      this.requests.push({ bytes, key, content: JSON.stringify(data) });
      this.contentOfRequest.set(id, { key, content: JSON.stringify(data) });
      bench.endpoint.message(REQ, bytes);
    } else if (each.kind === 'repeatOld') {
      const old = this.requests[each.which % Math.max(1, this.requests.length)];
      if (old) bench.endpoint.message(REQ, old.bytes);
    } else if (each.kind === 'beat') {
      this.lastBeat = this.platformNow;
      bench.endpoint.message(TIME_TOPIC, beat(this.platformNow));
    } else if (each.kind === 'pass') {
      this.platformNow += each.ms;
      bench.local += each.ms;
    } else if (each.kind === 'durable') this.flush(each.records);
    else if (each.kind === 'complete') {
      const command = bench.commands[each.which % Math.max(1, bench.commands.length)];
      if (!command) return;
      bench.commands.splice(bench.commands.indexOf(command), 1);
      command.complete(end(each.outcome, (command.data as { amountFen: number }).amountFen));
    } else if (each.kind === 'disconnect') bench.endpoint.disconnected();
    else if (each.kind === 'connect') bench.endpoint.connected(`epoch-${++this.epochs}-long`);
    else {
      this.done = 0;
      this.lastBeat = Number.NEGATIVE_INFINITY;
      this.bench = this.boot();
    }
  }
}

test('OPR-001…OPR-007 hold for any order, repetition and loss, over disconnections and restarts', () => {
  let starts = 0;
  let ends = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
      const world = new World();
      world.run({ kind: 'beat' });
      for (const each of steps) world.run(each);
      // At rest everything that was accepted has an end once the behaviour has said it, or a restart has.
      world.run({ kind: 'connect' });
      world.flush(100);
      while (world.bench.commands.length > 0) world.run({ kind: 'complete', which: 0, outcome: 'success' });
      world.flush(100);
      expect(world.bench.endpoint.inFlight()).toBe(0);
      for (const key of world.startedContent.keys())
        expect(world.disk.findLast((record) => record.key === key)?.completion, key).toBeDefined();
      starts += world.starts;
      ends += world.ends.size;
    }),
    { numRuns: 400 },
  );
  // A property that had nothing to check would prove nothing.
  expect(starts).toBeGreaterThan(400);
  expect(ends).toBeGreaterThan(400);
});
