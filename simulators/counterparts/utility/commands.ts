import type { Command } from '../../../contracts/endpoint/behaviour.ts';
import type { Completion, RequestOf } from '../../../contracts/operation.ts';
import type { utility } from '../../../contracts/profiles/utility.ts';
import { SECOND } from '../../../contracts/time.ts';
import type { Conduct } from './conduct.ts';
import { type Context, failure, success, unknown } from './context.ts';
import type { BookEvent, Customer, Purchase, Standing } from './entries.ts';
import { orderProblem, voidProblem } from './rules.ts';

type Order = RequestOf<typeof utility.operations.order>;

/** When the adapter stops waiting for the utility, in ms. */
export const TIMEOUT = 30 * SECOND;

/** Where a purchase must stand for what it is told, and where it stands then; told again, that is the same success (UTL-005). */
const TOLD = {
  confirm: { event: 'confirmed', from: 'ordered', to: ['confirmed', 'voidOrdered', 'voided'] },
  cancel: { event: 'cancelled', from: 'ordered', to: ['cancelled'] },
  confirmVoid: { event: 'voidConfirmed', from: 'voidOrdered', to: ['voided'] },
  cancelVoid: { event: 'voidCancelled', from: 'voidOrdered', to: ['confirmed'] },
} as const satisfies {
  [operation: string]: { event: BookEvent['kind']; from: Standing; to: readonly Standing[] };
};

/** The commands, by operation. Each ends the command once, now or later, or never where the conduct says so. */
export function createCommands(context: Context) {
  const { books, conductOf, now, after, write, isUsed } = context;

  function tell(command: Command, conduct: Conduct, end: Completion): void {
    if (conduct.tell !== 'result') return;
    command.complete(end);
    if (conduct.flaw === 'toldTwice') command.complete(end);
  }

  /** Begins it at the utility as the conduct says: now, later or never. */
  function send(command: Command, conduct: Conduct, begin: () => void): void {
    if (conduct.upstream === 'down') return command.complete(failure('counterpart.unreachable'));
    if (conduct.tell === 'timeout') after(TIMEOUT, () => command.complete(unknown('counterpart.timeout')));
    if (conduct.upstream === 'notReached') return;
    if (conduct.delayMs === undefined) return begin();
    if (conduct.tell !== 'timeout') command.processing();
    after(conduct.delayMs, begin);
  }

  function order(command: Command): void {
    const { key } = command;
    const asked = command.data as Order;
    if (books.purchase(key)) return orderAgain(command, asked);
    const conduct = conductOf({ key, customerNo: asked.customerNo, operation: 'order' });
    // On a slow way it may have been overtaken by itself.
    send(command, conduct, () =>
      books.purchase(key) ? orderAgain(command, asked) : enter(command, asked, conduct),
    );
  }

  function enter(command: Command, asked: Order, conduct: Conduct): void {
    const { key } = command;
    const { customerNo, amountFen, returned = '' } = asked;
    const code =
      orderProblem(books, asked) ??
      (conduct.upstream === 'decline' ? (conduct.code ?? 'counterpart.declined') : undefined);
    // Whom the books do not know, they can hold nothing against.
    if (code && !books.customer(customerNo)) return tell(command, conduct, failure(code));
    const event: BookEvent = code
      ? { kind: 'declined', at: now(), key, customerNo, amountFen, code }
      : { kind: 'ordered', at: now(), key, customerNo, amountFen, returned };
    write([event], () => tell(command, conduct, endOf(key, conduct.flaw)));
  }

  /** The adapter has lost its journal, the utility has not: our key is ordered once, and told as it stands in the books. */
  function orderAgain(command: Command, asked: Order): void {
    const purchase = books.purchase(command.key);
    const customer = purchase && books.customer(purchase.customerNo);
    const isSame = purchase && customer && isSameOrder(asked, purchase, customer);
    write([], () => command.complete(isSame ? endOf(command.key) : unknown('counterpart.ambiguous')));
  }

  /** What the platform is told of an order; UTL-001 is broken only where the conduct says so. */
  function endOf(key: string, flaw?: Conduct['flaw']): Completion {
    const purchase = books.purchase(key);
    const customer = purchase && books.customer(purchase.customerNo);
    // Taken back under this key: neither a success nor nothing.
    if (!customer || purchase.standing === 'cancelled') return unknown('counterpart.ambiguous');
    if (purchase.standing === 'failed') return failure(purchase.code ?? 'counterpart.declined');
    const { customerNo, meterNo, cardSerial } = customer;
    const { count, amountFen, counterpartNo } = purchase;
    return success({
      customerNo,
      meterNo,
      cardSerial: flaw === 'wrongCard' ? '0000000000000000' : cardSerial,
      count,
      amountFen: flaw === 'wrongAmount' ? amountFen + 100 : amountFen,
      counterpartNo,
    });
  }

  function orderVoid(command: Command): void {
    const { key } = command;
    const { originalKey, amountFen } = command.data as RequestOf<typeof utility.operations.orderVoid>;
    if (books.hasVoid(key)) return orderVoidAgain(command);
    const { customerNo = '' } = books.purchase(originalKey) ?? {};
    const conduct = conductOf({ key, customerNo, operation: 'orderVoid' });
    send(command, conduct, () => {
      if (books.hasVoid(key)) return orderVoidAgain(command);
      const purchase = books.purchase(originalKey);
      const code =
        voidProblem(books, purchase, amountFen) ??
        (conduct.upstream === 'decline' ? (conduct.code ?? 'counterpart.declined') : undefined);
      if (code || !purchase) return tell(command, conduct, failure(code ?? 'counterpart.wrongStanding'));
      const { counterpartNo } = purchase;
      const event: BookEvent = { kind: 'voidOrdered', at: now(), key: originalKey, voidKey: key };
      write([event], () => tell(command, conduct, success({ counterpartNo })));
    });
  }

  /** As of an order: a void that was taken back is not ordered anew by a repeat of its key. */
  function orderVoidAgain(command: Command): void {
    const { originalKey, amountFen } = command.data as RequestOf<typeof utility.operations.orderVoid>;
    const purchase = books.purchase(originalKey);
    const stands =
      purchase?.voidKey === command.key &&
      purchase.amountFen === amountFen &&
      (purchase.standing === 'voidOrdered' || purchase.standing === 'voided');
    const end = stands
      ? success({ counterpartNo: purchase.counterpartNo })
      : unknown('counterpart.ambiguous');
    write([], () => command.complete(end));
  }

  function told(operation: keyof typeof TOLD, command: Command): void {
    const { originalKey } = command.data as { originalKey: string };
    const purchase = books.purchase(originalKey);
    const { event, from, to } = TOLD[operation];
    const isThere = purchase && (to as readonly Standing[]).includes(purchase.standing);
    if (!purchase || (purchase.standing !== from && !isThere))
      return command.complete(failure('counterpart.wrongStanding'));
    const { customerNo, counterpartNo } = purchase;
    const { noAnswer } = conductOf({ key: originalKey, customerNo, operation: 'order' });
    const isSilent = noAnswer !== undefined && isUsed('noAnswer', originalKey, noAnswer.times);
    const timeOut = () => after(TIMEOUT, () => command.complete(unknown('counterpart.timeout')));
    if (isSilent && !noAnswer.taken) return timeOut();
    write(isThere ? [] : [{ kind: event, at: now(), key: originalKey }], () =>
      isSilent ? timeOut() : command.complete(success({ counterpartNo })),
    );
  }

  return {
    order,
    orderVoid,
    confirm: (command: Command) => told('confirm', command),
    cancel: (command: Command) => told('cancel', command),
    confirmVoid: (command: Command) => told('confirmVoid', command),
    cancelVoid: (command: Command) => told('cancelVoid', command),
  };
}

/** Of a declined one the books keep only who and how much. */
function isSameOrder(asked: Order, purchase: Purchase, customer: Customer): boolean {
  const { customerNo, meterNo, cardSerial } = customer;
  const { amountFen, count, standing } = purchase;
  if (asked.customerNo !== customerNo || asked.amountFen !== amountFen) return false;
  return (
    standing === 'failed' ||
    (asked.meterNo === meterNo && asked.cardSerial === cardSerial && asked.count === count)
  );
}
