import { cardReader } from '../../../../contracts/devices/card-reader.ts';
import { checkOf, completionSchema, typesOf } from '../../../../contracts/operation.ts';
import { utility } from '../../../../contracts/profiles/utility.ts';

/** The message types that a card's order speaks in. */
export const READ = typesOf(cardReader, 'read');
export const WRITE = typesOf(cardReader, 'write');
export const SEAL = typesOf(utility, 'seal');
export const INQUIRE = typesOf(utility, 'inquire');

/** What the utility is told to do about an order: an operation of its profile. */
export type UtilityCommand = 'order' | 'orderVoid' | 'confirm' | 'confirmVoid' | 'cancel' | 'cancelVoid';

export const commandTypes = (operation: string) => typesOf(utility, operation);

/** Where the completion does not fit its operation's schema, and so says nothing. */
export const misfits = {
  read: checkOf(completionSchema(cardReader.operations.read.result)),
  write: checkOf(completionSchema(cardReader.operations.write.result)),
  seal: checkOf(completionSchema(utility.operations.seal.result)),
  inquire: checkOf(completionSchema(utility.operations.inquire.result)),
  order: checkOf(completionSchema(utility.operations.order.result)),
  told: checkOf(completionSchema(utility.operations.confirm.result)),
};
