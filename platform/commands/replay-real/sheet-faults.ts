import type { Printer } from '../../../simulators/devices/printer/interpreter.ts';
import type { Duration, Fault } from '../../../simulators/world/faults.ts';

type SheetFault = Extract<Fault, { fault: 'PRN-PAPER' | 'PRN-UNKNOWN' | 'PRN-UNPLUG' | 'DRV-CRASH' }>;

export interface SheetPorts {
  unplug(): void;
  plug(): void;
  cutLine(): void;
  killDriver(): void;
  startDriver(): void;
  mendAfter(forMs: Duration, act: () => void): void;
  hit(index: number): void;
}

/** What goes wrong with one sheet of paper, at a line of it. */
export function createSheetFaults(printer: Printer, ports: SheetPorts) {
  const take = printer.input.bind(printer);
  /** Waits for so many lines in all to be on the paper that hangs from the printer. */
  let stop: { lines: number; act: () => void } | undefined;
  let deaf = false;
  let muteAtCut: number | undefined;
  let muted = false;

  const stopAt = (lines: number, act: () => void) => {
    if (lines <= 0) return act();
    stop = { lines: linesOf(printer) + lines, act };
  };

  printer.input = (bytes) => {
    if (deaf) return;
    if (!stop) take(bytes);
    else
      for (const byte of bytes) {
        take(Uint8Array.of(byte));
        if (!stop || linesOf(printer) < stop.lines) continue;
        const { act } = stop;
        stop = undefined;
        act();
        // The rest of the sheet never comes.
        return;
      }
    if (!muted) return;
    // Only what came before: the line breaks now, and its next connection is answered again.
    muted = false;
    ports.cutLine();
    printer.muteAnswers(false);
  };

  return {
    arm(index: number, fault: SheetFault): void {
      switch (fault.fault) {
        case 'PRN-PAPER':
          ports.hit(index);
          printer.paperOutAfterLines(fault.afterLines);
          return ports.mendAfter(fault.forMs, () => printer.putPaperIn());
        case 'PRN-UNKNOWN':
          muteAtCut = index;
          return;
        case 'PRN-UNPLUG':
          return stopAt(fault.afterLines, () => {
            ports.hit(index);
            ports.unplug();
            ports.mendAfter(fault.forMs, ports.plug);
          });
        case 'DRV-CRASH':
          return stopAt(fault.afterLines, () => {
            ports.hit(index);
            deaf = true;
            ports.killDriver();
            ports.mendAfter(fault.forMs, () => {
              deaf = false;
              ports.startDriver();
            });
          });
      }
    },
    /** A sheet was cut off. */
    onPaper(): void {
      if (muteAtCut === undefined) return;
      ports.hit(muteAtCut);
      muteAtCut = undefined;
      muted = true;
      printer.muteAnswers(true);
    },
  };
}

/** Lines on the paper that still hangs from the printer. */
function linesOf(printer: Printer): number {
  const { text } = printer.current;
  return text === '' ? 0 : text.split('\n').length;
}
