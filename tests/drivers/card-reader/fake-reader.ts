import type {
  ReaderFailure,
  ReaderPort,
  ReaderProtocol,
  ReaderReply,
  ReaderRequest,
} from '../../../drivers/card-reader/reader.ts';
import type { Chip } from '../../../simulators/devices/cards/chip.ts';

/** What goes wrong with one request. `done`: the card carried it out all the same. */
export type Fault =
  | { fault: 'reader'; why: ReaderFailure['why']; sent: boolean; done: boolean }
  | { fault: 'statusWord'; word: number; done: boolean }
  /** The card is pulled while the command runs, after so many bytes of what it writes; `then` lies in the slot at once. */
  | { fault: 'pull'; bytes: number; then?: Chip };

/** A reader protocol without a wire: requests go to the chip in the slot, and the chosen ones go wrong. */
export function fakeReader() {
  let port: ReaderPort | undefined;
  let powered = false;
  const faults = new Map<number, Fault>();
  const reader = {
    slot: undefined as Chip | undefined,
    requests: [] as ReaderRequest[],
    /** Replies wait for `deliver`. */
    held: false,
    /** Powers whatever card comes, as some readers do. */
    powersByItself: false,
    /** How often it was told that its line is lost. */
    losses: 0,
    replies: [] as (() => void)[],
    /** Is asked before each request; a fake's own misbehaviour. */
    onRequest: (_: ReaderRequest) => {},
    deliver: () => reader.replies.shift()?.(),
    /** The n-th request from now, 0 the next. */
    failAt: (n: number, fault: Fault) => void faults.set(reader.requests.length + n, fault),
    noFaults: () => faults.clear(),
    insert(chip: Chip) {
      reader.slot = chip;
      if (reader.powersByItself) {
        powered = true;
        chip.powerOn();
      }
      port?.stateChanged({ media: 'present' });
    },
    pull() {
      takeOut();
      port?.stateChanged({ media: 'notPresent' });
    },
    jam: () => port?.stateChanged({ media: 'jammed' }),
    ready: () => port?.ready(),
    silent: (reason: string) => port?.reopen(reason),
    create(given: ReaderPort): ReaderProtocol {
      port = given;
      return {
        model: 'fake',
        holdsCard: true,
        cards: ['cpu', 'sle4442'],
        request(request, reply) {
          const fault = faults.get(reader.requests.length);
          reader.requests.push(request);
          reader.onRequest(request);
          const answer = fault ? spoil(request, fault) : carryOut(request);
          if (reader.held) reader.replies.push(() => reply(answer));
          else reply(answer);
        },
        opened() {
          given.ready();
          given.stateChanged({ media: reader.slot ? 'present' : 'notPresent' });
        },
        lost() {
          reader.losses++;
          takeOffPower();
        },
        bytes() {},
        timer() {},
      };
    },
  };

  function takeOffPower(): void {
    powered = false;
    reader.slot?.powerOff();
  }

  function takeOut(): void {
    takeOffPower();
    reader.slot = undefined;
  }

  function carryOut(request: ReaderRequest): ReaderReply {
    const { slot } = reader;
    if (!slot) return failed('noCard', false);
    switch (request.do) {
      case 'powerOn': {
        slot.powerOff();
        const answerToReset = slot.powerOn();
        if (answerToReset.length === 0) return failed('mute', true);
        powered = true;
        return { ok: 'reset', chip: slot.kind, answerToReset };
      }
      case 'transmit':
        if (!powered || slot.kind !== 'cpu') return failed('mute', true);
        return { ok: 'answer', bytes: slot.transmit(request.apdu) };
      case 'readMemory':
        if (slot.kind !== 'sle4442') return failed('mute', true);
        return { ok: 'memory', bytes: slot.readMain(0, 256) };
      case 'powerOff':
        takeOffPower();
        return { ok: 'done' };
      case 'eject':
        takeOut();
        port?.stateChanged({ media: 'notPresent' });
        return { ok: 'done' };
      case 'hold':
        return { ok: 'done' };
    }
  }

  function spoil(request: ReaderRequest, fault: Fault): ReaderReply {
    if (fault.fault === 'pull') {
      if (request.do === 'transmit' && powered && reader.slot?.kind === 'cpu')
        reader.slot.tear(request.apdu, fault.bytes);
      takeOut();
      port?.stateChanged({ media: 'notPresent' });
      if (fault.then) reader.insert(fault.then);
      return failed('noCard', true);
    }
    if (fault.done) carryOut(request);
    if (fault.fault === 'statusWord')
      return { ok: 'answer', bytes: Uint8Array.of(fault.word >> 8, fault.word & 0xff) };
    if (fault.why === 'noCard') takeOut();
    if (fault.why === 'jammed') port?.stateChanged({ media: 'jammed' });
    if (fault.why === 'silent' && fault.sent) port?.reopen('the reader does not answer');
    return failed(fault.why, fault.sent);
  }

  return reader;
}

const failed = (why: ReaderFailure['why'], sent: boolean): ReaderReply => ({
  failed: { why, sent },
  detail: 'as the test wants it',
});
