import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPng } from './draw-png.ts';
import { drawSvg } from './draw-svg.ts';
import type { Paper } from './roll.ts';

/** A sheet as it came out of the printer: its picture twice, and its text. */
export interface Sheet {
  png: Buffer;
  svg: string;
  text: string;
}

/** What lies under the cutter: every sheet is kept as files, found again by what is printed on it. */
export interface Tray {
  put(paper: Paper): void;
  /** The sheet with this journal number; `copy` 0 is the original. */
  find(journalNo: string, copy: number): Sheet | undefined;
  /** Where its picture is. */
  pathOf(journalNo: string, copy: number): string;
}

/** A tray in a folder. The emulator knows nothing of orders: which receipt it is, is read off the paper. */
export function openTray(folder: string): Tray {
  mkdirSync(folder, { recursive: true });
  const base = (journalNo: string, copy: number) => join(folder, `${journalNo}-${copy}`);
  return {
    put(paper) {
      const journalNo = /流水号: (\d+)/.exec(paper.text)?.[1] ?? 'unnumbered';
      const path = base(journalNo, Number(/COPY (\d+)/.exec(paper.text)?.[1] ?? 0));
      writeFileSync(`${path}.png`, drawPng(paper.bitmap, { tornEdge: true }));
      writeFileSync(`${path}.svg`, drawSvg(paper.bitmap, { title: journalNo }));
      // Last: whoever finds the text finds the pictures.
      writeFileSync(`${path}.txt`, paper.text);
    },
    find(journalNo, copy) {
      const path = base(journalNo, copy);
      try {
        const text = readFileSync(`${path}.txt`, 'utf8');
        return { text, png: readFileSync(`${path}.png`), svg: readFileSync(`${path}.svg`, 'utf8') };
      } catch {
        return undefined;
      }
    },
    pathOf: (journalNo, copy) => `${base(journalNo, copy)}.png`,
  };
}
