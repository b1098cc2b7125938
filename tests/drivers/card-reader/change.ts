import type { WriteRequest } from '../../../drivers/card-reader/write-request.ts';
import { authorizationOf, headerOf, sealOf } from '../../../simulators/devices/cards/issuer.ts';
import type { FileName } from '../../../simulators/devices/cards/meter-files.ts';
import {
  EMPTY,
  type Files,
  parameters,
  returned,
  SERIAL,
  type TestCard,
  testCard,
  textOf,
  wallet,
} from './test-card.ts';

/** A card between two states, the amounts in fen. */
export interface Change {
  name: string;
  before: { files: Files; amountFen: number; count: number };
  after: { files: Files; amountFen: number; count: number };
}

const inserted = (): Files => ({
  parameters: parameters('replacement'),
  wallet: wallet(5_000, 255),
  returned: returned(255, 5_030),
});
const sold = (): Files => ({
  parameters: parameters('purchase'),
  wallet: wallet(10_000, 256),
  returned: EMPTY,
});

/** The count has a carry, so that a tear in it shows. */
export const PURCHASE: Change = {
  name: 'purchase',
  before: { files: inserted(), amountFen: 5_000, count: 255 },
  after: { files: sold(), amountFen: 10_000, count: 256 },
};

export const VOID: Change = { name: 'void', before: PURCHASE.after, after: PURCHASE.before };

export const NEWER: Change = {
  name: 'purchase on a card of 2013',
  before: { ...PURCHASE.before, files: { ...inserted(), returned: returned(255, 5_030, '2013') } },
  after: { ...PURCHASE.after, files: { ...sold(), returned: new Uint8Array(50) } },
};

export const layoutOf = ({ before }: Change) => (before.files.returned.length === 50 ? '2013' : '2009');

/** A card as the change finds it. */
export const cardOf = (change: Change, options: { serial?: string } = {}): TestCard =>
  testCard(change.before.files, options);

/** The write request of this change for one session, sealed. */
export function sealed(change: Change, challenge: string, serial = SERIAL): WriteRequest {
  const file = (name: FileName) => {
    const data = change.after.files[name];
    const header = headerOf(layoutOf(change), name, data.length);
    return { file: name, data: textOf(data), mac: sealOf(serial, challenge, header, data) };
  };
  const { before, after } = change;
  return {
    serial,
    challenge,
    before: { amountFen: before.amountFen, count: before.count },
    after: { amountFen: after.amountFen, count: after.count },
    authorization: authorizationOf(serial, challenge),
    // Not the order of writing: that is the driver's business.
    files: [file('wallet'), file('parameters'), file('returned')],
  };
}
