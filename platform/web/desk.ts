import { get, isThere, onReach, post } from './api.ts';
import { cardSaleScreen } from './card-sale.ts';
import { sellScreen, undoScreen } from './counter.ts';
import { button, h } from './dom.ts';
import { kiosksScreen } from './kiosks.ts';
import { journalScreen, todayScreen } from './lists.ts';
import { follow } from './live.ts';
import { yuan } from './money.ts';
import { orderScreen } from './order.ts';
import { pendingOf } from './pending.ts';
import type { Desk, Screen } from './screen.ts';
import { switchLanguage, type TextKey, t } from './texts.ts';
import { todoScreen } from './todo.ts';
import { topUpScreen } from './top-up.ts';
import type { CreditView, Session, Station } from './types.ts';

/** `moves`: it moves money, so it waits until the request before it has its answer. */
type Tab = { name: TextKey; screen: (desk: Desk) => Screen; moves?: boolean };

const AT_OUTLET: Tab[] = [
  { name: 'pay', screen: topUpScreen, moves: true },
  { name: 'card', screen: cardSaleScreen, moves: true },
  { name: 'today', screen: todayScreen },
  { name: 'journal', screen: journalScreen },
];
const TABS: { [role in Session['role']]: Tab[] } = {
  teller: AT_OUTLET,
  supervisor: AT_OUTLET,
  clerk: [
    { name: 'sell', screen: sellScreen, moves: true },
    { name: 'undo', screen: undoScreen, moves: true },
  ],
  administrator: [
    { name: 'todo', screen: todoScreen },
    { name: 'kiosks', screen: kiosksScreen },
  ],
};

/** The page of somebody who is signed in. The address's `#` says what is shown, so that a reload shows it again. */
export function openDesk(session: Session, station: Station, signedOut: () => void): { close(): void } {
  const tabs = TABS[session.role];
  const atOutlet = tabs === AT_OUTLET;
  const behind = session.now - Date.now();
  let availableFen: number | undefined;
  const desk: Desk = {
    session,
    station,
    now: () => Date.now() + behind,
    available: () => availableFen,
    go(place) {
      if (location.hash.slice(1) === place) show();
      else location.hash = place;
    },
  };
  let screen: Screen | undefined;
  let connected = true;
  /** The screen takes money. */
  let moves = false;
  const body = h('div', { className: 'desk' });
  const credit = h('aside', { className: 'card credit', ariaLive: 'polite' });
  const offline = h('p', { className: 'offline', role: 'status', hidden: true });

  function show(): void {
    screen?.leave?.();
    const [name, id] = location.hash.slice(1).split('/');
    const tab = tabs.find((known) => known.name === name) ?? tabs[0];
    const kept = pendingOf(session.organisation);
    if (kept && name !== 'order' && tab?.moves) {
      location.hash = `order/${kept.id}`;
      return;
    }
    moves = name !== 'order' && tab?.moves === true;
    screen = name === 'order' && id ? orderScreen(desk, id) : tab?.screen(desk);
    const main = h('main', {}, offline, ...(screen ? [screen.element] : []));
    sayOffline();
    body.replaceChildren(
      header(name === 'order' ? undefined : tab?.name),
      h('div', { className: atOutlet ? 'columns' : 'columns one' }, main, ...(atOutlet ? [credit] : [])),
    );
    document.title = `${session.organisationName} · ${t('product')}`;
    lookAtCredit();
  }

  function sayOffline(): void {
    const gone = !isThere();
    const waits = screen?.waits?.() === true;
    let text = '';
    if (gone) text = t(waits ? 'goneOrder' : 'gone');
    else if (!connected) text = t(waits ? 'offlineOrder' : 'offline');
    // Told to who listens only when it is another text.
    if (offline.textContent !== text) offline.textContent = text;
    offline.hidden = text === '';
    // No money is taken for what can not be sent: neither mouse nor keyboard gets at it.
    if (screen) screen.element.inert = gone && moves;
  }

  function header(current: TextKey | undefined): HTMLElement {
    const nav = h('nav', {});
    for (const { name } of tabs) {
      const link = h('a', { href: `#${name}` }, t(name));
      if (name === current) link.ariaCurrent = 'page';
      nav.append(link);
    }
    return h(
      'header',
      { className: 'bar' },
      h('img', { src: 'logo.svg', alt: t('product') }),
      h(
        'div',
        { className: 'place' },
        h('strong', {}, session.organisationName),
        h('span', {}, `${t('businessDate')} ${session.businessDate}`),
      ),
      nav,
      h('span', { className: 'who' }, `${t(session.role)} ${session.operator} ${session.name}`),
      button(t('otherLanguage'), () => {
        switchLanguage();
        show();
      }),
      button(t('signOut'), () => {
        post('/api/sign-out').then(signedOut, signedOut);
      }),
    );
  }

  function lookAtCredit(): void {
    if (!atOutlet) return;
    get<CreditView>('/api/credit', true).then((now) => {
      availableFen = now.availableFen;
      credit.replaceChildren(
        h('h2', {}, t('credit')),
        h('p', { className: 'hint' }, t('available')),
        h('p', { className: 'huge money' }, `¥${yuan(now.availableFen)}`),
        h(
          'dl',
          {},
          h('dt', {}, t('balance')),
          h('dd', {}, `¥${yuan(now.balanceFen)}`),
          h('dt', {}, t('held')),
          h('dd', {}, `¥${yuan(now.heldFen)}`),
        ),
      );
    }, ignore);
  }

  /** Also finds out that the session has ended, or that the business day was cut. */
  function look(): void {
    screen?.look?.();
    sayOffline();
    lookAtCredit();
    get<Session>('/api/session', true).then((now) => {
      if (now.businessDate === session.businessDate) return;
      session.businessDate = now.businessDate;
      body.querySelector('.place span')?.replaceChildren(`${t('businessDate')} ${now.businessDate}`);
    }, ignore);
  }

  window.addEventListener('hashchange', show);
  document.body.replaceChildren(body);
  show();
  const unfollow = follow(look, (yes) => {
    connected = yes;
    sayOffline();
    // Only the updates, or the platform itself?
    if (!yes) look();
  });
  onReach((there) => {
    sayOffline();
    if (there) look();
  });
  return {
    close() {
      unfollow();
      onReach(() => {});
      window.removeEventListener('hashchange', show);
      screen?.leave?.();
    },
  };
}

const ignore = () => undefined;
