import { expect } from 'vitest';
import type { Envelope } from '../../contracts/envelope.ts';
import { nameOf } from '../../contracts/topics.ts';
import type { Principal } from '../../platform/core/authorize.ts';
import type { Command } from '../../platform/core/input.ts';
import { orderId } from '../support/ids.ts';
import { picture } from '../support/picture.ts';
import {
  ADMIN,
  CARRIER,
  CLERK,
  OFFICE,
  OUTLET,
  PRINTER,
  START,
  SYSTEM,
  TELLER,
} from '../support/small-platform.ts';
import { invariants } from './core-invariants.ts';
import type { Step } from './core-steps.ts';
import { coreWorld } from './core-world.ts';
import { driverTwin } from './driver-twin.ts';
import { carrierTwin } from './evidence.ts';
import { naiveBank } from './naive-bank.ts';

const OUTLETS = [OUTLET, '51010002'];
const PHONES = ['13808001234', '13808011234', '13900001234'];
const SECOND_TELLER = { ...TELLER, organisation: '51010002' } as Principal;

/** Plays the steps on a core; after each, everything that must hold is checked. Returns the world as it then is. */
export function play(steps: readonly Step[]) {
  const bank = naiveBank();
  const carrier = carrierTwin(bank);
  const check = invariants(carrier.evidence);
  const world = coreWorld(START, (turn) => {
    for (const record of turn.records) if (record.type === 'dayOpened') bank.nextDay();
    check(world.state, turn);
  });
  const driver = driverTwin(nameOf(PRINTER));
  const online = { carrier: '', printer: '' };
  const handled = new Set<Envelope>();
  /** Ids in the order of their first use, the youngest last; and what was paid under them. */
  const ids: string[] = [];
  const payments: Extract<Step, { do: 'pay' }>[] = [];
  const sent: string[] = [];

  const command = (principal: Principal, asked: Command): boolean => {
    const { effects } = world.feed({ kind: 'command', principal, command: asked });
    const answers = effects.flatMap((effect) => (effect.kind === 'answer' ? [effect.answer] : []));
    expect(answers, `${asked.type} is answered once`).toHaveLength(1);
    return answers[0]?.ok === true;
  };
  const teller = (n: number) => (n === 0 ? TELLER : SECOND_TELLER);
  /** The `which`-th message of a type that nobody has dealt with, and those of its key before it. */
  const open = (type: string, which: number) => {
    const waiting = world.published.filter((m) => m.type === type && !handled.has(m));
    const chosen = waiting[which % Math.max(1, waiting.length)];
    if (chosen) handled.add(chosen);
    return chosen;
  };

  const fresh = (id: string) => {
    if (!ids.includes(id)) ids.push(id);
    return id;
  };
  const recent = (n: number) => ids.at(-1 - n) ?? orderId(n);
  const recentlySent = (n: number) => sent.at(-1 - (n % Math.max(1, sent.length))) ?? orderId(n);

  function act(step: Step): void {
    switch (step.do) {
      case 'payAgain': {
        const before = payments.at(-1 - step.which);
        if (before) act({ ...before, again: step.again, order: step.newId ? step.order : before.order });
        return;
      }
      case 'pay': {
        const id = fresh(orderId(step.order));
        payments.push(step);
        const [outlet = '', phone = ''] = [OUTLETS[step.outlet], PHONES[step.phone]];
        const { amountFen, again } = step;
        const expected = bank.pay(id, outlet, phone, amountFen, again, online.carrier !== '');
        const asked = {
          type: 'pay',
          id,
          service: 'mobile-topup',
          fields: { phone },
          amountFen,
          again,
        } as const;
        expect(command(teller(step.outlet), asked), 'N3 the naive bank decides alike').toBe(expected);
        if (!expected || sent.includes(id)) return;
        sent.push(id);
        carrier.asked(id, phone, amountFen, world.now);
        return;
      }
      case 'buy': {
        const [id, outlet = ''] = [fresh(orderId(step.order)), OUTLETS[step.outlet]];
        const expected = bank.buy(id, outlet, step.amountFen);
        expect(command(CLERK, { type: 'buyCredit', id, outlet, amountFen: step.amountFen })).toBe(expected);
        return;
      }
      case 'void': {
        const [id, purchase] = [orderId(step.order), recent(step.purchase)];
        const expected = bank.void(id, purchase);
        expect(command(CLERK, { type: 'voidCredit', id, purchase })).toBe(expected);
        return;
      }
      case 'inquire':
      case 'reprint':
        command(teller(step.outlet), { type: step.do, order: recent(step.order) });
        return;
      case 'resolve': {
        const id = recentlySent(step.order);
        const asked = { type: 'resolve', order: id, outcome: step.outcome, evidence: '工单' } as const;
        if (carrier.mayResolve(id, world.now)) carrier.evidence[step.outcome].add(id);
        if (command(ADMIN, asked)) carrier.resolved(id, step.outcome, world.now);
        return;
      }
      case 'carrier': {
        const id = recentlySent(step.order);
        const asked = world.published.filter((m) => m.id.startsWith(`${id}.1.i`)).length;
        const said = carrier.say(id, step.says, step.about, step.code, world.now, asked);
        world.feed({
          kind: 'message',
          place: CARRIER,
          leaf: 'rep',
          envelope: { ...said, source: nameOf(CARRIER) },
        });
        return;
      }
      case 'print': {
        const request = open('yizhan.printer.print', step.which);
        if (request) driver.print(request, step.fate, world.now);
        return;
      }
      case 'askPrinter': {
        const question = open('yizhan.printer.inquire', step.which);
        if (!question) return;
        // A topic keeps its order: what was sent before and has not come by now never will.
        const { originalKey } = question.data as { originalKey: string };
        for (const m of world.published.slice(0, world.published.indexOf(question)))
          if (m.key === originalKey) handled.add(m);
        driver.inquire(question, world.now);
        return;
      }
      case 'deliver': {
        const at = step.which % Math.max(1, driver.replies.length);
        const envelope = driver.replies[at];
        if (!envelope) return;
        if (!step.again) driver.replies.splice(at, 1);
        world.feed({ kind: 'message', place: PRINTER, leaf: 'rep', envelope });
        return;
      }
      case 'presence':
        return presence(step.place, step.online, `epoch-${step.epoch}`);
      case 'pass':
        return world.pass(step.ms);
      case 'cut':
        return void command(SYSTEM, { type: 'cutDay' });
      case 'snap':
        return world.snap();
      case 'restart': {
        const before = picture(world.state);
        for (const from of ['genesis', 'snapshot'] as const)
          expect(picture(world.recovered(from)), `S11 recovered from ${from}`).toEqual(before);
        world.restart(step.from);
        Object.assign(online, { carrier: '', printer: '' });
      }
    }
  }

  function presence(which: 'carrier' | 'printer', isOnline: boolean, epoch: string): void {
    const place = which === 'carrier' ? CARRIER : PRINTER;
    world.feed({
      kind: 'presence',
      change: { place, online: isOnline, epoch, profile: which, status: {}, capabilities: {} },
    });
    if (isOnline) online[which] = epoch;
    else if (online[which] === epoch) online[which] = '';
  }

  world.feed({ kind: 'started', epoch: 'platform-1' });
  for (const [code, kind] of [
    ['51010000', 'area'],
    [OUTLET, 'outlet'],
    ['51010002', 'outlet'],
    [OFFICE, 'office'],
  ] as const)
    command(SYSTEM, {
      type: 'registerOrganisation',
      organisation: { code, kind, name: code, ...(kind === 'area' ? {} : { parent: '51010000' }) },
    });
  presence('carrier', true, 'epoch-0');
  presence('printer', true, 'epoch-0');
  const first = { type: 'buyCredit', id: orderId(100), outlet: OUTLET, amountFen: 150_000 } as const;
  command(CLERK, first);
  bank.buy(first.id, OUTLET, first.amountFen);

  for (const step of steps) {
    act(step);
    for (const outlet of OUTLETS) {
      const { credit = 0, debit = 0, debitPending = 0 } = world.state.ledger.get(`credit:${outlet}`) ?? {};
      expect([credit - debit, debitPending], `N3 ${outlet}`).toEqual([
        bank.balance(outlet),
        bank.heldBy(outlet),
      ]);
    }
    expect(picture(world.shadow), 'nothing changes the state but apply').toEqual(picture(world.state));
  }
  for (const { text, record } of world.records)
    expect(JSON.stringify(record), 'records never change').toBe(text);
  return { world, driver, carrier };
}
