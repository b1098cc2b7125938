/**
 * One event, its indexes resolved.
 * @typedef {object} Event
 * @property {number} no
 * @property {number} at ms since 1970
 * @property {number} lane −1: it concerns the whole world
 * @property {number} to −1: it goes nowhere
 * @property {string[]} from which, zh, en of its place
 * @property {string[] | undefined} whom the same of where it goes
 * @property {number} arrivesAt −1: never, or it is no message
 * @property {boolean} lost
 * @property {string} what
 * @property {string[]} words zh, en
 * @property {string} kind
 * @property {number} order
 * @property {number} state
 * @property {number} fault
 * @property {string} detail
 */

/** @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
export function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} ${id}`);
  return found;
}

const read = (/** @type {string} */ id) => JSON.parse(element(id, HTMLScriptElement).text);

/** @type {import('../page-data.ts').RunData} */
export const run = read('run');

/** @param {import('../page-data.ts').Row} row @returns {Event} */
function eventOf([no, at, place, to, arrivesAt, lost, label, order, state, fault, detail]) {
  const [lane, ...from] = run.places[place] ?? [-1, '', '', ''];
  const target = run.places[to];
  const [what, zh, en, kind] = run.labels[label] ?? ['', '', '', 'other'];
  const whom = target ? [target[1], target[2], target[3]] : undefined;
  return {
    no,
    at,
    lane,
    to: target ? target[0] : -1,
    from,
    whom,
    arrivesAt,
    lost: lost === 1,
    what,
    words: [zh, en],
    kind,
    order,
    state,
    fault,
    detail,
  };
}

/** The causal slice. */
export const slice = run.rows.map(eventOf);

/** @type {Event[] | undefined} */
let everything;

/** All events, read when they are first asked for: there may be many. */
export function all() {
  if (!everything) {
    everything = slice.concat(read('rest').map(eventOf));
    everything.sort((a, b) => a.no - b.no);
  }
  return everything;
}

export const language = { index: 0 };

const SHANGHAI = 8 * 3_600_000;
const DAY = 86_400_000;

/** `14:03:22.481`, Shanghai time; `+1d ` before it on a later day. @param {number} at */
export function clock(at) {
  const days = Math.floor((at + SHANGHAI) / DAY) - Math.floor((run.first + SHANGHAI) / DAY);
  return (days > 0 ? `+${days}d ` : '') + new Date(at + SHANGHAI).toISOString().slice(11, 23);
}

/** A length of time, short. @param {number} ms */
export function span(ms) {
  const [unit, zh, en] =
    ms >= 3_600_000
      ? [3_600_000, '小时', 'h']
      : ms >= 60_000
        ? [60_000, '分', 'min']
        : ms >= 1_000
          ? [1_000, '秒', 's']
          : [1, '毫秒', 'ms'];
  return `${Math.round((ms / Number(unit)) * 10) / 10} ${language.index === 0 ? zh : en}`;
}
