import type { WireErrorCode } from '../../../contracts/errors.ts';
import type { RequestOf } from '../../../contracts/operation.ts';
import type { utility } from '../../../contracts/profiles/utility.ts';
import { FILES } from '../../devices/cards/meter-files.ts';
import type { Books } from './books.ts';
import type { Purchase } from './entries.ts';

/** The most that is sold at once, fen. */
export const MAXIMUM_FEN = 5_000_000;

/** Why the utility declines this order, whatever else happens; `undefined` where it does not. */
export function orderProblem(
  books: Books,
  asked: RequestOf<typeof utility.operations.order>,
): WireErrorCode | undefined {
  const { customerNo, meterNo, cardSerial, count, amountFen, returned } = asked;
  const customer = books.customer(customerNo);
  if (!customer || customer.meterNo !== meterNo) return 'counterpart.accountInvalid';
  if (customer.isClosed) return 'counterpart.accountClosed';
  if (customer.cardSerial !== cardSerial) return 'counterpart.declined';
  // A void writes it back: another length would be another card's file, or a part of it.
  if (returned !== undefined && returned.length !== 2 * FILES[customer.layout].returned.length)
    return 'contract.invalidData';
  if (amountFen > MAXIMUM_FEN) return 'counterpart.limitExceeded';
  if (books.openOf(meterNo)) return 'counterpart.orderOpen'; // UTL-002
  if (count !== customer.wallet.count + 1) return 'counterpart.countMismatch'; // UTL-003
  return undefined;
}

/** Why no void of this purchase may be ordered: only the last confirmed one of its card may be voided, whole (UTL-007). */
export function voidProblem(
  books: Books,
  purchase: Purchase | undefined,
  amountFen: number,
): WireErrorCode | undefined {
  const customer = purchase && books.customer(purchase.customerNo);
  if (!customer) return 'counterpart.wrongStanding';
  if (books.openOf(customer.meterNo)) return 'counterpart.orderOpen'; // UTL-002
  const isLast = purchase.standing === 'confirmed' && purchase.count === customer.wallet.count;
  return isLast && purchase.amountFen === amountFen ? undefined : 'counterpart.wrongStanding';
}
