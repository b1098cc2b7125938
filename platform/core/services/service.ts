import type { RequestOf } from '../../../contracts/operation.ts';
import type { carrier } from '../../../contracts/profiles/carrier.ts';
import type { Fen } from '../money.ts';
import type { ProblemCode } from '../problems.ts';

/** What every business of the station declares, whatever its flow. */
export interface Declared {
  code: string;
  zh: string;
  en: string;
  /** The counterpart's name in topics and accounts. */
  counterpart: string;
  counterpartZh: string;
  /** What a teller types besides the amount. The first field names the customer's account. */
  fields: readonly Field[];
  minimumFen: Fen;
  maximumFen: Fen;
  /** The amount must be a multiple of this. */
  multipleFen: Fen;
  /** Only these codes, with effect `none`, release the hold; everything else is unknown (settled rule 1). */
  declines: readonly string[];
  /** Two «not found» answers a minute apart, after this many ms, count as a decline; `undefined`: they never do. */
  notFoundFinalAfter?: number;
  timing: Timing;
}

/** A business whose payments have one shape: fields, an amount, one counterpart that is asked once. */
export interface Service extends Declared {
  /** Further rules on the fields; `undefined` where they are kept. */
  refuses?(fields: Record<string, string>): ProblemCode | undefined;
  /** The request's data for the counterpart. */
  request(fields: Record<string, string>, amountFen: Fen): RequestOf<typeof carrier.operations.perform>;
}

export interface Field {
  name: string;
  zh: string;
  en: string;
  pattern: string;
  /** How it is shown and printed where it is not needed in full (ACC-04). */
  mask(value: string): string;
}

/** All in ms from the acceptance of the order. */
export interface Timing {
  /** The adapter must have accepted by then, and completed by then, before the outcome is unknown. */
  acceptWithin: number;
  completeWithin: number;
  /** When to inquire (MOB-04). */
  inquiries: readonly number[];
  /** Alert when there is still no outcome; hand over to a person. */
  alertAfter: number;
  giveUpAfter: number;
}

/** `510100012345` → `********2345`: the number of a customer, a meter or a card. */
export const maskNumber = (value: string) => `${'*'.repeat(Math.max(0, value.length - 4))}${value.slice(-4)}`;

/** `13812345678` → `138****5678` */
export const maskPhone = (value: string) =>
  value.length < 8 ? '****' : `${value.slice(0, 3)}****${value.slice(-4)}`;
