import type { Card } from '../cards/chip.ts';

/** What a command is, as far as faults are aimed at it. `write`: a command to a processor that updates a file. */
export type CommandKind =
  | 'any'
  | 'status'
  | 'move'
  | 'power'
  | 'reset'
  | 'apdu'
  | 'authorize'
  | 'write'
  | 'memory';

/** At which commands a fault strikes: of which kind, after how many of them, how often (once where it is left out). */
export interface Aim {
  on?: CommandKind;
  skip?: number;
  times?: number;
}

/** What can go wrong with the wire, the reader, the card in it and the hand that holds it. */
export type Fault =
  | ({ fault: 'noAcknowledge' } & Aim)
  | ({ fault: 'frameRefused' } & Aim)
  | ({ fault: 'enquiryLost' } & Aim)
  | ({ fault: 'wrongCheck' } & Aim)
  | ({ fault: 'wrongEcho' } & Aim)
  | ({ fault: 'lostByte'; at: number } & Aim)
  | ({ fault: 'junkBefore'; bytes: readonly number[] } & Aim)
  | ({ fault: 'answeredTwice' } & Aim)
  | ({ fault: 'lateAnswer' } & Aim)
  | ({ fault: 'wrongCount' } & Aim)
  | ({ fault: 'unplugged'; afterBytes: number } & Aim)
  | { fault: 'pieces'; bytes: number }
  | ({ fault: 'merged' } & Aim)
  | { fault: 'silent' }
  | ({ fault: 'restart' } & Aim)
  | ({ fault: 'cannot'; reason: number } & Aim)
  | ({ fault: 'refused'; code: string; isDone?: boolean } & Aim)
  | { fault: 'supply'; is: 'low' | 'off' }
  | { fault: 'jam'; how: 'stuck' | 'long' | 'short' }
  | { fault: 'dirtyContacts' }
  | ({ fault: 'pulled'; afterBytes: number } & Aim)
  | ({ fault: 'swapped'; for: Card } & Aim)
  | ({ fault: 'statusWord'; word: number; isDone: boolean } & Aim)
  | { fault: 'pscWrong'; tries: number }
  | { fault: 'pscLocked' };

export type FaultName = Fault['fault'];

/** What each of them is. Which of them a reader's wire and make allow, its own menu says. */
const MEANINGS: { readonly [F in FaultName]: string } = {
  noAcknowledge: 'A frame of the host is heard by nobody: no ACK, and nothing is done',
  frameRefused: 'A frame of the host arrives spoilt: NAK, and nothing is done',
  enquiryLost: 'The host’s ENQ is heard by nobody: what was acknowledged waits, and is not done',
  wrongCheck: 'An answer’s check byte is wrong; a NAK brings it again',
  wrongEcho: 'An answer names another command than the one that was asked; what was asked is done',
  lostByte: 'The byte at this place of an answer is lost on the wire: its frame never ends',
  junkBefore: 'These bytes come before an answer, as from a disturbed line',
  answeredTwice: 'An answer comes twice',
  lateAnswer:
    'What was asked is done, and the answer waits until the host cancels, and comes behind the confirmation; or until `speak`',
  wrongCount: 'An answer’s own count of bytes is one too large, in a frame that is sound',
  unplugged: 'The plug is pulled in an answer, after so many bytes of it; what was asked is done',
  pieces:
    'Whatever the reader says comes in pieces of so many bytes, until it is mended; 1: one byte at a time',
  merged:
    'An acknowledgement waits until the host has repeated its frame, and comes in one chunk with the second one',
  silent: 'The reader is dead, and the line is not: nothing is heard or said until it is mended',
  restart:
    'At a command the reader’s power goes and comes back: no answer, its settings and the chip’s power are lost',
  cannot: 'A command is refused for this reason (0 unknown, 1 parameter, 2 can’t, 4 data), and not done',
  refused:
    'A command is refused with this error of two digits; whether it was done nobody is told, and it is only where `isDone` says so',
  supply: 'The reader’s supply is too low, or off and on battery: it refuses everything, until it is mended',
  jam: 'The card does not move, or one of a wrong length is inside, until it is mended',
  dirtyContacts: 'No chip answers a reset, until it is mended',
  pulled: 'The card is pulled out in a command, after so many bytes of what it writes',
  swapped: 'At a command the card is exchanged for another one, faster than the reader can look',
  statusWord: 'The card answers with this status word, and has done what was asked, or not',
  pscWrong: 'So many wrong codes have been shown to the SLE4442 in the reader since the last right one',
  pscLocked:
    'The SLE4442 in the reader has been shown three wrong codes: it can be read and never written again',
};

/** The part of the menu that one kind of reader can be served, with what each of it is. */
export const menuOf = <F extends FaultName>(names: readonly F[]): { readonly [N in F]: string } =>
  Object.fromEntries(names.map((name) => [name, MEANINGS[name]])) as { [N in F]: string };

/** The faults that wait for their command. `kindOf`: what a command is, by its bytes. */
export function createArmed(kindOf: (body: Uint8Array) => CommandKind) {
  /** Writes and authorizations are commands to a processor, too. */
  function isOf(on: CommandKind, body: Uint8Array): boolean {
    const kind = kindOf(body);
    return on === 'any' || on === kind || (on === 'apdu' && (kind === 'write' || kind === 'authorize'));
  }

  let armed: (Fault & Aim)[] = [];
  return {
    add: (fault: Fault) => void armed.push({ ...fault }),
    clear(): void {
      armed = [];
    },
    /** The fault of this name that strikes at this command now, if there is one. */
    take<F extends FaultName>(name: F, body: Uint8Array): Extract<Fault, { fault: F }> | undefined {
      const found = armed.find(({ fault, on = 'any' }) => fault === name && isOf(on, body));
      if (!found) return undefined;
      const { skip = 0, times = 1 } = found;
      if (skip > 0) {
        found.skip = skip - 1;
        return undefined;
      }
      found.times = times - 1;
      if (found.times <= 0) armed = armed.filter((each) => each !== found);
      return found as Extract<Fault, { fault: F }>;
    },
    /** It stands until it is mended. */
    find: <F extends FaultName>(name: F) =>
      armed.find(({ fault }) => fault === name) as Extract<Fault, { fault: F }> | undefined,
  };
}

export type Armed = ReturnType<typeof createArmed>;
