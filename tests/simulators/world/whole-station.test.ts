import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../../contracts/time.ts';
import { availableCredit } from '../../../platform/core/ledger.ts';
import { findOrder } from '../../../platform/core/state.ts';
import { orderId } from '../../support/ids.ts';
import { CLERK, OFFICE, OUTLET, START, SYSTEM, TELLER } from '../../support/small-platform.ts';
import { wholeStation } from './whole-station.ts';

const BOUGHT = 100_000;
const AMOUNT = 5_000;

function story(digits: string) {
  const world = wholeStation({ start: START, outlet: OUTLET });
  world.command(SYSTEM, {
    type: 'registerOrganisation',
    organisation: { code: OUTLET, kind: 'outlet', name: '报刊亭' },
  });
  world.command(SYSTEM, {
    type: 'registerOrganisation',
    organisation: { code: OFFICE, kind: 'office', name: '支局' },
  });
  world.command(CLERK, { type: 'buyCredit', id: orderId(1), outlet: OUTLET, amountFen: BOUGHT });
  world.time.run(() => world.platform.state.presence.size === 2, MINUTE);
  const phone = `1380800${digits}`;
  const id = orderId(2);
  const reply = world.command(TELLER, {
    type: 'pay',
    id,
    service: 'mobile-topup',
    fields: { phone },
    amountFen: AMOUNT,
  });
  expect(reply).toMatchObject({ ok: true, order: { state: 'processing' } });
  const ended = world.time.run(() => !world.platform.state.live.has(id), 2 * DAY);
  // The last effects leave when the disk has what they rest on.
  world.time.run(() => false, SECOND);
  const order = findOrder(world.platform.state, id);
  if (!ended || !order) throw new Error(`the story of ${digits} did not end`);
  const took = (order.history.at(-1)?.at ?? 0) - order.createdAt;
  return {
    world,
    order,
    took,
    charged: world.charged.get(phone) ?? 0,
    credit: availableCredit(world.platform.state.ledger, OUTLET),
  };
}

describe('a whole station in virtual time', () => {
  it.each([
    { name: 'success', digits: '1234', state: 'succeeded', within: SECOND },
    { name: 'declined', digits: '9901', state: 'failed', within: SECOND },
    { name: 'late success, told', digits: '9903', state: 'succeeded', within: 41 * MINUTE },
    { name: 'late success, found by inquiry', digits: '9904', state: 'succeeded', within: 61 * MINUTE },
    { name: 'late failure', digits: '9905', state: 'failed', within: 41 * MINUTE },
    { name: 'lost reply', digits: '9906', state: 'succeeded', within: MINUTE },
    { name: 'timeout, charged', digits: '9907', state: 'succeeded', within: MINUTE },
    { name: 'timeout, not charged', digits: '9908', state: 'failed', within: 16 * MINUTE },
    { name: 'carrier down', digits: '9909', state: 'failed', within: SECOND },
    { name: 'told twice', digits: '9912', state: 'succeeded', within: SECOND },
  ])(
    'MOB-02 MOB-04 $name ends as $state, and the carrier’s books agree with the ledger',
    ({ digits, state, within }) => {
      const { order, took, charged, credit, world } = story(digits);
      expect(order.state).toBe(state);
      expect(took).toBeLessThanOrEqual(within);
      expect(charged).toBe(state === 'succeeded' ? AMOUNT : 0);
      expect(credit).toBe(BOUGHT - charged);
      const receipts = world.printer.papers.filter((paper) => paper.text.includes(order.journalNo ?? '?'));
      expect(receipts).toHaveLength(state === 'succeeded' ? 1 : 0);
      expect(world.printer.problems).toEqual([]);
    },
  );

  it('MOB-03 MOB-04 alerts when the carrier is down, and when an outcome is unknown for half an hour', () => {
    expect(story('9909').world.alerts).toEqual(['alert.counterpartDown']);
    expect(story('9904').world.alerts).toEqual(['alert.outcomeOverdue']);
    expect(story('1234').world.alerts).toEqual([]);
  });

  it('settled rule 3: what is in processing for ever ends in a person’s hands after a day, the hold untouched', () => {
    const world = story('1234').world;
    const id = orderId(3);
    world.command(TELLER, {
      type: 'pay',
      id,
      service: 'mobile-topup',
      fields: { phone: '13808009910' },
      amountFen: AMOUNT,
    });
    world.time.run(() => findOrder(world.platform.state, id)?.state === 'manual', 2 * DAY);
    const order = findOrder(world.platform.state, id);
    expect(order?.state).toBe('manual');
    expect((order?.history.at(-1)?.at ?? 0) - (order?.createdAt ?? 0)).toBe(DAY);
    expect(availableCredit(world.platform.state.ledger, OUTLET)).toBe(BOUGHT - 2 * AMOUNT);
  });

  it('CRR-001 a success with another amount stays unknown and opens a case', () => {
    const { world } = story('1234');
    const id = orderId(4);
    world.command(TELLER, {
      type: 'pay',
      id,
      service: 'mobile-topup',
      fields: { phone: '13808009911' },
      amountFen: AMOUNT,
    });
    world.time.run(() => (findOrder(world.platform.state, id)?.cases.length ?? 0) > 0, MINUTE);
    const order = findOrder(world.platform.state, id);
    expect(order).toMatchObject({ state: 'unknown', cases: [{ kind: 'mismatch' }] });
    expect(order?.transfers.map((t) => t.kind)).toEqual(['hold']);
  });
});
