import { type CommandKind, type Fault, menuOf } from '../card-reader/faults.ts';

/** What can go wrong with a reader of the family. */
export const FAULT_MENU = menuOf([
  'noAcknowledge',
  'frameRefused',
  'wrongCheck',
  'wrongEcho',
  'lostByte',
  'junkBefore',
  'answeredTwice',
  'lateAnswer',
  'unplugged',
  'pieces',
  'silent',
  'restart',
  'refused',
  'jam',
  'dirtyContacts',
  'pulled',
  'swapped',
  'statusWord',
  'pscWrong',
  'pscLocked',
]);

export type F2Fault = Extract<Fault, { fault: keyof typeof FAULT_MENU }>;

/** What a command is, by its bytes. */
export function kindOf(body: Uint8Array): CommandKind {
  const [command, parameter = 0] = body;
  if (command === 0x31) return 'status';
  // The latch is a reset's, too, but that is asked for by its own name only.
  if (command === 0x32) return 'move';
  if (command === 0x53) return 'memory';
  if (command !== 0x51) return 'any';
  if (parameter === 0x31) return 'power';
  if (parameter === 0x30 || parameter === 0x38) return 'reset';
  const instruction = body[3];
  return instruction === 0xd6 ? 'write' : instruction === 0x82 ? 'authorize' : 'apdu';
}
