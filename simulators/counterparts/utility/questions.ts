import type { Question } from '../../../contracts/endpoint/behaviour.ts';
import type { RequestOf, ResultOf } from '../../../contracts/operation.ts';
import type { utility } from '../../../contracts/profiles/utility.ts';
import type { Books } from './books.ts';
import { type Context, failure, success, unknown } from './context.ts';
import type { Customer } from './entries.ts';
import { MAXIMUM_FEN } from './rules.ts';
import { sealed } from './sealing.ts';

type Operations = typeof utility.operations;

/** The questions, by operation. None changes the books. */
export function createQuestions({ books, conductOf, write, isUsed }: Context) {
  function findCustomer({ data, answer }: Question): void {
    const { customerNo, meterNo, cardSerial } = data as RequestOf<Operations['findCustomer']>;
    const customer = books.customer(customerNo);
    if (!customer || (meterNo ?? customer.meterNo) !== customer.meterNo)
      return answer(failure('counterpart.accountInvalid'));
    const { name, address, arrearsFen, wallet } = customer;
    const problem = saleProblem(books, customer, cardSerial);
    const result: ResultOf<Operations['findCustomer']> = {
      customerNo,
      meterNo: customer.meterNo,
      name,
      address,
      arrearsFen,
      count: wallet.count,
      maximumFen: MAXIMUM_FEN,
      ...(problem ? { problem } : {}),
    };
    answer(success(result));
  }

  function seal({ data, answer }: Question): void {
    const asked = data as RequestOf<Operations['seal']>;
    const purchase = books.purchase(asked.originalKey);
    const customer = purchase && books.customer(purchase.customerNo);
    const standing = asked.purpose === 'purchase' ? 'ordered' : 'voidOrdered';
    if (!customer || purchase.standing !== standing || customer.cardSerial !== asked.cardSerial)
      return answer(failure('counterpart.wrongStanding'));
    const { key, customerNo } = purchase;
    const { noSeal = 0 } = conductOf({ key, customerNo, operation: 'order' });
    if (isUsed('noSeal', key, noSeal)) return answer(unknown('counterpart.timeout'));
    answer(success(sealed(customer, purchase, asked)));
  }

  function inquire({ data, recall, answer }: Question): void {
    const { originalKey } = data as RequestOf<Operations['inquire']>;
    write([], () => answer(success(standingOf(originalKey, recall))));
  }

  function standingOf(key: string, recall: Question['recall']): ResultOf<Operations['inquire']> {
    const purchase = books.purchase(key);
    if (!purchase) {
      // What never reached the utility is not in its books; the adapter's journal may prove that.
      const end = recall(key)?.completion;
      return end?.outcome === 'failure' && end.error
        ? { standing: 'failed', errorCode: end.error.code }
        : { standing: 'notFound' };
    }
    const { standing, count, amountFen, counterpartNo, code, customerNo } = purchase;
    const { denies = 0 } = conductOf({ key, customerNo, operation: 'order' });
    if (isUsed('denies', key, denies)) return { standing: 'notFound' };
    const cardSerial = books.customer(customerNo)?.cardSerial;
    return {
      standing,
      count,
      amountFen,
      counterpartNo,
      ...(cardSerial ? { cardSerial } : {}),
      ...(code ? { errorCode: code } : {}),
    };
  }

  return { findCustomer, seal, inquire };
}

/** Why nothing may be sold to this card now. */
function saleProblem(books: Books, customer: Customer, cardSerial = customer.cardSerial): string | undefined {
  if (books.openOf(customer.meterNo)) return 'counterpart.orderOpen';
  if (customer.isClosed) return 'counterpart.accountClosed';
  return cardSerial === customer.cardSerial ? undefined : 'counterpart.declined';
}
