import { all, element, language, run, slice } from './data.js';
import { hideDetail, hideTip, showDetail, showTip } from './detail.js';
import { draw } from './draw.js';
import { filtered, pageOf, startFilters, turnTo, view } from './filter.js';
import { STATE, TIME } from './layout.js';
import { html } from './svg.js';

/** @typedef {import('./data.js').Event} Event */

const drawing = element('drawing', HTMLElement);
const head = element('head', HTMLElement);
/** @type {Map<number, Event>} */
let shown = new Map();
let selected = -1;

/** Where an order's state is another than at its event before. @param {Event[]} events */
function changes(events) {
  /** @type {Map<number, number>} */
  const now = new Map();
  /** @type {Map<number, number>} */
  const changed = new Map();
  for (const { no, order, state } of events)
    if (order >= 0 && state >= 0 && now.get(order) !== state) {
      now.set(order, state);
      changed.set(no, state);
    }
  return changed;
}

/** From which event to which the platform is dead. @param {Event[]} events @returns {[number, number][]} */
function downTimes(events) {
  /** @type {[number, number][]} */
  const times = [];
  let from = -1;
  for (const { no, kind } of events) {
    if (kind === 'crash' && from < 0) from = no;
    if (kind !== 'recover' || from < 0) continue;
    times.push([from, no]);
    from = -1;
  }
  return from < 0 ? times : [...times, [from, Number.MAX_SAFE_INTEGER]];
}

function render() {
  const source = view.everything ? all() : slice;
  const events = filtered();
  const { rows, pages } = pageOf(events);
  const width = Math.max(820, Math.floor(drawing.clientWidth));
  const names = run.lanes.map((names) => html('div', '', names[0] ?? '', html('small', '', names[1] ?? '')));
  head.style.gridTemplateColumns = `${TIME}px ${STATE}px repeat(${names.length}, 1fr)`;
  head.style.width = `${width}px`;
  head.replaceChildren(
    html('div', '', '时间', html('small', '', 'Time')),
    html('div', '', '订单状态', html('small', '', 'Order state')),
    ...names,
  );
  drawing.replaceChildren(
    draw(rows, { width, last: view.page === pages - 1, states: changes(source), down: downTimes(source) }),
  );
  if (rows.length === 0) drawing.prepend(html('p', 'nothing hint', '没有符合的事件。 No event fits.'));
  shown = new Map(rows.map((event) => [event.no, event]));
  element('count', HTMLOutputElement).value =
    `${events.length.toLocaleString('en-US')} / ${run.total.toLocaleString('en-US')}`;
  element('page', HTMLOutputElement).value = `${view.page + 1} / ${pages}`;
  for (const pager of document.querySelectorAll('.pager')) pager.toggleAttribute('hidden', pages < 2);
  press('slice', !view.everything);
  press('everything', view.everything);
  mark();
}

/** @param {string} id @param {boolean} pressed */
function press(id, pressed) {
  element(id, HTMLButtonElement).setAttribute('aria-pressed', String(pressed));
}

function mark() {
  for (const row of drawing.querySelectorAll('.row'))
    row.classList.toggle('selected', row.getAttribute('data-no') === String(selected));
  for (const line of document.querySelectorAll('.story button'))
    line.classList.toggle('selected', line.getAttribute('data-no') === String(selected));
}

/** @param {number} no */
function select(no) {
  const event = shown.get(no);
  if (!event) return;
  selected = no;
  showDetail(event);
  mark();
}

/** Shows an event wherever it is. @param {number} no */
function goTo(no) {
  open('lanes');
  turnTo(no);
  render();
  select(no);
  drawing.querySelector(`[data-no="${no}"] .hit`)?.scrollIntoView({ block: 'center' });
}

/** @param {string} id */
function open(id) {
  for (const section of document.querySelectorAll('.view'))
    section.toggleAttribute('hidden', section.id !== id);
  for (const tab of document.querySelectorAll('[role=tab]'))
    tab.setAttribute('aria-selected', String(tab.getAttribute('data-view') === id));
}

/** @param {Event | undefined} event @param {MouseEvent} pointer */
const point = (event, pointer) => (event ? showTip(event, pointer.clientX, pointer.clientY) : hideTip());
/** The event of the row that the pointer is over. @param {MouseEvent} pointer */
function under(pointer) {
  const top = drawing.getBoundingClientRect().top;
  for (const row of drawing.querySelectorAll('.row .hit')) {
    const y = Number(row.getAttribute('y'));
    const at = pointer.clientY - top;
    if (at >= y && at < y + Number(row.getAttribute('height')))
      return shown.get(Number(row.parentElement?.getAttribute('data-no')));
  }
  return undefined;
}

drawing.addEventListener('mousemove', (pointer) => point(under(pointer), pointer));
drawing.addEventListener('mouseleave', hideTip);
drawing.addEventListener('click', (pointer) => {
  const event = under(pointer);
  if (event) select(event.no);
});
document.addEventListener('keydown', (key) => {
  if (key.key === 'Escape') hideDetail();
  const step = key.key === 'ArrowDown' ? 1 : key.key === 'ArrowUp' ? -1 : 0;
  if (
    step === 0 ||
    selected < 0 ||
    key.target instanceof HTMLInputElement ||
    key.target instanceof HTMLSelectElement
  )
    return;
  key.preventDefault();
  const events = filtered();
  const next = events[events.findIndex(({ no }) => no === selected) + step];
  if (next) goTo(next.no);
});
for (const line of document.querySelectorAll('.story button'))
  line.addEventListener('click', () => goTo(Number(line.getAttribute('data-no'))));
for (const tab of document.querySelectorAll('[role=tab]'))
  tab.addEventListener('click', () => open(tab.getAttribute('data-view') ?? ''));
for (const [id, everything] of /** @type {const} */ ([
  ['slice', false],
  ['everything', true],
]))
  element(id, HTMLButtonElement).addEventListener('click', () => {
    Object.assign(view, { everything, page: 0 });
    render();
  });
for (const [id, step] of /** @type {const} */ ([
  ['earlier', -1],
  ['later', 1],
]))
  element(id, HTMLButtonElement).addEventListener('click', () => {
    view.page = Math.max(0, view.page + step);
    render();
  });
element('language', HTMLButtonElement).addEventListener('click', ({ currentTarget }) => {
  language.index = 1 - language.index;
  if (currentTarget instanceof HTMLElement) currentTarget.textContent = language.index === 0 ? 'EN' : '中文';
  render();
});
element('copy', HTMLButtonElement).addEventListener('click', () => {
  getSelection()?.selectAllChildren(element('replay', HTMLElement));
  // Also where a page opened from a file has no clipboard of its own.
  document.execCommand('copy');
});
element('all-rows', HTMLInputElement).addEventListener('change', ({ currentTarget }) => {
  const every = currentTarget instanceof HTMLInputElement && currentTarget.checked;
  element('ledger', HTMLElement).classList.toggle('every', every);
});
document.querySelector('.filters')?.addEventListener('submit', (event) => event.preventDefault());
addEventListener('resize', render);
startFilters(render);
render();
