import { all, element, run, slice } from './data.js';

/** @typedef {import('./data.js').Event} Event */

const PAGE = 300;

export const view = { everything: run.rows.length === 0, page: 0 };

const byOrder = element('by-order', HTMLSelectElement);
const byLane = element('by-lane', HTMLSelectElement);
const byFault = element('by-fault', HTMLSelectElement);
const byText = element('by-text', HTMLInputElement);

/** @param {HTMLSelectElement} select @param {string} every @param {string[]} names */
function offer(select, every, names) {
  select.append(new Option(every, ''), ...names.map((name, i) => new Option(name, String(i))));
}

/** Fills the lists and calls back whenever something else is to be seen. @param {() => void} changed */
export function startFilters(changed) {
  offer(
    byOrder,
    '订单 Order',
    run.orders.map(([name]) => name),
  );
  offer(
    byLane,
    '泳道 Lane',
    run.lanes.map(([zh, en]) => `${zh} ${en}`),
  );
  offer(
    byFault,
    '故障 Fault',
    run.faults.map(([name], i) => `${i} ${name}`),
  );
  byFault.add(new Option('任何故障 Any fault', 'any'), 1);
  const fresh = () => {
    view.page = 0;
    changed();
  };
  for (const select of [byOrder, byLane, byFault]) select.addEventListener('change', fresh);
  byText.addEventListener('input', fresh);
}

export function clearFilters() {
  for (const field of [byOrder, byLane, byFault, byText]) field.value = '';
}

/** The events that pass, of all pages. */
export function filtered() {
  const text = byText.value.trim().toLowerCase();
  return (view.everything ? all() : slice).filter(
    (event) =>
      (byOrder.value === '' || event.order === Number(byOrder.value)) &&
      (byLane.value === '' || event.lane === Number(byLane.value) || event.to === Number(byLane.value)) &&
      (byFault.value === '' ||
        (byFault.value === 'any' ? event.fault >= 0 : event.fault === Number(byFault.value))) &&
      (text === '' || textOf(event).includes(text)),
  );
}

/** @param {Event} event */
function textOf({ what, words, detail, order, from, whom, fault, state }) {
  const all = [
    what,
    ...words,
    detail,
    run.orders[order]?.[0],
    ...from,
    ...(whom ?? []),
    run.faults[fault]?.[0],
    ...(run.states[state] ?? []),
  ];
  return all.join(' ').toLowerCase();
}

/** One page of them. @param {Event[]} events */
export function pageOf(events) {
  const pages = Math.max(1, Math.ceil(events.length / PAGE));
  view.page = Math.min(view.page, pages - 1);
  return { rows: events.slice(view.page * PAGE, (view.page + 1) * PAGE), pages };
}

/** Turns to the page of an event; where it is filtered out, to the whole slice, or to everything. @param {number} no */
export function turnTo(no) {
  let at = filtered().findIndex((event) => event.no === no);
  if (at < 0) {
    clearFilters();
    view.everything = !slice.some((event) => event.no === no);
    at = filtered().findIndex((event) => event.no === no);
  }
  view.page = Math.max(0, Math.floor(at / PAGE));
}
