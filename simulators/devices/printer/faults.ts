import type { Printer } from './interpreter.ts';

/** What can go wrong in a printer, at any moment of a job; chunks and cut lines are the wire's (`listenPrinter`). */
export type PrinterFault =
  | { fault: 'paperOut' | 'nearEnd' | 'coverOpen' | 'cutterJam' | 'broken' | 'hotHead' | 'mute' }
  | { fault: 'powerOff' }
  | { fault: 'paperOutAfter'; lines: number };

export type PrinterFaultName = PrinterFault['fault'];

/** The whole menu, and what each of it is. */
export const FAULT_MENU: { readonly [F in PrinterFaultName]: string } = {
  paperOut: 'A person takes the roll out, with what hangs from it',
  paperOutAfter: 'The roll ends after so many more lines',
  nearEnd: 'The roll is nearly at its end: the printer says so and prints on',
  coverOpen: 'The cover is opened',
  cutterJam: 'The cutter is stuck from the next cut on, until a person frees it and the host recovers',
  broken: 'Something inside breaks that nobody at the counter can mend',
  hotHead: 'The head is too hot: it rests, and goes on by itself',
  mute: 'Answers do not reach the host any more; what it says still reaches the printer',
  powerOff:
    'The power goes, on a line that does not notice: what waited in the printer is lost, and what comes meanwhile',
};

/** Some receipts long, in dots: where there is no sensor for the near end, the end comes without a word. */
const SHORT_ROLL = 1_600;

/** Makes it happen now. */
export function injectPrinterFault(printer: Printer, fault: PrinterFault): void {
  switch (fault.fault) {
    case 'paperOut':
      return printer.takePaperOut();
    case 'paperOutAfter':
      return printer.paperOutAfterLines(fault.lines);
    case 'nearEnd':
      return printer.putPaperIn(Math.max(SHORT_ROLL, printer.model.nearEndDots - 1));
    case 'coverOpen':
      return printer.openCover();
    case 'cutterJam':
      return printer.cutterJam();
    case 'broken':
      return printer.breakDown(true);
    case 'hotHead':
      return printer.overheat(true);
    case 'mute':
      return printer.muteAnswers(true);
    case 'powerOff':
      return printer.powerOff();
  }
}

/** A person mends whatever is wrong with it. */
export function mendPrinter(printer: Printer): void {
  if (printer.condition.paperEnd || printer.condition.nearEnd) printer.putPaperIn();
  printer.closeCover();
  printer.clearJam();
  printer.breakDown(false);
  printer.overheat(false);
  printer.muteAnswers(false);
  printer.powerOn();
}
