import type { BookEvent, Customer, Purchase, Standing } from './entries.ts';

/** What was ordered, in fen, and where it is now: ordered = open + confirmed + cancelled + voided. */
export interface Sums {
  ordered: number;
  /** Ordered or void ordered: nobody has told how it ended. */
  open: number;
  confirmed: number;
  cancelled: number;
  voided: number;
}

/** The utility's books: state that only {@link Books.apply} changes, so that the events alone give it back. Amounts in fen. */
export interface Books {
  /** Throws where the event can't follow what is in the books. */
  apply(event: BookEvent): void;
  customer(customerNo: string): Customer | undefined;
  customers(): Iterable<Customer>;
  purchase(key: string): Purchase | undefined;
  purchases(): Iterable<Purchase>;
  /** The purchase of this meter that is neither settled nor taken back (UTL-002). */
  openOf(meterNo: string): Purchase | undefined;
  /** Whether a void was ever ordered under this key, whatever became of it. */
  hasVoid(voidKey: string): boolean;
  sums(): Readonly<Sums>;
  /** What was sold to this meter and stands: confirmed and not voided. In fen. */
  balanceFor(meterNo: string): number;
}

/** What each event needs, and what it makes of the purchase. */
const STEPS = {
  confirmed: { from: 'ordered', to: 'confirmed' },
  cancelled: { from: 'ordered', to: 'cancelled' },
  voidOrdered: { from: 'confirmed', to: 'voidOrdered' },
  voidConfirmed: { from: 'voidOrdered', to: 'voided' },
  voidCancelled: { from: 'voidOrdered', to: 'confirmed' },
} as const satisfies { [kind: string]: { from: Standing; to: Standing } };

type Step = Extract<BookEvent, { kind: keyof typeof STEPS }>;

const sumOf = (standing: (typeof STEPS)[Step['kind']]['from' | 'to']) =>
  standing === 'ordered' || standing === 'voidOrdered' ? 'open' : standing;

export function createBooks(events: Iterable<BookEvent> = []): Books {
  const customers = new Map<string, Customer>();
  /** By meter: whose it is. */
  const owners = new Map<string, string>();
  const purchases = new Map<string, Purchase>();
  /** By meter: the key of the open purchase. */
  const open = new Map<string, string>();
  const voidKeys = new Set<string>();
  const sums: Sums = { ordered: 0, open: 0, confirmed: 0, cancelled: 0, voided: 0 };
  const balances = new Map<string, number>();
  let numbers = 0;

  const refuse = (event: BookEvent, why: string): never => {
    throw new Error(`the utility's books can't take «${event.kind}»: ${why}`);
  };
  const customerOf = (event: BookEvent, customerNo: string): Customer =>
    customers.get(customerNo) ?? refuse(event, `there is no customer ${customerNo}`);
  const credit = (meterNo: string, fen: number) =>
    void balances.set(meterNo, (balances.get(meterNo) ?? 0) + fen);

  function register(event: Extract<BookEvent, { kind: 'customer' }>): void {
    const { customer } = event;
    const { customerNo, meterNo } = customer;
    const owner = owners.get(meterNo) ?? customerNo;
    if (owner !== customerNo) refuse(event, `meter ${meterNo} is customer ${owner}'s`);
    const known = customers.get(customerNo);
    if (known && open.has(known.meterNo))
      refuse(event, `${open.get(known.meterNo)} is open on meter ${known.meterNo}`);
    customers.set(customerNo, customer);
    owners.set(meterNo, customerNo);
  }

  function enter(event: Extract<BookEvent, { kind: 'ordered' | 'declined' }>): void {
    const { key, customerNo, amountFen } = event;
    const { wallet, meterNo } = customerOf(event, customerNo);
    if (purchases.has(key)) refuse(event, `${key} is known`);
    const isOrdered = event.kind === 'ordered';
    if (isOrdered && open.has(meterNo)) refuse(event, `${open.get(meterNo)} is open on meter ${meterNo}`);
    purchases.set(key, {
      key,
      customerNo,
      amountFen,
      count: wallet.count + 1,
      counterpartNo: `SG${String(++numbers).padStart(10, '0')}`,
      standing: isOrdered ? 'ordered' : 'failed',
      before: wallet,
      returned: isOrdered ? event.returned : '',
      ...(event.kind === 'declined' ? { code: event.code } : {}),
    });
    if (!isOrdered) return;
    open.set(meterNo, key);
    sums.ordered += amountFen;
    sums.open += amountFen;
  }

  function move(event: Step): void {
    const purchase = purchases.get(event.key) ?? refuse(event, `there is no purchase ${event.key}`);
    const { from, to } = STEPS[event.kind];
    if (purchase.standing !== from) refuse(event, `${event.key} is ${purchase.standing}`);
    const customer = customerOf(event, purchase.customerNo);
    const { count, amountFen, before } = purchase;
    const { customerNo, meterNo, wallet } = customer;
    if (event.kind === 'voidOrdered') {
      if (voidKeys.has(event.voidKey)) refuse(event, `the void ${event.voidKey} is known`);
      if (open.has(meterNo)) refuse(event, `${open.get(meterNo)} is open on meter ${meterNo}`);
      if (wallet.count !== count) refuse(event, `the last purchase of the card is number ${wallet.count}`);
      purchase.voidKey = event.voidKey;
      voidKeys.add(event.voidKey);
      open.set(meterNo, purchase.key);
    } else open.delete(meterNo);
    purchase.standing = to;
    sums[sumOf(from)] -= amountFen;
    sums[sumOf(to)] += amountFen;
    if (event.kind === 'confirmed') {
      customers.set(customerNo, { ...customer, wallet: { count, amountFen } });
      credit(meterNo, amountFen);
    }
    if (to === 'voided') {
      customers.set(customerNo, { ...customer, wallet: before });
      credit(meterNo, -amountFen);
    }
  }

  const books: Books = {
    apply(event) {
      if (event.kind === 'customer') register(event);
      else if (event.kind === 'ordered' || event.kind === 'declined') enter(event);
      else move(event);
    },
    customer: (customerNo) => customers.get(customerNo),
    customers: () => customers.values(),
    purchase: (key) => purchases.get(key),
    purchases: () => purchases.values(),
    openOf(meterNo) {
      const key = open.get(meterNo);
      return key === undefined ? undefined : purchases.get(key);
    },
    hasVoid: (voidKey) => voidKeys.has(voidKey),
    sums: () => sums,
    balanceFor: (meterNo) => balances.get(meterNo) ?? 0,
  };
  for (const event of events) books.apply(event);
  return books;
}
