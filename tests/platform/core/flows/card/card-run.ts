import type { Envelope } from '../../../../../contracts/envelope.ts';
import { MINUTE, SECOND } from '../../../../../contracts/time.ts';
import type { Place } from '../../../../../contracts/topics.ts';
import type { Principal } from '../../../../../platform/core/authorize.ts';
import type { Command, Input } from '../../../../../platform/core/input.ts';
import type { Order } from '../../../../../platform/core/order.ts';
import { coreWorld } from '../../../../properties/core-world.ts';
import { orderId } from '../../../../support/ids.ts';
import { ADMIN, CLERK, OFFICE, OUTLET, START, SYSTEM, TELLER } from '../../../../support/small-platform.ts';
import { cardModel, utilityModel, type WriteFault } from './card-world.ts';
import { CUSTOMER, METER, READER, SERIAL, UTILITY } from './counter.ts';

export type CardStep =
  | { do: 'buy'; stale: boolean }
  | { do: 'void' | 'work' | 'takeBack' | 'confirm' | 'meter' | 'snap' | 'cut' }
  /** So many exchanges go well, in order; then one is lost, or the other way: its answer is. */
  | { do: 'flush'; exchanges: number; next: 'nothing' | 'request lost' | 'reply lost' }
  | { do: 'request' | 'reply'; to: 'reader' | 'utility'; fate: 'pass' | 'drop' | 'twice' | 'lateCopy' }
  | { do: 'copy' }
  | { do: 'later'; ms: number }
  | { do: 'slot'; slot: 'own' | 'other' | 'empty' }
  | { do: 'writeMeets'; fault: WriteFault }
  | { do: 'restart'; from: 'genesis' | 'snapshot' }
  | { do: 'line'; to: 'reader' | 'utility'; online: boolean };

export const CREDIT = 10_000_000;
const PLACES = { reader: READER, utility: UTILITY } as const;

/** A counter, a customer with one card, a utility, and lines on which everything can be lost, late or doubled. */
export function cardRun() {
  const model = cardModel();
  const utility = utilityModel();
  /** Requests and replies on their way, in order on each line; and copies that come when they like. */
  const requests = { reader: [] as Envelope[], utility: [] as Envelope[] };
  const replies = { reader: [] as Envelope[], utility: [] as Envelope[] };
  const copies: { to: 'reader' | 'utility'; reply: Envelope }[] = [];
  const ids: string[] = [];
  /** The purchases whose money went back, as far as it was looked at. */
  const givenBack = new Set<string>();
  let epochs = 0;
  let seen: object | undefined;
  let taken = 0;

  const world = coreWorld(START, () => {});
  const orders = (): Order[] => ids.flatMap((id) => world.order(id) ?? []);

  function feed(input: Input) {
    const turn = world.feed(input);
    collect();
    return turn;
  }
  /** What was published since: it is on its line now. */
  function collect(): void {
    for (; taken < world.published.length; taken++) {
      const message = world.published[taken];
      if (!message?.type.startsWith('yizhan.printer.') && message)
        requests[message.type.startsWith('yizhan.card-reader.') ? 'reader' : 'utility'].push(message);
    }
  }
  const command = (principal: Principal, asked: Command) =>
    feed({ kind: 'command', principal, command: asked });
  const presence = (place: Place, profile: string, online: boolean) =>
    feed({
      kind: 'presence',
      change: {
        place,
        profile,
        online,
        epoch: `epoch-${online ? ++epochs : epochs}`,
        status: {},
        capabilities: {},
      },
    });
  const line = (to: 'reader' | 'utility', online: boolean) =>
    presence(PLACES[to], to === 'reader' ? 'card-reader' : 'utility', online);

  function hand(to: 'reader' | 'utility', envelope: Envelope): void {
    const later = { ...envelope, time: world.now };
    feed({ kind: 'message', place: PLACES[to], leaf: 'rep', envelope: later });
  }

  /** The place decides now, whoever hears of it and when. */
  function decide(to: 'reader' | 'utility', message: Envelope): Envelope {
    const completion = (to === 'reader' ? model : utility).reply(message, world.now);
    let data: object = completion;
    // The model's utility answers an order with what it was asked.
    if (message.type === 'yizhan.utility.order' && completion.outcome === 'success') {
      const { returned: _, ...asked } = message.data as { returned?: string };
      data = { outcome: 'success', result: { ...asked, counterpartNo: 'SG1' } };
    }
    return {
      id: `${message.id}/completed`,
      source: to === 'reader' ? 'dev.51010001.1.reader' : 'cp.state-grid.1',
      type: `${message.type}.completed`,
      time: world.now,
      correlation: message.correlation ?? '',
      causation: message.id,
      data,
    };
  }

  const last = () => orders().findLast(({ state }) => state !== 'rejected');

  function buy(stale: boolean): string {
    const id = orderId(ids.length + 1);
    const { wallet, returned } = model.card;
    const now = {
      serial: SERIAL,
      meterNo: METER,
      customerNo: CUSTOMER,
      wallet,
      ...(returned ? { returned } : {}),
    };
    const card = ((stale && seen) || now) as typeof now;
    seen ??= now;
    ids.push(id);
    command(TELLER, { type: 'buyOnCard', id, card, amountFen: 10_000 + ids.length });
    return id;
  }

  function voidLast(): void {
    const purchase = orders().findLast(({ kind, state }) => kind === 'cardPurchase' && state === 'succeeded');
    if (!purchase) return;
    const id = orderId(ids.length + 1);
    ids.push(id);
    const { amountFen } = purchase;
    command(TELLER, { type: 'voidOnCard', id, purchase: purchase.id, customerNo: CUSTOMER, amountFen });
  }

  function start(): void {
    feed({ kind: 'started', epoch: 'platform-1' });
    for (const organisation of [
      { code: OUTLET, kind: 'outlet', name: '春熙路报刊亭', parent: '51010000' },
      { code: OFFICE, kind: 'office', name: '春熙路邮政支局', parent: '51010000' },
      { code: '51010000', kind: 'area', name: '成都市' },
    ] as const)
      command(SYSTEM, { type: 'registerOrganisation', organisation });
    command(CLERK, { type: 'buyCredit', id: orderId(999_999), outlet: OUTLET, amountFen: CREDIT });
    line('reader', true);
    line('utility', true);
  }

  function act(step: CardStep): void {
    const order = last()?.id ?? '';
    switch (step.do) {
      case 'buy':
        return void buy(step.stale);
      case 'void':
        return voidLast();
      case 'work':
        return void command(TELLER, { type: 'workOnCard', order });
      case 'takeBack':
        return void command(TELLER, { type: 'takeBack', order });
      case 'confirm':
        return void command(TELLER, { type: 'confirmCard', order });
      case 'request': {
        const message = requests[step.to].shift();
        if (!message || step.fate === 'drop') return;
        const reply = decide(step.to, message);
        replies[step.to].push(reply);
        if (step.fate === 'twice') replies[step.to].push(decide(step.to, message));
        if (step.fate === 'lateCopy') requests[step.to].push(message);
        return;
      }
      case 'reply': {
        const reply = replies[step.to].shift();
        if (!reply || step.fate === 'drop') return;
        hand(step.to, reply);
        if (step.fate === 'twice') hand(step.to, reply);
        if (step.fate === 'lateCopy') copies.push({ to: step.to, reply });
        return;
      }
      case 'copy': {
        const copy = copies.shift();
        return copy && hand(copy.to, copy.reply);
      }
      case 'flush':
        for (let n = 0; n < step.exchanges; n++) if (!exchange('pass')) return;
        if (step.next !== 'nothing') exchange(step.next);
        return;
      case 'later':
        return later(step.ms);
      case 'meter':
        if (model.card.slot !== 'own') model.visitMeter();
        return;
      case 'slot':
        model.card.slot = step.slot;
        return;
      case 'writeMeets':
        return model.nextWrite(step.fault);
      case 'snap':
        return world.snap();
      case 'cut':
        return void command(SYSTEM, { type: 'cutDay' });
      case 'restart':
        world.restart(step.from);
        collect();
        line('reader', true);
        return void line('utility', true);
      case 'line':
        return void line(step.to, step.online);
    }
  }

  function later(ms: number): void {
    world.pass(ms);
    collect();
  }

  const isOpen = (order: Order) => order.card !== undefined && order.card.stage !== 'closed';

  /** Everything works again, and a person stands at the counter with the customer. Returns whether all was closed. */
  function heal(): boolean {
    model.nextWrite(undefined);
    line('reader', true);
    line('utility', true);
    for (let round = 0; round < 400; round++) {
      model.card.slot = 'own';
      flush();
      const open = orders().filter(isOpen);
      if (open.length === 0) return true;
      for (const order of open) {
        if (order.state === 'manual') resolve(order);
        else if (order.card?.stage === 'waiting') serve(order);
      }
      flush();
      later(round < 100 ? 20 * SECOND : 30 * MINUTE);
    }
    return false;
  }

  /** The next message on its way comes there and is answered. Returns whether there was any. */
  function exchange(fate: 'pass' | 'request lost' | 'reply lost'): boolean {
    for (const to of ['utility', 'reader'] as const) {
      const message = requests[to].shift();
      if (message && fate !== 'request lost') replies[to].push(decide(to, message));
      const reply = fate === 'request lost' ? undefined : replies[to].shift();
      if (reply && fate !== 'reply lost') hand(to, reply);
      if (message || reply) return true;
    }
    return false;
  }

  function flush(): void {
    while (exchange('pass'));
  }

  function serve(order: Order): void {
    command(TELLER, { type: 'workOnCard', order: order.id });
    flush();
    if (world.order(order.id)?.card?.stage === 'waiting')
      command(TELLER, { type: 'takeBack', order: order.id });
  }

  const resolve = ({ id }: Order) =>
    command(ADMIN, {
      type: 'resolve',
      order: id,
      outcome: model.carried.has(id) ? 'succeeded' : 'failed',
      evidence: 'the card in the hand',
    });

  start();
  return { world, model, utility, givenBack, act, heal, orders, isOpen, flush, later, buy, command };
}

export type CardRun = ReturnType<typeof cardRun>;
