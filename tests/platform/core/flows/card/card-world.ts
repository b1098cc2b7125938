import type { Envelope } from '../../../../../contracts/envelope.ts';
import { type WireErrorCode, wireError } from '../../../../../contracts/errors.ts';
import type { Completion } from '../../../../../contracts/operation.ts';
import type { Wallet } from '../../../../../platform/core/card-work.ts';
import { BEFORE, CUSTOMER, METER, returnedAt, SERIAL } from './counter.ts';

export const success = (result: object): Completion => ({ outcome: 'success', result });
export const failure = (code: WireErrorCode): Completion => ({ outcome: 'failure', error: wireError(code) });
const unclear: Completion = { outcome: 'unknown', error: wireError('device.writeUncertain') };

type Returned = ReturnType<typeof returnedAt>;
const isSame = (a: Wallet, b: Wallet) => a.count === b.count && a.amountFen === b.amountFen;
const operationOf = ({ type }: Envelope) => type.split('.')[2] ?? '';
const orderOf = ({ correlation = '' }: Envelope) => correlation;

/** What the next write to the card meets. */
export type WriteFault = 'refused' | 'pulledBefore' | 'half' | 'torn' | 'pulledAfter';

/** One purchase card, the meter it belongs to, and the reader it is put into. */
export function cardModel() {
  const card = {
    wallet: BEFORE,
    returned: returnedAt(5) as Returned | undefined,
    isTorn: false,
    challenge: 1,
    slot: 'own' as 'own' | 'other' | 'empty',
  };
  let meterCount = 5;
  let fault: WriteFault | undefined;
  const journal = new Map<string, Completion>();
  /** The orders that have been on the card as a whole at some time. */
  const carried = new Set<string>();
  const writes: string[] = [];

  const challenge = () => card.challenge.toString(16).toUpperCase().padStart(16, '0');

  function read(): Completion {
    if (card.slot === 'empty') return failure('device.cardNotPresent');
    card.challenge++;
    const { wallet, returned, isTorn } = card;
    return success({
      card: 'meter',
      layout: '2013',
      serial: card.slot === 'own' ? SERIAL : '00000000000000B2',
      meterNo: METER,
      customerNo: CUSTOMER,
      kind: 'purchase',
      wallet,
      ...(returned && !isTorn ? { returned } : {}),
      ...(isTorn ? { damaged: ['returned'] } : {}),
      challenge: challenge(),
    });
  }

  function write(message: Envelope, now: number): Completion {
    const known = journal.get(message.key ?? '');
    if (known) return known;
    const end = begin(message, now);
    journal.set(message.key ?? '', end);
    return end;
  }

  function begin(message: Envelope, now: number): Completion {
    const asked = message.data as { serial: string; challenge: string; before: Wallet; after: Wallet };
    const isVoid = asked.after.count < asked.before.count;
    // A card's own files are in the first one of them, as the model's issuer makes them.
    const [file] = (message.data as { files: { data: string }[] }).files;
    const restored = file?.data === '00' ? undefined : returnedAt(asked.after.count);
    if (now > (message.expiry ?? 0)) return failure('contract.expired');
    if (card.slot === 'empty') return failure('device.cardNotPresent');
    if (card.slot === 'other') return failure('device.cardSwapped');
    if (asked.challenge !== challenge()) return failure('device.challengeStale');
    if (isSame(card.wallet, asked.after) && !card.isTorn && card.returned?.data === restored?.data)
      return success({ serial: SERIAL, wallet: asked.after, written: 'already' });
    if (!isSame(card.wallet, asked.before) && !isSame(card.wallet, asked.after))
      return failure('device.cardChanged');
    if (isVoid && card.returned?.count === asked.before.count) return failure('device.cardChanged');
    const hit = fault;
    fault = undefined;
    if (hit === 'refused') return failure('device.cardRefused');
    if (hit === 'pulledBefore') {
      card.slot = 'empty';
      return unclear;
    }
    writes.push(orderOf(message));
    card.returned = restored;
    card.isTorn = hit === 'torn';
    if (hit !== 'half' && hit !== 'torn') {
      card.wallet = asked.after;
      carried.add(orderOf(message));
    }
    if (hit !== undefined) {
      card.slot = 'empty';
      return unclear;
    }
    return success({ serial: SERIAL, wallet: asked.after, written: 'now' });
  }

  return {
    card,
    carried,
    writes,
    reply: (message: Envelope, now: number): Completion =>
      operationOf(message) === 'read' ? read() : write(message, now),
    nextWrite(next: WriteFault | undefined) {
      fault = next;
    },
    /** The customer goes home and puts the card into the meter. */
    visitMeter() {
      if (card.wallet.count === meterCount + 1 && card.returned === undefined && !card.isTorn)
        meterCount = card.wallet.count;
      if (card.wallet.count !== meterCount) return;
      card.returned = returnedAt(meterCount);
      card.isTorn = false;
    },
  };
}

export type CardModel = ReturnType<typeof cardModel>;

interface Entry {
  standing: 'ordered' | 'confirmed' | 'cancelled' | 'voidOrdered' | 'voided';
  count: number;
  amountFen: number;
  before: Wallet;
  hadReturned: boolean;
}

const TOLD = {
  confirm: { from: 'ordered', to: 'confirmed' },
  cancel: { from: 'ordered', to: 'cancelled' },
  confirmVoid: { from: 'voidOrdered', to: 'voided' },
  cancelVoid: { from: 'voidOrdered', to: 'confirmed' },
} as const;

/** The utility: its books, and nothing that goes wrong but the way to it. */
export function utilityModel() {
  const entries = new Map<string, Entry>();
  const journal = new Map<string, Completion>();
  let wallet = BEFORE;
  const number = success({ counterpartNo: 'SG1' });
  const openEntry = () =>
    [...entries.values()].find(({ standing }) => standing === 'ordered' || standing === 'voidOrdered');

  function order(message: Envelope): Completion {
    const { returned, ...asked } = message.data as { count: number; amountFen: number; returned?: string };
    if (openEntry()) return failure('counterpart.orderOpen');
    if (asked.count !== wallet.count + 1) return failure('counterpart.countMismatch');
    entries.set(message.key ?? '', {
      standing: 'ordered',
      count: asked.count,
      amountFen: asked.amountFen,
      before: wallet,
      hadReturned: returned !== undefined,
    });
    return success({ ...asked, counterpartNo: 'SG1' });
  }

  function orderVoid(entry: Entry): Completion {
    if (openEntry()) return failure('counterpart.orderOpen');
    if (entry.standing !== 'confirmed' || entry.count !== wallet.count)
      return failure('counterpart.wrongStanding');
    entry.standing = 'voidOrdered';
    return number;
  }

  function tell(entry: Entry, operation: keyof typeof TOLD): Completion {
    const { from, to } = TOLD[operation];
    if (entry.standing === to) return number;
    if (entry.standing !== from) return failure('counterpart.wrongStanding');
    entry.standing = to;
    if (to === 'confirmed' && operation === 'confirm')
      wallet = { count: entry.count, amountFen: entry.amountFen };
    if (to === 'voided') wallet = entry.before;
    return number;
  }

  function seal(entry: Entry, purpose: string): Completion {
    const isVoid = purpose === 'void';
    if (entry.standing !== (isVoid ? 'voidOrdered' : 'ordered')) return failure('counterpart.wrongStanding');
    const after = { count: entry.count, amountFen: entry.amountFen };
    return success({
      before: isVoid ? after : entry.before,
      after: isVoid ? entry.before : after,
      authorization: 'AA00000000000001',
      // What the return file becomes: empty, or as it was.
      files: [{ file: 'returned', data: isVoid && entry.hadReturned ? '68' : '00', mac: '12345678' }],
    });
  }

  function command(message: Envelope, entry: Entry | undefined): Completion {
    const operation = operationOf(message);
    if (operation === 'order') return order(message);
    if (!entry) return failure('counterpart.wrongStanding');
    return operation === 'orderVoid' ? orderVoid(entry) : tell(entry, operation as keyof typeof TOLD);
  }

  return {
    entries,
    reply(message: Envelope, now: number): Completion {
      const { originalKey = '', purpose = '' } = message.data as { originalKey?: string; purpose?: string };
      const entry = entries.get(originalKey);
      const operation = operationOf(message);
      if (operation === 'inquire')
        return entry
          ? success({ standing: entry.standing, count: entry.count, amountFen: entry.amountFen })
          : success({ standing: 'notFound' });
      if (operation === 'seal') return entry ? seal(entry, purpose) : failure('counterpart.wrongStanding');
      const known = journal.get(message.key ?? '');
      if (known) return known;
      const end = now > (message.expiry ?? 0) ? failure('contract.expired') : command(message, entry);
      journal.set(message.key ?? '', end);
      return end;
    },
  };
}

export type UtilityModel = ReturnType<typeof utilityModel>;
