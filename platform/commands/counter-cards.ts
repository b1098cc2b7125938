import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_CUSTOMERS } from '../../simulators/counterparts/utility/customers.ts';
import type { Customer } from '../../simulators/counterparts/utility/entries.ts';
import { bytesOf, hexOf } from '../../simulators/devices/cards/bytes.ts';
import type { Card } from '../../simulators/devices/cards/chip.ts';
import {
  FILES,
  type FileName,
  isEmptyReturn,
  readParameters,
  readReturn,
  readWallet,
  returnFile,
} from '../../simulators/devices/cards/meter-files.ts';
import { createPurchaseCard, type PurchaseCard } from '../../simulators/devices/cards/purchase-card.ts';
import { type Inserted, insertIntoMeter, type MeterState } from '../../simulators/devices/meter/meter.ts';
import { formatLocal } from '../core/calendar.ts';
import { formatYuan } from '../core/money.ts';

/** A bench's customer with a meter card: what is in a person's hand, and what hangs on the wall at home. */
export interface CardHolder {
  customer: Customer;
  card: PurchaseCard;
  /** The same card as it goes into a reader's mouth. */
  inHand: Card;
  meter: MeterState;
  /** What the meter's display said when the card was in it last. */
  shown: string;
}

export interface CounterCards {
  /** By the last digits of the customer's number. Throws where nobody or more than one has them. */
  find(digits: string): CardHolder;
  /** Whose card this is. */
  holderOf(card: Card | undefined): CardHolder | undefined;
  /** The customer goes home and puts the card into the meter. @param now ms */
  insertIntoMeter(holder: CardHolder, now: number): Inserted;
  all: readonly CardHolder[];
}

const KEPT = 'cards.json';
/** What is left in a meter when the bench sees it for the first time, fen. */
const FIRST_BALANCE = 1_200;

interface Kept {
  [customerNo: string]: { files: { [name in FileName]: string }; meter: MeterState };
}

/** The cards and meters of the simulated utility's customers; what is on them is kept in the bench's folder, as on real ones. */
export function openCounterCards(folder: string): CounterCards {
  const path = join(folder, KEPT);
  const kept: Kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : {};
  const all = TEST_CUSTOMERS.map((customer) => holderFor(customer, kept[customer.customerNo]));
  for (const { card } of all) card.onChange = save;

  function save(): void {
    const now: Kept = {};
    for (const { customer, card, meter } of all) {
      const { parameters, wallet, returned } = card.files;
      now[customer.customerNo] = {
        files: { parameters: hexOf(parameters), wallet: hexOf(wallet), returned: hexOf(returned) },
        meter,
      };
    }
    // A bench that is killed in the middle must not find half a file: a card has no such moment.
    writeFileSync(`${path}.new`, JSON.stringify(now));
    renameSync(`${path}.new`, path);
  }

  return {
    all,
    find(digits) {
      const found = all.filter(({ customer }) => customer.customerNo.endsWith(digits));
      const [holder] = found;
      if (holder && found.length === 1) return holder;
      const numbers = all.map(({ customer }) => lastDigits(customer)).join(', ');
      throw new Error(
        `${found.length === 0 ? 'no' : 'more than one'} customer’s number ends in «${digits}»; the bench’s customers end in ${numbers}`,
      );
    },
    holderOf: (card) => card && all.find(({ inHand }) => inHand === card),
    insertIntoMeter(holder, now) {
      const { card, meter } = holder;
      const at = formatLocal(now).replace(/\D/g, '').slice(2, 12);
      const inserted = insertIntoMeter(meter, card, at);
      holder.shown = inserted.shown;
      save();
      return inserted;
    },
  };
}

/** How people call a customer of the bench, and a card: by the last four digits. */
export const lastDigits = ({ customerNo }: Customer): string => customerNo.slice(-4);

function holderFor(customer: Customer, kept: Kept[string] | undefined): CardHolder {
  const { customerNo, meterNo, cardSerial, layout, wallet } = customer;
  const card = createPurchaseCard({
    serial: cardSerial,
    layout,
    parameters: { meterNo, customerNo, kind: 'purchase' },
    wallet,
    ...(wallet.count > 0
      ? {
          returned: returnFile(layout, {
            meterNo,
            customerNo,
            balanceFen: FIRST_BALANCE,
            count: wallet.count,
            at: '2601010800',
          }),
        }
      : {}),
  });
  if (kept)
    for (const name of Object.keys(FILES[layout]) as FileName[])
      (card.files as { [file in FileName]: Uint8Array })[name] = bytesOf(kept.files[name]);
  const meter = kept?.meter ?? {
    meterNo,
    customerNo,
    cardSerial,
    isOpen: true,
    count: wallet.count,
    balanceFen: FIRST_BALANCE,
  };
  return {
    customer,
    card,
    inHand: { name: `电卡 ${lastDigits(customer)}`, chip: card },
    meter,
    shown: `${formatYuan(meter.balanceFen)} 元`,
  };
}

/** What is on a card, file by file, as far as it can be read. */
export interface CardContent {
  wallet: { count: number; amountFen: number };
  /** `empty`: a purchase that no meter has taken. `torn`: a write was broken off. */
  returned: { count: number; balanceFen: number } | 'empty' | 'torn';
  parameters: 'whole' | 'torn';
}

export function contentOf({ files }: PurchaseCard): CardContent {
  const returned = readReturn(files.returned);
  return {
    wallet: readWallet(files.wallet),
    returned: returned ?? (isEmptyReturn(files.returned) ? 'empty' : 'torn'),
    parameters: readParameters(files.parameters) ? 'whole' : 'torn',
  };
}
