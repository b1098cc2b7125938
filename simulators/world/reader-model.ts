import type { CreateReaderProtocol, ReaderFailure, ReaderReply } from '../../drivers/card-reader/reader.ts';
import type { Card, Chip } from '../devices/cards/chip.ts';
import type { CardFlaw } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What lies in the reader, whatever becomes of its driver. */
export interface Bay {
  card: Card | undefined;
  /** Somebody puts a card in or takes it out: whoever listens is told. */
  changed: () => void;
}

/** What happens at one command to the card. */
export type CardMishap =
  | { what: 'pull'; bytes: number; pulled(): void }
  | { what: 'flaw'; how: CardFlaw; happened(): void }
  | { what: 'unplug'; happened(): void }
  | { what: 'crash'; happened(): void };

export interface ReaderModelOptions {
  time: VirtualTime;
  bay: Bay;
  isOver(): boolean;
  /** Asked at each command to the card, before it runs. */
  mishap(): CardMishap | undefined;
}

/** The reader's own slowness, ms: a reset of the card, a command to it, anything else. */
const RESET = 120;
const COMMAND = 40;
const MOVE = 200;

/**
 * A card reader as its driver's protocol sees it, without bytes on a wire: the byte-exact protocols and emulators do the same,
 * at a hundred times the cost. What is real here is the driver above it and the chip in it.
 */
export function readerModel({ time, bay, isOver, mishap }: ReaderModelOptions): CreateReaderProtocol {
  return (port) => {
    let line = 0;
    let isOpen = false;
    let powered: Chip | undefined;

    function off(): void {
      powered?.powerOff();
      powered = undefined;
    }

    /** Nothing comes any more from a connection that has been lost, or a process that has died. */
    function later(
      ms: number,
      reply: (reply: ReaderReply) => void,
      act: () => ReaderReply | undefined,
    ): void {
      const own = line;
      time.after(ms, () => {
        if (isOver() || own !== line || !isOpen) return;
        const said = act();
        if (said) reply(said);
      });
    }

    function transmit(apdu: Uint8Array): ReaderReply | undefined {
      const chip = bay.card?.chip;
      if (!powered || powered !== chip || chip.kind !== 'cpu')
        return failed('noCard', false, 'no powered card');
      const found = mishap();
      if (!found) return { ok: 'answer', bytes: chip.transmit(apdu) };
      if (found.what === 'flaw') {
        found.happened();
        if (found.how === 'mute') return failed('mute', true, 'no answer');
        return {
          ok: 'answer',
          bytes: Uint8Array.from([0, 8].map((at) => (Number.parseInt(found.how, 16) >> (8 - at)) & 0xff)),
        };
      }
      if (found.what === 'pull') {
        chip.tear(apdu, found.bytes);
        powered = undefined;
        bay.card = undefined;
        found.pulled();
        port.stateChanged({ media: 'notPresent' });
        return failed('noCard', true, 'the card was pulled');
      }
      // The command is done; nobody hears of it.
      chip.transmit(apdu);
      found.happened();
      return undefined;
    }

    bay.changed = () => {
      if (powered && powered !== bay.card?.chip) powered = undefined;
      if (isOpen && !isOver()) port.stateChanged({ media: bay.card ? 'present' : 'notPresent' });
    };

    return {
      model: 'simulated',
      holdsCard: false,
      cards: ['cpu'],
      request(request, reply) {
        const card = bay.card;
        switch (request.do) {
          case 'hold':
            return later(MOVE, reply, () => (bay.card ? { ok: 'done' } : failed('noCard', false, 'no card')));
          case 'powerOn':
            return later(RESET, reply, () => {
              off();
              const chip = bay.card?.chip;
              if (!bay.card) return failed('noCard', false, 'no card');
              const answerToReset = chip?.powerOn() ?? new Uint8Array();
              if (!chip || answerToReset.length === 0) return failed('mute', false, 'no answer to reset');
              powered = chip;
              return { ok: 'reset', chip: chip.kind, answerToReset };
            });
          case 'transmit':
            return later(COMMAND, reply, () => transmit(request.apdu));
          case 'readMemory':
            return later(COMMAND, reply, () => failed('refused', false, 'no memory cards here'));
          case 'powerOff':
          case 'eject':
            return later(card ? MOVE : COMMAND, reply, () => {
              off();
              return { ok: 'done' };
            });
        }
      },
      opened() {
        isOpen = true;
        line++;
        const own = line;
        time.after(MOVE, () => {
          if (isOver() || own !== line) return;
          port.stateChanged({ media: bay.card ? 'present' : 'notPresent' });
          port.ready();
        });
      },
      lost() {
        isOpen = false;
        line++;
        off();
        port.stateChanged({ media: 'unknown' });
      },
      bytes() {},
      timer() {},
    };
  };
}

const failed = (why: ReaderFailure['why'], sent: boolean, detail: string): ReaderReply => ({
  failed: { why, sent },
  detail,
});
