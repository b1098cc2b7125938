import { type CommandKind, type Fault, menuOf } from '../card-reader/faults.ts';

/** What can go wrong with a CRT-310. */
export const FAULT_MENU = menuOf([
  'noAcknowledge',
  'frameRefused',
  'enquiryLost',
  'wrongCheck',
  'wrongEcho',
  'lostByte',
  'junkBefore',
  'answeredTwice',
  'lateAnswer',
  'wrongCount',
  'unplugged',
  'pieces',
  'merged',
  'silent',
  'restart',
  'cannot',
  'supply',
  'jam',
  'dirtyContacts',
  'pulled',
  'swapped',
  'statusWord',
  'pscWrong',
  'pscLocked',
]);

export type Crt310Fault = Extract<Fault, { fault: keyof typeof FAULT_MENU }>;

/** What a command is, by its bytes. */
export function kindOf(body: Uint8Array): CommandKind {
  const [command, parameter = 0] = body;
  if (command === 0x31) return 'status';
  if (command === 0x32) return 'move';
  if (command === 0x33) return 'power';
  if (command === 0x38) return 'memory';
  if (command !== 0x37) return 'any';
  if (parameter < 0x31) return 'reset';
  const instruction = body[5];
  return instruction === 0xd6 ? 'write' : instruction === 0x82 ? 'authorize' : 'apdu';
}
