import { drawMessage } from './arrows.js';
import { clock, language, run, span } from './data.js';
import { layOut, ROW, STATE, TIME } from './layout.js';
import { downBars, drawMark, drawState } from './marks.js';
import { svg, widthOf } from './svg.js';

/** @typedef {import('./data.js').Event} Event @typedef {import('./layout.js').Layout} Layout */

/**
 * The sequence view of these rows.
 * @param {Event[]} rows @param {{ width: number, last: boolean, states: Map<number, number>, down: [number, number][] }} options `states`: of every row's order just then, where it has changed; `down`: events between which the platform is dead
 */
export function draw(rows, { width, last, states, down }) {
  const layout = layOut(rows, width, last);
  const { height, x, lane, y } = layout;
  const below = svg('g', {});
  const arrows = svg('g', { class: 'arrows' });
  const above = svg('g', {});
  for (const [i] of run.lanes.entries()) {
    if (i % 2 === 0)
      below.append(svg('rect', { class: 'band', x: x(i) - lane / 2, y: 0, width: lane, height }));
    below.append(svg('line', { class: 'lane', x1: x(i), x2: x(i), y1: 0, y2: height }));
  }
  below.append(...downBars(rows, layout, down));
  for (const { y: at, ms } of layout.gaps) {
    below.append(svg('line', { class: 'gap', x1: TIME, x2: width, y1: at, y2: at }));
    above.append(
      svg('text', { class: 'gap', x: TIME - 8, y: at + 4, 'text-anchor': 'end' }, `⋮ ${span(ms)}`),
    );
  }
  for (const [i, event] of rows.entries()) {
    const middle = y[i] ?? 0;
    const row = svg('g', { class: `row${event.fault >= 0 ? ' fault' : ''}`, 'data-no': event.no });
    row.append(svg('rect', { class: 'hit', x: 0, y: middle - ROW / 2, width, height: ROW }));
    if (rows[i - 1]?.at !== event.at)
      row.append(
        svg('text', { class: 'time', x: TIME - 8, y: middle + 4, 'text-anchor': 'end' }, clock(event.at)),
      );
    const state = states.get(event.no);
    if (state !== undefined)
      row.append(
        drawState(state, middle, event.order === run.order ? '' : (run.orders[event.order]?.[0] ?? '')),
      );
    below.append(row);
    if (event.to >= 0 && event.lane >= 0) drawMessage(event, i, rows, layout, arrows, above);
    else above.append(...drawMark(event, middle, layout));
  }
  if (layout.broken >= 0 && run.broken) {
    const text = `✗ ${language.index === 0 ? run.broken.zh : run.broken.en}`;
    const box = widthOf(text, 14) + 24;
    const middle = TIME + STATE + (width - TIME - STATE) / 2;
    above.append(
      svg('line', { class: 'broken', x1: 0, x2: width, y1: layout.broken, y2: layout.broken }),
      svg('rect', {
        class: 'broken',
        x: middle - box / 2,
        y: layout.broken - 14,
        width: box,
        height: 28,
        rx: 6,
      }),
      svg('text', { class: 'broken', x: middle, y: layout.broken + 5, 'text-anchor': 'middle' }, text),
    );
  }
  const stripes = svg(
    'pattern',
    { id: 'stripes', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: 8, height: 8, class: 'stripe-a' }),
    svg('rect', { width: 3, height: 8, class: 'stripe-b' }),
  );
  return svg(
    'svg',
    { width, height, role: 'img', 'aria-label': '时序图 sequence view' },
    svg('defs', {}, stripes),
    below,
    arrows,
    above,
  );
}
