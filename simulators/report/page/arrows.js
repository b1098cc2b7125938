import { heightOf, ROW } from './layout.js';
import { fitted, svg } from './svg.js';
import { textOf, toneOf } from './words.js';

/** @typedef {import('./data.js').Event} Event @typedef {import('./layout.js').Layout} Layout */

/** An arrow from lane to lane; cut with a cross where it never arrives. @param {Event} event @param {number} i @param {Event[]} rows @param {Layout} layout @param {Element} arrows @param {Element} above */
export function drawMessage(event, i, rows, layout, arrows, above) {
  const { x, y } = layout;
  const [x1, x2, y1] = [x(event.lane), x(event.to), (y[i] ?? 0) + 6];
  const way = Math.sign(x2 - x1) || 1;
  const tone = event.lost ? 'lost' : toneOf(event);
  const y2 =
    event.lost || event.arrivesAt < 0 ? y1 : Math.max(y1, heightOf(rows, layout, i, event.arrivesAt));
  const end = event.lost ? x1 + (x2 - x1) * 0.62 : x2 - way * 2;
  arrows.append(
    svg('circle', { class: tone, cx: x1, cy: y1, r: 3 }),
    svg('line', { class: `arrow ${tone}`, x1, y1, x2: end, y2 }),
  );
  if (event.lost)
    arrows.append(svg('path', { class: 'cross', d: `M${end - 6} ${y1 - 6}l12 12m0 -12l-12 12` }));
  else {
    const turn = (Math.atan2(y2 - y1, end - x1) * 180) / Math.PI;
    arrows.append(
      svg('path', {
        class: `head ${tone}`,
        d: 'M0 0L-8 -4L-8 4Z',
        transform: `translate(${end} ${y2}) rotate(${turn})`,
      }),
    );
  }
  const near = Math.abs(x2 - x1) < layout.lane * 1.5;
  const reach = Math.min(Math.abs(end - x1), layout.lane * 2);
  const text = fitted(textOf(event), near ? layout.lane + 12 : Math.max(reach - 8, layout.lane));
  // Over the middle of a flat line; a steep one would run away from it, so there it stands where the line begins.
  const steep = y2 - y1 > ROW * 1.2;
  const anchor = steep ? (way > 0 ? 'start' : 'end') : 'middle';
  const x0 = steep ? x1 + way * 8 : x1 + (way * reach) / 2;
  above.append(svg('text', { class: `label ${tone}`, x: x0, y: y1 - 5, 'text-anchor': anchor }, text));
}
