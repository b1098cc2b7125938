import Type, { type Static } from 'typebox';

/** What a person's hands can do at a bench's counter. `show` does nothing: it only looks. */
export const DEEDS = [
  'show',
  'insert',
  'pull',
  'swap',
  'meter',
  'pullAt',
  'paperOut',
  'paperIn',
  'coverOpen',
  'coverClose',
  'alarm',
] as const;

export const counterDeed = Type.Object(
  {
    do: Type.Union(DEEDS.map((deed) => Type.Literal(deed))),
    card: Type.Optional(
      Type.String({
        pattern: '^\\d{1,12}$',
        description: 'Of insert, swap and meter: the last digits of the customer’s number',
      }),
    ),
    at: Type.Optional(
      Type.String({
        maxLength: 16,
        description: 'Of pullAt: read, write:K (after so many bytes), before-confirm, or never',
      }),
    ),
  },
  { additionalProperties: false },
);

export type CounterDeed = Omit<Static<typeof counterDeed>, 'do'> & { do: (typeof DEEDS)[number] };

/** A customer's card, where it is, and the meter at home. Amounts in fen. */
export interface ShownCard {
  /** The last four digits of the customer's number. */
  digits: string;
  name: string;
  customerNo: string;
  meterNo: string;
  isInReader: boolean;
  wallet: { count: number; amountFen: number };
  returned: { count: number; balanceFen: number } | 'empty' | 'torn';
  parameters: 'whole' | 'torn';
  meter: { count: number; balanceFen: number; shown: string };
}

/** What is to be seen at the counter. What the bench does not have is missing. */
export interface CounterView {
  cards: ShownCard[];
  reader?: {
    /** In the mouth, drawn in, or on the contacts. */
    position: 'none' | 'gate' | 'inside' | 'contacts';
    /** When the card in it is going to be pulled: see {@link CounterDeed}. */
    pullAt?: string;
  };
  printer: { isOn: boolean; hasPaper: boolean; isCoverOpen: boolean; paper: string };
  display?: { text: string; lamp: string };
  sign?: { text: string };
  alarm?: { presses: number };
}
