import { all, clock, element, language, run, span } from './data.js';
import { html } from './svg.js';

/** @typedef {import('./data.js').Event} Event */

const tip = element('tip', HTMLElement);
const panel = element('detail', HTMLElement);

/** JSON is set out in lines; anything else stays as it is. @param {string} detail */
function pretty(detail) {
  try {
    return JSON.stringify(JSON.parse(detail), null, 2);
  } catch {
    return detail;
  }
}

const both = (/** @type {(string | undefined)[]} */ words) =>
  words[0] === words[1] ? (words[0] ?? '') : `${words[0]} ${words[1]}`;

/** @param {Event} event */
function route({ from, whom, lost, arrivesAt, at }) {
  const where = whom
    ? `${from[language.index + 1]} → ${whom[language.index + 1]}`
    : (from[language.index + 1] ?? '');
  if (lost) return `${where} · ✕ 没有送到 never arrives`;
  return arrivesAt >= 0 ? `${where} · ${clock(arrivesAt)} (+${span(arrivesAt - at)})` : where;
}

/** @param {Event} event */
function faultLine({ fault }) {
  const [name, zh, en] = run.faults[fault] ?? [];
  return name === undefined ? [] : [html('p', 'fault', `⚡ ${name}: ${zh}`), html('p', 'fault en', en ?? '')];
}

/** What the pointer is over. @param {Event} event @param {number} x @param {number} y */
export function showTip(event, x, y) {
  const detail = pretty(event.detail);
  tip.replaceChildren(
    html('p', 'title', `${clock(event.at)} · #${event.no}`),
    html(
      'p',
      '',
      html('b', '', both(event.words)),
      event.what === event.words[1] ? '' : html('code', '', event.what),
    ),
    html('p', '', route(event)),
    ...faultLine(event),
    ...(detail ? [html('pre', '', detail.length > 700 ? `${detail.slice(0, 700)}…` : detail)] : []),
  );
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(x + 16, innerWidth - width - 8))}px`;
  tip.style.top = `${Math.max(4, y + 18 + height > innerHeight ? y - height - 12 : y + 18)}px`;
}

export function hideTip() {
  tip.hidden = true;
}

/** Everything about one event, and what was known of its order just then. @param {Event} event */
export function showDetail(event) {
  const close = html('button', 'close', '×');
  close.setAttribute('type', 'button');
  close.setAttribute('aria-label', '关闭 Close');
  close.addEventListener('click', hideDetail);
  panel.replaceChildren(
    close,
    html('h2', '', both(event.words)),
    html('p', 'hint', `#${event.no} · ${clock(event.at)} · ${route(event)}`),
    ...faultLine(event),
    ...orderAt(event),
    html('h3', '', `${event.what}`),
    html('pre', '', pretty(event.detail) || '没有内容 no payload'),
  );
  panel.hidden = false;
}

export function hideDetail() {
  panel.hidden = true;
}

/** The states of the event's order up to it; of the failing order where it has none. @param {Event} event */
function orderAt(event) {
  const order = event.order >= 0 ? event.order : run.order;
  const [name, zh] = run.orders[order] ?? [];
  if (name === undefined) return [];
  /** @type {Event[]} */
  const moves = [];
  for (const each of all()) {
    if (each.no > event.no) break;
    if (each.order === order && each.state >= 0 && each.state !== moves.at(-1)?.state) moves.push(each);
  }
  const rows = moves.map((each) => {
    const [stateZh, stateEn, tone] = run.states[each.state] ?? ['', '', 'none'];
    return html(
      'li',
      '',
      html('time', '', clock(each.at)),
      html('span', `state ${tone}`, `${stateZh} ${stateEn}`),
    );
  });
  const none = html('li', '', html('span', 'state none', '平台无记录 no record'));
  return [
    html('h3', '', `订单 ${name} ${zh}:此刻的状态 state just then`),
    html('ol', 'moves', ...(rows.length > 0 ? rows : [none])),
  ];
}
