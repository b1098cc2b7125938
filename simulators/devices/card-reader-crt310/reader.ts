import { createArmed } from '../card-reader/faults.ts';
import { createMouth } from '../card-reader/mouth.ts';
import { showWrongCodes } from '../cards/wrong-codes.ts';
import type { WiredDevice } from '../listen-line.ts';
import type { Personality } from './answers.ts';
import { ACK, createEar, ENQ, EOT, frame, type Heard, NAK } from './codec.ts';
import { carryOut } from './commands.ts';
import { type Crt310Fault, kindOf } from './faults.ts';
import { createMechanism, DONE } from './mechanism.ts';

/**
 * Creator CRT-310 on its serial line: acknowledges a frame, carries it out when it is asked to (ENQ), answers; repeats its answer
 * to a NAK, and drops what it has not begun at a cancel. Cards go in and out through `slot`; `inject` orders a fault from the menu.
 */
export function emulateCrt310(options: Partial<Personality> = {}) {
  const personality: Personality = {
    serialNumber: 'CRT310000042',
    strictPaper: false,
    fetches: false,
    ...options,
  };
  const mechanism = createMechanism();
  const { slot, state } = mechanism;
  const armed = createArmed(kindOf);
  const mouth = createMouth(armed);
  let ear = createEar();
  const heard: Heard[] = [];
  let isHandling = false;
  /** Acknowledged, and not begun: that waits for ENQ. */
  let waiting: Uint8Array | undefined;
  let last: { command: Uint8Array; answer: Uint8Array } | undefined;

  function handle(item: Heard): void {
    switch (item.what) {
      case 'command':
        return acknowledge(item.body);
      case 'spoilt':
        return mouth.say(Uint8Array.of(NAK));
      case 'control':
        return control(item.byte);
    }
  }

  function acknowledge(body: Uint8Array): void {
    if (armed.take('noAcknowledge', body)) return;
    if (armed.take('frameRefused', body)) return mouth.say(Uint8Array.of(NAK));
    waiting = body;
    if (!mouth.isHolding() && armed.take('merged', body)) mouth.hold(Uint8Array.of(ACK));
    else mouth.say(Uint8Array.of(ACK));
  }

  function control(byte: number): void {
    if (byte === EOT) {
      waiting = undefined;
      mouth.confirm(Uint8Array.of(EOT));
    }
    if (byte === NAK && last) mouth.answer(last.command, last.answer);
    if (byte === ENQ && waiting && !armed.take('enquiryLost', waiting)) {
      const command = waiting;
      forgetCommands();
      const body = execute(command);
      if (!body) return;
      last = { command, answer: frame(body) };
      mouth.answer(command, last.answer);
    }
  }

  /** The answer's body; none where the reader died of it. */
  function execute(command: Uint8Array): number[] | undefined {
    const [code = 0, parameter = 0] = command;
    if (armed.take('restart', command)) {
      restart();
      return undefined;
    }
    const refused = armed.take('cannot', command);
    if (refused) return [0x4e, code, refused.reason];
    const other = armed.take('swapped', command);
    if (other) slot.swap(other.for);
    const pulled = armed.take('pulled', command);
    if (pulled) slot.pullWhen(() => pulled.afterBytes);
    const spoken = armed.take('statusWord', command);
    const answer = spoken && !spoken.isDone ? [] : carryOut(command, mechanism, personality);
    if (pulled) {
      slot.pullWhen(undefined);
      // It was no command that reaches the chip: the card goes all the same.
      slot.pull();
    }
    if (spoken) return [code, parameter, DONE, 0, 2, spoken.word >> 8, spoken.word & 0xff];
    if (armed.take('wrongCount', command)) return answer.map((byte, i) => (i === 4 ? byte + 1 : byte));
    if (armed.take('wrongEcho', command)) return [code, parameter ^ 0x0f, ...answer.slice(2)];
    return answer;
  }

  function forgetCommands(): void {
    waiting = undefined;
    last = undefined;
  }

  function restart(): void {
    ear = createEar();
    heard.length = 0;
    forgetCommands();
    mouth.forget();
    mechanism.restart();
  }

  /** What lasts begins now; what is aimed at a command waits for it. */
  function inject(fault: Crt310Fault): void {
    if (fault.fault === 'jam') state.jam = fault.how;
    else if (fault.fault === 'dirtyContacts') state.isDirty = true;
    else if (fault.fault === 'supply') state.supply = fault.is;
    else if (fault.fault === 'pscWrong') wrongCodes(fault.tries);
    else if (fault.fault === 'pscLocked') wrongCodes(3);
    else armed.add(fault);
  }

  /** The power that the chip had here is gone with it. */
  function wrongCodes(tries: number): void {
    mechanism.off();
    showWrongCodes(slot, tries);
  }

  return {
    slot,
    mechanism,
    inject,
    /** No fault waits any more, and none lasts. */
    mend(): void {
      armed.clear();
      Object.assign(state, { jam: undefined, isDirty: false, supply: 'main' });
    },
    /** An answer that is late comes now. */
    speak: () => mouth.speak(),
    /** Its power goes and comes back: settings and the chip's power are lost, the card stays where it is. */
    restart,
    input(chunk: Uint8Array): void {
      if (armed.find('silent')) return;
      heard.push(...ear(chunk));
      // What comes back while it speaks waits for its turn.
      if (isHandling) return;
      isHandling = true;
      for (let item = heard.shift(); item; item = heard.shift()) handle(item);
      isHandling = false;
    },
    attach: mouth.attach,
    /** Who pulls the plug for the fault «unplugged»: the line. */
    onUnplug: mouth.onUnplug,
  } satisfies WiredDevice & Record<string, unknown>;
}

export type Crt310 = ReturnType<typeof emulateCrt310>;
