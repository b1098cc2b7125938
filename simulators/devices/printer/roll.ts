import { type Bitmap, createBitmap } from './bitmap.ts';
import type { Model } from './models.ts';

/** A piece of paper in someone's hand (or, `uncut`, still hanging from the printer). */
export type Paper = {
  /** Its lines from top to bottom, joined by LF, spaces at their ends removed. */
  readonly text: string;
  readonly end: 'cut' | 'partialCut' | 'torn' | 'uncut';
  /** Height in dots. */
  readonly height: number;
  /** Its picture; drawn when first asked for, so that nobody pays for a picture that nobody looks at. */
  readonly bitmap: Bitmap;
};

type Mark = { y: number; draw: (bitmap: Bitmap, y: number) => void };

/** 30 m of paper at 8 dots a millimetre. A piece never cut ends here at the latest: that bounds its memory. */
export const FULL_ROLL = 240_000;
/** So many pieces are kept; `onPaper` sees all of them. */
const KEPT = 100;

/** The paper in the printer: its length, what is printed on it, and the pieces already separated. */
export function createRoll(model: Model, onPaper: (paper: Paper) => void) {
  const papers: Paper[] = [];
  let left = FULL_ROLL;
  let linesLeft = Number.POSITIVE_INFINITY;
  let lines: string[] = [];
  let marks: Mark[] = [];
  let height = 0;
  let blank = 0;

  const piece = (end: Paper['end']): Paper => {
    const [drawn, rows] = [marks, height];
    let bitmap: Bitmap | undefined;
    return {
      text: lines.join('\n'),
      end,
      height: rows,
      get bitmap() {
        if (bitmap) return bitmap;
        bitmap = createBitmap(model.dots, rows);
        for (const mark of drawn) mark.draw(bitmap, mark.y);
        return bitmap;
      },
    };
  };

  return {
    papers,
    /** Moves the paper by that many dots; `ink` is drawn at the head before it moves. */
    advance(dots: number, ink?: { height: number; draw: Mark['draw'] }): void {
      // What is under the head still prints whole: the end sensor sits before the head.
      const moved = Math.min(dots, Math.max(left, ink?.height ?? 0));
      if (ink) marks.push({ y: height, draw: ink.draw });
      height += moved;
      blank = ink ? moved - ink.height : blank + moved;
      left = Math.max(0, left - moved);
    },
    /** Notes one line of text, printed or blank, and counts it for `endAfterLines`. */
    line(text: string): void {
      lines.push(text);
      linesLeft -= 1;
      if (linesLeft <= 0) left = 0;
    },
    /** Separates what is printed, if there is anything. Answers how much blank paper was above the cut. */
    separate(end: 'cut' | 'partialCut' | 'torn'): number {
      const above = blank;
      if (height > 0) {
        const paper = piece(end);
        papers.push(paper);
        if (papers.length > KEPT) papers.shift();
        lines = [];
        marks = [];
        height = 0;
        blank = 0;
        onPaper(paper);
      }
      return above;
    },
    current: (): Paper => piece('uncut'),
    get left(): number {
      return left;
    },
    load(dots: number): void {
      left = dots;
      linesLeft = Number.POSITIVE_INFINITY;
    },
    endAfterLines(k: number): void {
      linesLeft = k;
      if (k <= 0) left = 0;
    },
  };
}
export type Roll = ReturnType<typeof createRoll>;
