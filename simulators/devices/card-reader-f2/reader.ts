import { createArmed } from '../card-reader/faults.ts';
import { createMouth } from '../card-reader/mouth.ts';
import { showWrongCodes } from '../cards/wrong-codes.ts';
import type { WiredDevice } from '../listen-line.ts';
import { ACK, createEar, EOT, frame, type Heard, NAK, reportsOf } from './codec.ts';
import { carryOut, refusal } from './commands.ts';
import { type F2Fault, kindOf } from './faults.ts';
import { createMechanism } from './mechanism.ts';
import { F2_MODELS, type F2ModelName } from './models.ts';

/**
 * A reader of Creator's F2 family: acknowledges a frame, carries it out at once, answers, and waits for the host's ACK; a NAK
 * brings its answer again. What a HID reader says and hears are whole reports. Cards go in and out through `slot`; `inject`
 * orders a fault from the menu.
 */
export function emulateF2(name: F2ModelName) {
  const model = F2_MODELS[name];
  const mechanism = createMechanism(model);
  const { slot, state } = mechanism;
  const armed = createArmed(kindOf);
  const mouth = createMouth(armed);
  let ear = createEar(model.address);
  const heard: Heard[] = [];
  let isHandling = false;
  let last: { command: Uint8Array; answer: Uint8Array } | undefined;

  function handle(item: Heard): void {
    switch (item.what) {
      case 'command':
        return obey(item.body);
      case 'spoilt':
        return mouth.say(Uint8Array.of(NAK));
      case 'control':
        return control(item.byte);
    }
  }

  function obey(body: Uint8Array): void {
    if (armed.take('noAcknowledge', body)) return;
    if (armed.take('frameRefused', body)) return mouth.say(Uint8Array.of(NAK));
    mouth.say(Uint8Array.of(ACK));
    const text = execute(body);
    if (!text) return;
    last = { command: body, answer: frame(text, model.address) };
    mouth.answer(body, last.answer);
  }

  function control(byte: number): void {
    if (byte === ACK) last = undefined;
    if (byte === NAK && last) mouth.answer(last.command, last.answer);
    if (byte === EOT && model.cancels) mouth.confirm(Uint8Array.of(EOT));
  }

  /** The text of the answer; none where the reader died of it. */
  function execute(command: Uint8Array): number[] | undefined {
    const [code = 0, parameter = 0] = command;
    if (armed.take('restart', command)) {
      restart();
      return undefined;
    }
    const refused = armed.take('refused', command);
    if (refused) {
      if (refused.isDone) carryOut(command, mechanism, model);
      return refusal(code, parameter, refused.code);
    }
    const other = armed.take('swapped', command);
    if (other) slot.swap(other.for);
    const pulled = armed.take('pulled', command);
    if (pulled) slot.pullWhen(() => pulled.afterBytes);
    const spoken = armed.take('statusWord', command);
    const answer = spoken && !spoken.isDone ? [] : carryOut(command, mechanism, model);
    if (pulled) {
      slot.pullWhen(undefined);
      // It was no command that reaches the chip: the card goes all the same.
      slot.pull();
    }
    if (spoken) return [0x50, code, parameter, ...mechanism.bytes(), spoken.word >> 8, spoken.word & 0xff];
    if (armed.take('wrongEcho', command)) return [answer[0] ?? 0, code, parameter ^ 0x0f, ...answer.slice(3)];
    return answer;
  }

  function restart(): void {
    ear = createEar(model.address);
    heard.length = 0;
    last = undefined;
    mouth.forget();
    mechanism.restart();
  }

  /** What lasts begins now; what is aimed at a command waits for it. */
  function inject(fault: F2Fault): void {
    if (fault.fault === 'pieces' && model.reportBytes !== undefined)
      throw new Error(`a ${model.name} speaks in whole reports: «pieces» is a fault of serial lines`);
    if (fault.fault === 'jam') state.isJammed = true;
    else if (fault.fault === 'dirtyContacts') state.isDirty = true;
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
    model,
    slot,
    mechanism,
    inject,
    /** No fault waits any more, and none lasts. */
    mend(): void {
      armed.clear();
      Object.assign(state, { isJammed: false, isDirty: false });
      mechanism.draw();
    },
    /** An answer that is late comes now. */
    speak: () => mouth.speak(),
    /** Its power goes and comes back. */
    restart,
    /** Of a HID reader: whole reports, without the system's number of the report. */
    input(chunk: Uint8Array): void {
      if (armed.find('silent')) return;
      heard.push(...ear(chunk));
      // What comes back while it speaks waits for its turn.
      if (isHandling) return;
      isHandling = true;
      for (let item = heard.shift(); item; item = heard.shift()) handle(item);
      isHandling = false;
    },
    attach(output: (bytes: Uint8Array) => void) {
      const size = model.reportBytes;
      if (size === undefined) return mouth.attach(output);
      return mouth.attach((bytes) => {
        for (const report of reportsOf(bytes, size)) output(report);
      });
    },
    /** Who pulls the plug for the fault «unplugged»: the line. */
    onUnplug: mouth.onUnplug,
  } satisfies WiredDevice & Record<string, unknown>;
}

export type F2Reader = ReturnType<typeof emulateF2>;
