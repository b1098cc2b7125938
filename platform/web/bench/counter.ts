import { button, h } from '../dom.ts';
import { act, BenchRefusal, type CounterView, type Deed } from './hands.ts';
import { cardsPart, devicesPart, readerPart } from './pictures.ts';

/** How often the page looks by itself, ms. */
const LOOK_EVERY = 400;

/** The token stands behind the `#` of the address that `npm start` prints: it is sent to nobody but by this page. */
const token = location.hash.slice(1);

const told = h('div', { className: 'told', role: 'status' });
const reader = h('section', { className: 'card' });
const cards = h('section', { className: 'card cards' });
const devices = h('section', { className: 'card' });
let shown = '';

function show(view: CounterView): void {
  const now = JSON.stringify(view);
  // What is under the pointer stays there where nothing has changed.
  if (now === shown) return;
  shown = now;
  reader.replaceChildren(...readerPart(view, does));
  cards.replaceChildren(...cardsPart(view, does));
  devices.replaceChildren(...devicesPart(view, does));
}

/** A button that does it. */
function does(text: string, deed: Deed, className = ''): HTMLButtonElement {
  return button(text, () => void perform(deed), className);
}

async function perform(deed: Deed): Promise<void> {
  try {
    show(await act(token, deed));
    if (deed.do !== 'show') told.replaceChildren();
    else if (told.dataset.away) told.replaceChildren();
    delete told.dataset.away;
  } catch (error) {
    if (error instanceof BenchRefusal && !error.forbidden) return complain(`⚠ ${error.message}`);
    told.dataset.away = '1';
    complain(
      error instanceof BenchRefusal
        ? '⚠ 请用 npm start 打印的「虚拟柜台」地址打开本页 · Open this page by the address that npm start prints: it is new at each start'
        : '⚠ 没有连接到演示环境 · The bench can not be reached',
    );
  }
}

function complain(text: string): void {
  if (told.textContent !== text)
    told.replaceChildren(h('p', { className: 'complaint', role: 'alert' }, text));
}

async function look(): Promise<void> {
  await perform({ do: 'show' });
  setTimeout(() => void look(), LOOK_EVERY);
}

document.body.replaceChildren(
  h(
    'header',
    { className: 'bench' },
    h('h1', {}, '虚拟柜台 Virtual counter'),
    h('span', {}, '仅演示环境 bench only'),
    h('a', { href: '/', target: 'yizhan-teller' }, '柜员页面 Teller page'),
  ),
  told,
  h('main', {}, h('div', { className: 'left' }, reader, devices), cards),
);
void look();
