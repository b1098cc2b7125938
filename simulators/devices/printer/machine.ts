import type { Bitmap } from './bitmap.ts';
import { type Character, createDecoder } from './characters.ts';
import { type Cell, cellOf, cellWidth, drawLine, lineHeight, lineText, lineWidth } from './line.ts';
import type { Model } from './models.ts';
import { areaWidth, defaultModes, startOf } from './modes.ts';
import type { Roll } from './roll.ts';
import type { Condition } from './status.ts';

/** What the mechanism needs from the printer around it. */
export type Ports = {
  model: Model;
  roll: Roll;
  reply: (bytes: readonly number[]) => void;
  problem: (text: string) => void;
  condition: () => Condition;
  /** Takes GS a's mask: tells the status now and whenever it changes. */
  setAutomatic: (mask: number) => void;
  /** Whether the cutter can move; where not, the printer is in error from now on. */
  tryCutter: () => boolean;
};

/** The part that prints: modes, print buffer, head, cutter. The commands are written in its terms. */
export function createMachine(ports: Ports) {
  const { model, roll, problem } = ports;
  return {
    ...ports,
    modes: defaultModes(model),
    line: [] as Cell[],
    decoder: createDecoder(model, problem),
    automaticMask: 0,
    /** GS ( H 49: 0 silent, 1 tell when going offline, 2 tell the cause, too. */
    tellOffline: 0,
    drawerPulses: 0,

    /** Adds a character to the print buffer; a full line prints itself first. */
    put(character: Character): void {
      const cell = cellOf(character, this.modes);
      const room = areaWidth(this.modes, model) - lineWidth(this.line);
      if (this.line.length > 0 && cellWidth(cell) > room) this.feedLines(1);
      this.line.push(cell);
    },
    /** To the next multiple of eight single-byte columns. */
    tab(): void {
      const columns = Math.floor(lineWidth(this.line) / 12);
      for (let n = columns; n < (Math.floor(columns / 8) + 1) * 8; n++) this.put({ char: ' ', hanzi: false });
    },
    /** Prints the buffer, if anything is in it, and moves by n lines in all. */
    feedLines(n: number): void {
      for (let i = 0; i < n; i++) this.feedDots(this.modes.lineSpacing, true);
    },
    /** Prints the buffer and moves by that many dots, at least by the line's own height. */
    feedDots(dots: number, blankLine = false): void {
      const cells = this.line;
      this.line = [];
      if (cells.length > 0) {
        const height = lineHeight(cells);
        const x = startOf(lineWidth(cells), this.modes, model);
        roll.advance(Math.max(dots, height), { height, draw: (bitmap, y) => drawLine(bitmap, cells, x, y) });
        roll.line(lineText(cells));
      } else if (dots > 0) {
        roll.advance(dots);
        if (blankLine) roll.line('');
      }
    },
    /** Prints something that is not text; `label` stands for it in the paper's text. */
    picture(height: number, label: string, draw: (bitmap: Bitmap, y: number) => void): void {
      roll.advance(height, { height, draw });
      roll.line(label);
    },
    /** Feeds and cuts at the start of a line; false where the cutter does not move. */
    cut(end: 'cut' | 'partialCut', feed: number): boolean {
      if (this.line.length > 0) {
        problem('a cut in the middle of a line is ignored: print the line first');
        return true;
      }
      if (!ports.tryCutter()) return false;
      roll.advance(feed);
      const above = roll.separate(end);
      if (above < model.headToCutter)
        problem(
          `cut ${above} dots below the last line goes through it: feed ${model.headToCutter} dots first`,
        );
      return true;
    },
    /** Forgets what was not printed yet, also half a character. */
    clearPrintBuffer(): void {
      this.line = [];
      this.decoder.reset();
    },
  };
}
export type Machine = ReturnType<typeof createMachine>;
