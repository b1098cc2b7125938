import { complaint, get } from './api.ts';
import { h } from './dom.ts';
import { clock } from './money.ts';
import type { Screen } from './screen.ts';
import { pick, t } from './texts.ts';

type Alerts = { alerts: { at: number; code: string; about: string; zh: string; en: string }[] };

/** What an administrator must look at, newest first. */
export function alertsScreen(): Screen {
  const rows = h('div', {});
  function look(): void {
    get<Alerts>('/api/alerts', true).then(
      ({ alerts }) => {
        const body = h('tbody', {});
        for (const { at, about, zh, en } of alerts)
          body.append(h('tr', {}, h('td', {}, clock(at)), h('td', {}, pick(zh, en)), h('td', {}, about)));
        const head = h('tr', {}, h('th', {}, t('time')), h('th', {}, t('alerts')), h('th', {}, t('about')));
        rows.replaceChildren(
          alerts.length === 0
            ? h('p', { className: 'hint center' }, t('none'))
            : h('table', {}, h('thead', {}, head), body),
        );
      },
      (error: unknown) => rows.replaceChildren(complaint(error)),
    );
  }
  look();
  return { element: h('section', { className: 'card broad' }, h('h1', {}, t('alerts')), rows), look };
}
