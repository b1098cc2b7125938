import Type from 'typebox';
import type { Profile } from '../operation.ts';

const customerNo = Type.String({ pattern: '^\\d{12}$', description: 'The customer’s number at the utility' });
const meterNo = Type.String({ pattern: '^\\d{12}$' });
const cardSerial = Type.String({
  pattern: '^[0-9A-F]{16}$',
  description: 'The card’s serial number, 8 bytes as hex',
});
const count = Type.Integer({
  minimum: 0,
  maximum: 0xffffffff,
  description: 'The purchase count of the card',
});
const fen = Type.Integer({ minimum: 1, maximum: 2_000_000_000, description: 'Amount in fen' });
const originalKey = Type.String({
  minLength: 1,
  maxLength: 256,
  description: 'The idempotency key of the order of the purchase',
});
const counterpartNo = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The utility’s own number for it',
});

/** A purchase in the utility’s books. */
const standing = Type.Union([
  Type.Literal('ordered'),
  Type.Literal('confirmed'),
  Type.Literal('cancelled'),
  Type.Literal('voidOrdered'),
  Type.Literal('voided'),
  Type.Literal('failed'),
  Type.Literal('notFound'),
]);

/**
 * An electricity utility that sells to smart-meter purchase cards: CAR-01 to CAR-07. The order (money) and the sealed files
 * (what goes onto the card) are apart: the same order is sealed again for another session with the card. The keys of the
 * grid stay with the utility.
 */
export const utility = {
  name: 'utility',
  side: 'counterpart',
  description:
    'A utility’s adapter: sells to meter cards, seals what is written to them, takes confirmations, cancels and voids',
  operations: {
    findCustomer: {
      kind: 'question',
      description: 'Who the customer is and whether the card may be sold to',
      request: Type.Object({
        customerNo,
        meterNo: Type.Optional(meterNo),
        cardSerial: Type.Optional(cardSerial),
      }),
      result: Type.Object({
        customerNo,
        meterNo,
        name: Type.String({ maxLength: 60 }),
        address: Type.String({ maxLength: 120 }),
        arrearsFen: Type.Integer({ minimum: 0 }),
        count,
        maximumFen: fen,
        problem: Type.Optional(
          Type.String({ description: 'Why nothing may be sold to this card now: an error code' }),
        ),
      }),
    },
    order: {
      kind: 'command',
      description: 'Order a purchase for this card, once per key; at most one open order per meter',
      request: Type.Object({
        customerNo,
        meterNo,
        cardSerial,
        count,
        amountFen: fen,
        returned: Type.Optional(
          Type.String({
            pattern: '^([0-9A-F]{2}){1,256}$',
            description:
              'The card’s return file, which the purchase clears and a void brings back; missing: it was empty',
          }),
        ),
      }),
      result: Type.Object({ customerNo, meterNo, cardSerial, count, amountFen: fen, counterpartNo }),
    },
    seal: {
      kind: 'question',
      description:
        'The files of an ordered purchase, or of its void, sealed for one session with the card. Changes nothing; may be asked again for the next session',
      request: Type.Object({
        originalKey,
        cardSerial,
        challenge: Type.String({ pattern: '^[0-9A-F]{16}$' }),
        purpose: Type.Union([Type.Literal('purchase'), Type.Literal('void')]),
      }),
      result: Type.Object({
        before: Type.Object({ amountFen: Type.Integer({ minimum: 0 }), count }),
        after: Type.Object({ amountFen: Type.Integer({ minimum: 0 }), count }),
        authorization: Type.String({ pattern: '^[0-9A-F]{16}$' }),
        files: Type.Array(
          Type.Object({
            file: Type.Union([Type.Literal('parameters'), Type.Literal('wallet'), Type.Literal('returned')]),
            data: Type.String({ pattern: '^([0-9A-F]{2}){1,256}$' }),
            mac: Type.String({ pattern: '^[0-9A-F]{8}$' }),
          }),
          { minItems: 1, maxItems: 3 },
        ),
      }),
    },
    confirm: {
      kind: 'command',
      description: 'The purchase is proven to be on the card',
      request: Type.Object({ originalKey }),
      result: Type.Object({ counterpartNo }),
    },
    cancel: {
      kind: 'command',
      description: 'The purchase is proven not to be on the card: take the order back (CAR-03)',
      request: Type.Object({ originalKey }),
      result: Type.Object({ counterpartNo }),
    },
    orderVoid: {
      kind: 'command',
      description:
        'Take a confirmed purchase back that no meter has read; what the card carried before is sealed for it (CAR-02)',
      request: Type.Object({ originalKey, amountFen: fen }),
      result: Type.Object({ counterpartNo }),
    },
    confirmVoid: {
      kind: 'command',
      description: 'The void is proven to be on the card',
      request: Type.Object({ originalKey }),
      result: Type.Object({ counterpartNo }),
    },
    cancelVoid: {
      kind: 'command',
      description: 'The void is proven not to be on the card: the purchase stands as confirmed',
      request: Type.Object({ originalKey }),
      result: Type.Object({ counterpartNo }),
    },
    inquire: {
      kind: 'question',
      description: 'What the utility’s books say of the purchase with this key',
      request: Type.Object({ originalKey }),
      result: Type.Object({
        standing,
        cardSerial: Type.Optional(cardSerial),
        count: Type.Optional(count),
        amountFen: Type.Optional(fen),
        counterpartNo: Type.Optional(counterpartNo),
        errorCode: Type.Optional(Type.String()),
      }),
    },
  },
  status: Type.Object({
    upstream: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('unknown')]),
  }),
  capabilities: Type.Object({ keepsKeysDays: Type.Integer({ minimum: 7 }), voids: Type.Boolean() }),
  clauses: [
    {
      id: 'UTL-001',
      level: 'MUST',
      text: 'A success of order repeats customer, meter, card, count and amount of the request; what differs is no success of it.',
    },
    {
      id: 'UTL-002',
      level: 'MUST',
      text: 'At most one order per meter is open (ordered or voidOrdered); another is refused with counterpart.orderOpen and has no effect.',
    },
    {
      id: 'UTL-003',
      level: 'MUST',
      text: 'An order is for the card’s count plus one; another count is refused with counterpart.countMismatch and has no effect.',
    },
    {
      id: 'UTL-004',
      level: 'MUST',
      text: 'seal changes nothing in the books and always gives the same amount and count for the same order; only authorization and seals differ with the challenge.',
    },
    {
      id: 'UTL-005',
      level: 'MUST',
      text: 'confirm of a confirmed order and cancel of a cancelled one succeed, under whatever key; confirm of a cancelled one and cancel of a confirmed one fail with counterpart.wrongStanding.',
    },
    {
      id: 'UTL-006',
      level: 'MUST',
      text: 'An order is never cancelled, confirmed or expired by itself: what is open stays open until it is told.',
    },
    {
      id: 'UTL-007',
      level: 'MUST',
      text: 'A void is ordered only for the last confirmed purchase of the card, with its very amount; its seal brings back what the card carried before.',
    },
    {
      id: 'UTL-008',
      level: 'MUST',
      text: 'inquire is answered from the utility’s books by our key, also by an instance that was never asked and after the adapter lost its journal.',
    },
  ],
} as const satisfies Profile;
