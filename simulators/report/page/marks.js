import { language, run } from './data.js';
import { STATE, TIME } from './layout.js';
import { fitted, svg, widthOf } from './svg.js';
import { textOf, toneOf } from './words.js';

/** @typedef {import('./data.js').Event} Event @typedef {import('./layout.js').Layout} Layout */

/** What happens in one place, or to the whole world. @param {Event} event @param {number} y @param {Layout} layout */
export function drawMark(event, y, { x, lane, width }) {
  if (event.kind === 'durable' && event.lane >= 0) {
    const [from, at] = [x(event.lane - 1), x(event.lane)];
    return [
      svg('line', { class: 'sync', x1: from, x2: at, y1: y + 6, y2: y + 6 }),
      svg('line', {
        class: `durable ${toneOf(event)}`,
        x1: at - lane / 2 + 8,
        x2: at + lane / 2 - 8,
        y1: y + 6,
        y2: y + 6,
      }),
      svg(
        'text',
        { class: `label ${toneOf(event)}`, x: at, y: y + 1, 'text-anchor': 'middle' },
        textOf(event),
      ),
    ];
  }
  const everywhere = event.lane < 0;
  const text = fitted(textOf(event), everywhere ? width / 2 : lane * 1.7);
  const box = widthOf(text) + 16;
  const middle = everywhere ? TIME + STATE + (width - TIME - STATE) / 2 : x(event.lane);
  const left = Math.max(TIME + STATE, Math.min(middle - box / 2, width - box - 1));
  const tone = toneOf(event);
  return [
    ...(everywhere
      ? [svg('line', { class: `mark ${tone}`, x1: TIME + STATE, x2: width, y1: y, y2: y })]
      : []),
    svg('rect', {
      class: `box ${tone}`,
      x: left,
      y: y - 11,
      width: box,
      height: 22,
      rx: everywhere ? 11 : 4,
    }),
    svg('text', { class: `in-box ${tone}`, x: left + box / 2, y: y + 4.5, 'text-anchor': 'middle' }, text),
  ];
}

/** The order's new state, beside the time. @param {number} state @param {number} y @param {string} order */
export function drawState(state, y, order) {
  const [zh, en, tone] = run.states[state] ?? ['', '', 'none'];
  const text = fitted(`${order ? `${order} ` : ''}${language.index === 0 ? zh : en}`, STATE - 18);
  return svg(
    'g',
    { class: `chip ${tone}` },
    svg('rect', { x: TIME, y: y - 10, width: STATE - 8, height: 20, rx: 4 }),
    svg('text', { x: TIME + STATE / 2 - 4, y: y + 4, 'text-anchor': 'middle' }, text),
  );
}

/** A bar over the platform's lane as long as it does not live. @param {Event[]} rows @param {Layout} layout @param {[number, number][]} down */
export function downBars(rows, { x, y, height }, down) {
  const at = x(run.lanes.findIndex(([, en]) => en === 'Platform'));
  return down.flatMap(([from, to]) => {
    const begin = rows.findIndex(({ no }) => no >= from);
    const end = rows.findIndex(({ no }) => no >= to);
    const top = begin < 0 || (rows[0]?.no ?? 0) > from ? 0 : (y[begin] ?? 0);
    const bottom = end < 0 ? height : (y[end] ?? height);
    if (begin < 0 || bottom <= top) return [];
    return [svg('rect', { class: 'down', x: at - 13, y: top, width: 26, height: bottom - top })];
  });
}
