import type { RequestOf, ResultOf } from '../../../contracts/operation.ts';
import type { utility } from '../../../contracts/profiles/utility.ts';
import { bytesOf, hexOf } from '../../devices/cards/bytes.ts';
import { authorizationOf, headerOf, sealOf } from '../../devices/cards/issuer.ts';
import { emptyReturn, type FileName, parametersFile, walletFile } from '../../devices/cards/meter-files.ts';
import type { Customer, Purchase } from './entries.ts';

type Seal = typeof utility.operations.seal;

/**
 * The files of a purchase, or of its void, for one session with the card (UTL-004): always the same files, each time other seals.
 * A purchase clears the return file; a void brings back what it cleared, and the amount and count of before (UTL-007).
 */
export function sealed(
  customer: Customer,
  purchase: Purchase,
  { challenge, purpose }: RequestOf<Seal>,
): ResultOf<Seal> {
  const { layout, cardSerial, meterNo, customerNo } = customer;
  const bought = { count: purchase.count, amountFen: purchase.amountFen };
  const [before, after] = purpose === 'purchase' ? [purchase.before, bought] : [bought, purchase.before];
  const returned =
    purpose === 'purchase' || purchase.returned === '' ? emptyReturn(layout) : bytesOf(purchase.returned);
  const files: [FileName, Uint8Array][] = [
    ['parameters', parametersFile({ meterNo, customerNo, kind: 'purchase' })],
    ['wallet', walletFile(after)],
    ['returned', returned],
  ];
  return {
    before,
    after,
    authorization: authorizationOf(cardSerial, challenge),
    files: files.map(([file, data]) => ({
      file,
      data: hexOf(data),
      mac: sealOf(cardSerial, challenge, headerOf(layout, file, data.length), data),
    })),
  };
}
