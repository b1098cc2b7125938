import { expect, test } from 'vitest';
import { DAY } from '../../../../../contracts/time.ts';
import { checkCards } from './card-invariants.ts';
import { cardRun } from './card-run.ts';

/** A confirmed purchase, and its void, which waits for the card. */
function voidWaits() {
  const run = cardRun();
  const purchase = run.buy(false);
  run.flush();
  run.act({ do: 'void' });
  run.act({ do: 'slot', slot: 'empty' });
  run.flush();
  const order = run.orders().at(-1);
  expect(order).toMatchObject({ kind: 'cardVoid', card: { stage: 'waiting' } });
  return { run, purchase, id: order?.id ?? '' };
}

test.each(['genesis', 'snapshot'] as const)(
  'CAR-02 a void that ends days later, after a restart from the %s, marks its purchase, which had long left memory',
  (from) => {
    const { run, purchase, id } = voidWaits();
    for (let day = 0; day < 4; day++) {
      run.later(DAY);
      run.act({ do: 'cut' });
      if (day === 2) run.act({ do: 'snap' });
    }
    run.act({ do: 'restart', from });
    run.act({ do: 'slot', slot: 'own' });
    expect(run.heal()).toBe(true);
    expect(run.world.order(id)?.state).toBe('succeeded');
    expect(run.world.rows.get(purchase)?.voidedBy, 'on its row').toBe(id);
    checkCards(run);
  },
);

test('CAR-03 S11 the meter is kept by its open order over days, a snapshot and a restart', () => {
  const { run } = voidWaits();
  run.act({ do: 'meter' });
  for (let day = 0; day < 3; day++) run.act({ do: 'cut' });
  run.act({ do: 'snap' });
  run.act({ do: 'restart', from: 'snapshot' });
  const next = run.buy(false);
  expect(run.world.order(next)).toMatchObject({ state: 'rejected', problem: 'platform.cardOrderOpen' });
});
