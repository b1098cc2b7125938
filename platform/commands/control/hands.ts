import { afterWritten, whileRead } from '../../../simulators/devices/cards/pulls.ts';
import type { Slot } from '../../../simulators/devices/cards/slot.ts';
import { findOrder } from '../../core/state.ts';
import type { CounterDeed, CounterView } from '../../http/bench-counter.ts';
import type { PlatformService } from '../../service/service.ts';
import type { Counter } from '../counter.ts';
import { type CardHolder, contentOf, lastDigits } from '../counter-cards.ts';
import { type PullAt, readPullAt } from './pull-at.ts';

/** How long a finger rests on the alarm button, and how often its contacts bounce. */
const PUSH_MS = 300;
const BOUNCES = 2;

/** A person's hands at the counter. */
export interface Hands {
  /** Throws, with what is wrong and what can be done, where it can't be done now. */
  do(deed: CounterDeed): void;
  /** Plans when the card in the reader is pulled. */
  pullAt(at: PullAt): void;
  show(): CounterView;
}

export function createHands(
  { cards, printer, utility, reader, display, sign, button }: Counter,
  platform: PlatformService,
): Hands {
  /** As it was typed, and what takes it back. */
  let planned: { text: string; forget(): void } | undefined;

  const theSlot = (): Slot => {
    if (reader) return reader.slot;
    throw new Error('this bench has no card reader: start it without --devices printer');
  };
  const inReader = (): CardHolder | undefined => cards.holderOf(reader?.slot.card);
  const held = (): CardHolder => {
    const holder = inReader();
    if (holder) return holder;
    throw new Error('there is no card in the reader: insert one first');
  };
  const named = (digits: string | undefined): CardHolder => {
    if (digits !== undefined) return cards.find(digits);
    throw new Error('whose card? Give the last digits of the customer’s number, such as 0001');
  };

  function forgetPlan(): void {
    planned?.forget();
    planned = undefined;
  }

  function insert(holder: CardHolder): void {
    const there = inReader();
    if (!theSlot().insert(holder.inHand))
      throw new Error(
        `card ${there ? lastDigits(there.customer) : ''} is in the reader: pull it first, or swap`,
      );
  }

  function pull(): void {
    forgetPlan();
    if (!theSlot().pull()) throw new Error('there is no card in the reader');
  }

  function toMeter(holder: CardHolder): void {
    if (inReader() === holder)
      throw new Error(`card ${lastDigits(holder.customer)} is in the reader: pull it first`);
    cards.insertIntoMeter(holder, platform.now());
  }

  function pullAt(at: PullAt): void {
    const slot = theSlot();
    forgetPlan();
    if (at.when === 'never') return;
    const holder = held();
    if (at.when === 'before-confirm') planned = { text: at.when, forget: pullWhenWritten(slot, holder) };
    else {
      const isNow = at.when === 'read' ? whileRead : afterWritten(at.bytes);
      slot.pullWhen((apdu) => {
        const bytes = isNow(apdu);
        // It happens once.
        if (bytes !== undefined) planned = undefined;
        return bytes;
      });
      const text = at.when === 'read' ? at.when : `write:${at.bytes}`;
      planned = { text, forget: () => slot.pullWhen(undefined) };
    }
  }

  /** The utility takes the end of the card's next order and does not answer at first; meanwhile the card is pulled. */
  function pullWhenWritten(slot: Slot, { customer, inHand }: CardHolder): () => void {
    if (!utility)
      throw new Error(
        'before-confirm needs the simulated utility: start the bench without --without-utility',
      );
    const { customerNo, cardSerial } = customer;
    utility.inject({ customerNo, times: 1, conduct: 'confirmLost' });
    const forget = platform.subscribe(undefined, ({ order }) => {
      if (order === undefined) return;
      void platform.read((state) => {
        const card = findOrder(state, order)?.card;
        if (card?.serial !== cardSerial || card.stage !== 'closing') return;
        forgetPlan();
        if (slot.card === inHand) slot.pull();
      });
    });
    return forget;
  }

  function press(): void {
    if (!button) throw new Error('this bench has no alarm button: start it with --devices all');
    button.push(BOUNCES);
    setTimeout(() => button.letGo(BOUNCES), PUSH_MS).unref();
  }

  return {
    do({ do: what, card, at }) {
      if (what === 'insert') insert(named(card));
      if (what === 'pull') pull();
      if (what === 'swap') {
        forgetPlan();
        theSlot().swap(named(card).inHand);
      }
      if (what === 'meter') toMeter(named(card));
      if (what === 'pullAt') pullAt(readPullAt(at ?? '', held().card.layout));
      if (what === 'paperOut') printer.takePaperOut();
      if (what === 'paperIn') printer.putPaperIn();
      if (what === 'coverOpen') printer.openCover();
      if (what === 'coverClose') printer.closeCover();
      if (what === 'alarm') press();
    },
    pullAt,
    show() {
      const { powered, condition, papers } = printer;
      return {
        cards: cards.all.map((holder) => shown(holder, inReader() === holder)),
        ...(reader && {
          reader: {
            position: reader.slot.position,
            ...(planned && { pullAt: planned.text }),
          },
        }),
        printer: {
          isOn: powered,
          hasPaper: !condition.paperEnd,
          isCoverOpen: condition.coverOpen,
          paper: papers.at(-1)?.text ?? '',
        },
        ...(display && { display: display.face() }),
        ...(sign && { sign: { text: sign.text() } }),
        ...(button && { alarm: { presses: button.pushes() } }),
      };
    },
  };
}

function shown(holder: CardHolder, isInReader: boolean): CounterView['cards'][number] {
  const { customer, card, meter, shown: said } = holder;
  return {
    digits: lastDigits(customer),
    name: customer.name,
    customerNo: customer.customerNo,
    meterNo: customer.meterNo,
    isInReader,
    ...contentOf(card),
    meter: { count: meter.count, balanceFen: meter.balanceFen, shown: said },
  };
}
