import type { Line } from '../../contracts/devices/printer.ts';
import type { Behaviour, Command } from '../../contracts/endpoint/behaviour.ts';
import { type WireErrorCode, wireError } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';
import { standingOf } from '../../drivers/printer-escpos/inquiry.ts';
import type { Life } from './place-ports.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What stops a sheet, and after how many lines. */
export interface Mishap {
  what: 'paperOut' | 'statusLost' | 'unplugged' | 'driverDies';
  afterLines: number;
  /** Until somebody has mended it, ms; undefined: never. */
  forMs: number | undefined;
  happened(): void;
}

export interface PaperTray {
  /** Somebody comes with a roll, or plugs it in again. */
  paper: 'full' | 'out';
  plugged: boolean;
  /** Jobs of which something came out. */
  sheets(job: string, lines: readonly string[], whole: boolean): void;
}

export interface PrinterModelOptions {
  life: Life;
  time: VirtualTime;
  tray: PaperTray;
  /** How long a line takes, ms. */
  lineMs: number;
  mishapOf(job: string): Mishap | undefined;
  statusChanged(): void;
  /** The driver's process dies; what was sent to the printer comes out. */
  dies(forMs: number | undefined): void;
}

/** Jobs that wait behind the one under way; the real driver has the same limit. */
const MAX_WAITING = 8;

/**
 * A driver and its printer together, as the platform meets them over the contract: one job at a time, its proof or its doubt,
 * paper that runs out after any line. The byte-exact driver and emulator behave the same, at a hundred times the cost.
 */
export function createPrinterModel(options: PrinterModelOptions): Behaviour {
  const { life, time, tray, lineMs, mishapOf, statusChanged } = options;
  const waiting: Command[] = [];
  let busy = false;

  const obstacle = (): WireErrorCode | undefined => {
    if (!tray.plugged) return 'device.offline';
    return tray.paper === 'out' ? 'device.paperOut' : undefined;
  };

  const end = (command: Command, completion: Completion) => {
    busy = false;
    command.complete(completion);
    next();
  };

  const next = () => {
    const command = waiting.shift();
    if (!command || busy) return;
    busy = true;
    life.hearTime();
    if (command.late()) return end(command, failure('contract.expired'));
    const mishap = mishapOf(command.key);
    if (mishap?.what === 'paperOut' && mishap.afterLines === 0) runOut(mishap);
    const code = obstacle();
    if (code) return end(command, failure(code));
    print(command, mishap);
  };

  const print = (command: Command, mishap: Mishap | undefined) => {
    const lines = (command.data as { lines: Line[] }).lines.map(({ text, rule }) => (rule ? '—' : text));
    const stopped = mishap && mishap.what !== 'statusLost' && mishap.afterLines < lines.length;
    const done = stopped ? lines.slice(0, mishap.afterLines) : lines;
    time.after(done.length * lineMs, () => {
      if (life.isOver()) return;
      tray.sheets(command.key, done, !stopped);
      if (!mishap) return end(command, PRINTED);
      if (mishap.what === 'paperOut') {
        if (!stopped) return end(command, PRINTED);
        runOut(mishap);
        return end(command, failure('device.printIncomplete'));
      }
      mishap.happened();
      if (mishap.what === 'driverDies') return options.dies(mishap.forMs);
      if (mishap.what === 'unplugged') unplug(mishap);
      end(command, { outcome: 'unknown', error: wireError('device.printUncertain', { effect: 'unknown' }) });
    });
  };

  const runOut = (mishap: Mishap) => {
    mishap.happened();
    tray.paper = 'out';
    statusChanged();
    mendedAfter(mishap.forMs, () => {
      tray.paper = 'full';
    });
  };

  const unplug = (mishap: Mishap) => {
    tray.plugged = false;
    statusChanged();
    mendedAfter(mishap.forMs, () => {
      tray.plugged = true;
    });
  };

  const mendedAfter = (ms: number | undefined, mend: () => void) => {
    if (ms === undefined) return;
    time.after(ms, () => {
      mend();
      if (!life.isOver()) statusChanged();
    });
  };

  return {
    capabilities: { columns: 48, proof: 'processId', cut: true },
    status: () => ({
      device: tray.plugged ? 'online' : 'offline',
      paper: tray.plugged ? tray.paper : 'unknown',
      cover: tray.plugged ? 'closed' : 'unknown',
    }),
    command(command) {
      const code = obstacle();
      if (code === 'device.offline') return command.complete(failure(code));
      if (waiting.length >= MAX_WAITING) return command.complete(failure('device.busy'));
      waiting.push(command);
      if (!busy) next();
    },
    question({ data, recall, answer }) {
      const { originalKey } = data as { originalKey: string };
      answer({ outcome: 'success', result: standingOf(recall(originalKey), false) });
    },
  };
}

/** One for all: a day of a network has tens of thousands. */
const PRINTED: Completion = { outcome: 'success', result: { proof: 'processId' } };

const failure = (code: WireErrorCode): Completion => ({ outcome: 'failure', error: wireError(code) });
