import { execute } from './commands.ts';
import { createMachine } from './machine.ts';
import { EPSON_80, type Model } from './models.ts';
import { defaultModes } from './modes.ts';
import type { RealTime } from './real-time.ts';
import { createReceiver } from './receiver.ts';
import { createRoll, FULL_ROLL, type Paper } from './roll.ts';
import {
  automaticStatus,
  type Condition,
  isOffline,
  offlineResponse,
  realTimeStatus,
  watchedStatus,
} from './status.ts';

/** The host's end of the cable. */
export type Host = {
  /** Bytes that the printer sends back. */
  output: (bytes: Uint8Array) => void;
  /** The receive buffer has room again. */
  onRoom?: () => void;
  /** The printer was switched on or off. */
  onPower?: (on: boolean) => void;
};

export type PrinterOptions = {
  /** Default: the Epson-like 80 mm model. */
  model?: Model;
  /** Where answers go until `attach` is called. */
  output?: (bytes: Uint8Array) => void;
  /** Hears of each piece of paper as it is cut or torn off. */
  onPaper?: (paper: Paper) => void;
};

const PROBLEMS_KEPT = 200;

/**
 * An ESC/POS printer that knows nothing but bytes: synchronous, without time and I/O, and the same picture and answers
 * for any chunking of its input. Whatever it is fed, it does not throw and its memory is bounded (by the receive
 * buffer, one command, and the paper roll).
 */
export function createPrinter(options: PrinterOptions = {}) {
  const model = options.model ?? EPSON_80;
  let host: Host | undefined = options.output && { output: options.output };
  let powered = true;
  let muted = false;
  let coverOpen = false;
  let jammed = false;
  let cutterError = false;
  let broken = false;
  let hot = false;
  let told = '';
  let wasOffline = false;
  const problems: string[] = [];
  const roll = createRoll(model, (paper) => options.onPaper?.(paper));

  const problem = (text: string): void => {
    problems.push(text);
    if (problems.length > PROBLEMS_KEPT) problems.shift();
  };
  const reply = (bytes: Iterable<number>): void => {
    if (powered && !muted) host?.output(Uint8Array.from(bytes));
  };
  const condition = (): Condition => ({
    coverOpen,
    paperEnd: roll.left === 0,
    nearEnd: roll.left < model.nearEndDots,
    cutterError,
    broken,
    hot,
  });
  const canPrint = (): boolean => powered && !isOffline(condition());

  const machine = createMachine({
    model,
    roll,
    reply,
    problem,
    condition,
    setAutomatic: (mask) => {
      machine.automaticMask = mask;
      told = watchedStatus(mask, condition());
      if (mask !== 0) reply(automaticStatus(condition()));
    },
    tryCutter: () => {
      cutterError = jammed;
      return !jammed;
    },
  });

  /** Tells changes of status to a host that asked for it. */
  const report = (): void => {
    const now = condition();
    const watched = watchedStatus(machine.automaticMask, now);
    if (machine.automaticMask !== 0 && watched !== told) reply(automaticStatus(now));
    told = watched;
    if (isOffline(now) && !wasOffline && machine.tellOffline > 0)
      reply(offlineResponse(machine.tellOffline === 2, now));
    wasOffline = isOffline(now);
  };

  const clearBuffers = (): void => {
    receiver.clear();
    machine.clearPrintBuffer();
  };

  const obey = (order: RealTime): void => {
    switch (order.kind) {
      case 'status':
        reply([realTimeStatus(order.n, condition())]);
        break;
      case 'drawer':
        machine.drawerPulses += 1;
        break;
      case 'clearBuffers':
        clearBuffers();
        reply([0x37, 0x25, 0x00]);
        break;
      case 'recover':
        // Only an error is recovered from; a cover or a missing roll needs a person.
        if (!cutterError) break;
        cutterError = false;
        if (order.clear) clearBuffers();
        report();
        receiver.run();
        break;
    }
  };

  const receiver = createReceiver(model, {
    canPrint,
    obey,
    problem,
    execute: (command) => {
      const done = execute(machine, command);
      report();
      return done;
    },
  });

  /** Tells what has changed, goes on with what waited, and lets the host send again. */
  const goOn = (): void => {
    if (!powered) return;
    report();
    receiver.run();
    if (receiver.hasRoomAgain()) host?.onRoom?.();
  };
  /** A person's hand on the printer. */
  const hand = (act: () => void): void => {
    act();
    goOn();
  };

  return {
    model,
    /** Pieces of paper, oldest first; the last hundred of them. */
    papers: roll.papers as readonly Paper[],
    /** Commands it did not know, codes without a character, lost bytes: the last two hundred, oldest first. */
    problems: problems as readonly string[],
    /** What is on the paper that still hangs from the printer. */
    get current(): Paper {
      return roll.current();
    },
    get drawerPulses(): number {
      return machine.drawerPulses;
    },
    get powered(): boolean {
      return powered;
    },
    get condition(): Condition {
      return condition();
    },
    /** How many dots of paper are left. */
    get paperLeft(): number {
      return roll.left;
    },
    /** How many bytes the receive buffer takes now; more than that would be lost. */
    room: receiver.room,
    /** Bytes from the host, in any chunks. Without power they are gone. */
    input(bytes: Uint8Array): void {
      if (!powered) return;
      for (const byte of bytes) receiver.take(byte);
      goOn();
    },
    /** Plugs a cable in; answers go there from now on. Answers the function that pulls it out. */
    attach(newHost: Host): () => void {
      host = newHost;
      return () => {
        if (host === newHost) host = undefined;
      };
    },

    openCover: () => hand(() => (coverOpen = true)),
    closeCover: () => hand(() => (coverOpen = false)),
    /** Takes the roll out; what was printed and not cut comes out with it. */
    takePaperOut: () =>
      hand(() => {
        roll.separate('torn');
        roll.load(0);
      }),
    /** Puts a roll in (length in dots, default a full one); the rest of an ended roll is torn off before. */
    putPaperIn: (dots = FULL_ROLL) =>
      hand(() => {
        roll.separate('torn');
        roll.load(dots);
      }),
    /** Frees the cutter. The error stays until the host recovers (DLE ENQ) or the power is switched. */
    clearJam: () => hand(() => (jammed = false)),
    powerOff(): void {
      if (!powered) return;
      powered = false;
      receiver.forget();
      machine.clearPrintBuffer();
      machine.modes = defaultModes(model);
      machine.automaticMask = 0;
      machine.tellOffline = 0;
      cutterError = false;
      host?.onPower?.(false);
    },
    powerOn(): void {
      if (powered) return;
      powered = true;
      host?.onPower?.(true);
      goOn();
    },
    /** Off and on: the receive buffer, the print buffer and all modes are lost, the paper stays. */
    powerCycle(): void {
      this.powerOff();
      this.powerOn();
    },

    /** Fault: the roll ends after k more lines. */
    paperOutAfterLines: (k: number) => hand(() => roll.endAfterLines(k)),
    /** Fault: answers do not reach the host. */
    muteAnswers: (on: boolean) => hand(() => (muted = on)),
    /** Fault: the cutter is stuck from the next cut on. */
    cutterJam: () => hand(() => (jammed = true)),
    /** Fault: something inside breaks, or an engineer has mended it. */
    breakDown: (on: boolean) => hand(() => (broken = on)),
    /** Fault: the head is too hot to print, or has cooled down. */
    overheat: (on: boolean) => hand(() => (hot = on)),
  };
}

export type Printer = ReturnType<typeof createPrinter>;
