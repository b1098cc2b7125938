import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../../contracts/time.ts';
import { picture } from '../../../../support/picture.ts';
import { checkCards } from './card-invariants.ts';
import { type CardStep, cardRun } from './card-run.ts';

const fate = fc.oneof(
  { weight: 8, arbitrary: fc.constant('pass' as const) },
  { weight: 1, arbitrary: fc.constantFrom('drop' as const, 'twice' as const, 'lateCopy' as const) },
);
const to = fc.constantFrom('reader' as const, 'utility' as const);
const step: fc.Arbitrary<CardStep> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('buy' as const), stale: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('void', 'void', 'void', 'work', 'takeBack', 'confirm', 'meter', 'snap', 'cut'),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({ do: fc.constantFrom('request' as const, 'reply' as const), to, fate }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('copy' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('flush' as const),
      exchanges: fc.integer({ min: 0, max: 8 }),
      next: fc.constantFrom(
        'nothing' as const,
        'nothing' as const,
        'request lost' as const,
        'reply lost' as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('later' as const),
      ms: fc.constantFrom(SECOND, 20 * SECOND, 31 * SECOND, MINUTE, 11 * MINUTE, 3 * HOUR, DAY),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('slot' as const),
      slot: fc.constantFrom('own' as const, 'own' as const, 'other' as const, 'empty' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('writeMeets' as const),
      fault: fc.constantFrom('refused', 'pulledBefore', 'half', 'torn', 'pulledAfter'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restart' as const),
      from: fc.constantFrom('genesis', 'snapshot'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('line' as const),
      to,
      online: fc.constantFrom(true, true, false),
    }),
  },
) as fc.Arbitrary<CardStep>;

/** What the runs reached, for a property that never gets anywhere proves nothing. */
const reached = new Map<string, number>();

test('CAR-01 to CAR-07, S4, S11: whatever is lost, late, doubled, torn or restarted, money and card agree, and all ends', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 80, size: 'max' }), (steps) => {
      const run = cardRun();
      for (const each of steps) {
        run.act(each);
        checkCards(run);
      }
      expect(picture(run.world.recovered('genesis')), 'a recovery has the very state').toEqual(
        picture(run.world.state),
      );
      expect(run.heal(), 'every order is closed').toBe(true);
      checkCards(run);
      run.model.card.slot = 'empty';
      run.model.visitMeter();
      run.model.card.slot = 'own';
      const id = run.buy(false);
      expect(run.heal()).toBe(true);
      expect(run.world.order(id)?.state, 'a new purchase works').toBe('succeeded');
      checkCards(run);
      for (const { kind, state } of run.orders())
        reached.set(`${kind} ${state}`, (reached.get(`${kind} ${state}`) ?? 0) + 1);
      for (const [mark, times] of run.world.marks) reached.set(mark, (reached.get(mark) ?? 0) + times);
    }),
    { numRuns: 400 },
  );
  for (const each of [
    'cardPurchase succeeded',
    'cardPurchase failed',
    'cardVoid succeeded',
    'card-indeterminate',
  ])
    expect(reached.get(each) ?? 0, each).toBeGreaterThan(0);
}, 60_000);
