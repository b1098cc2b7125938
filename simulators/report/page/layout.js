import { run } from './data.js';

/** Widths and heights in px. */
export const TIME = 92;
export const STATE = 84;
export const ROW = 30;
const GAP = 24;
const BROKEN = 36;
/** A pause that is worth a word, ms. */
const LONG = 1_000;

/**
 * Where everything stands: a row per event, time downwards, a gap where long nothing happened.
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {(lane: number) => number} x the middle of a lane
 * @property {number} lane the width of a lane
 * @property {number[]} y the middle of each row
 * @property {{ y: number, ms: number }[]} gaps
 * @property {number} broken where the rule is broken; −1: not on this page
 */

/** @param {import('./data.js').Event[]} rows @param {number} width @param {boolean} last nothing comes after these rows @returns {Layout} */
export function layOut(rows, width, last) {
  const lane = (width - TIME - STATE) / run.lanes.length;
  const after = run.broken?.after ?? -1;
  let broken = -1;
  let top = 6;
  /** @type {number[]} */
  const y = [];
  /** @type {{ y: number, ms: number }[]} */
  const gaps = [];
  for (const [i, event] of rows.entries()) {
    const before = rows[i - 1];
    if (before && before.no <= after && event.no > after) {
      broken = top + BROKEN / 2;
      top += BROKEN;
    }
    if (before && event.at - before.at >= LONG) {
      gaps.push({ y: top + GAP / 2, ms: event.at - before.at });
      top += GAP;
    }
    y.push(top + ROW / 2);
    top += ROW;
  }
  const end = rows.at(-1);
  if (broken < 0 && last && end && end.no <= after) {
    broken = top + BROKEN / 2;
    top += BROKEN;
  }
  return { width, height: top + 10, x: (at) => TIME + STATE + (at + 0.5) * lane, lane, y, gaps, broken };
}

/** How far down an instant is, between the rows around it. @param {import('./data.js').Event[]} rows @param {Layout} layout @param {number} from row it starts in @param {number} at ms */
export function heightOf(rows, layout, from, at) {
  let next = from + 1;
  while (next < rows.length && (rows[next]?.at ?? 0) < at) next++;
  const y = layout.y[next];
  // Between two rows, so that no box hides the tip.
  return y === undefined ? Math.min(layout.height - 6, (layout.y.at(-1) ?? 0) + ROW / 2) : y - ROW / 2 + 1;
}
