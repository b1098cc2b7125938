import { complaint, get } from './api.ts';
import { facts, h } from './dom.ts';
import { clock } from './money.ts';
import type { Desk, Screen } from './screen.ts';
import { pick, type TextKey, t } from './texts.ts';
import type { DeviceView, KioskView } from './types.ts';

/** Nothing tells the page that a device changed: it looks by itself, in ms. */
const LOOK_EVERY = 5_000;

/** Every state of a kiosk, a device or its driver: Chinese, English, and whether somebody must look after it. */
const STATES: { [state: string]: readonly [zh: string, en: string, isBad?: true] } = {
  online: ['正常', 'Online'],
  running: ['正常', 'Running'],
  starting: ['启动中', 'Starting'],
  offline: ['离线', 'Offline', true],
  never: ['平台启动后未上线', 'Not heard of since the platform started', true],
  userError: ['需现场处理', 'Needs a hand', true],
  hardwareError: ['设备故障', 'Faulty', true],
  misconfigured: ['配置有误,已停用', 'Misconfigured, disabled', true],
  backingOff: ['驱动等待重启', 'Its driver waits to start again', true],
  stopped: ['已停止', 'Stopped', true],
};
const POWER: { [power: string]: TextKey } = { mains: 'onMains', battery: 'onBattery' };
const NETWORK: { [network: string]: TextKey } = { up: 'netUp', unstable: 'netUnstable', down: 'netDown' };
const CLASSES: { [profile: string]: readonly [zh: string, en: string] } = {
  printer: ['打印机', 'Printer'],
  'card-reader': ['读卡器', 'Card reader'],
  'customer-display': ['客显', 'Customer display'],
  sign: ['电子显示屏', 'Sign'],
  'alarm-button': ['报警按钮', 'Alarm button'],
};

/** DEV-07: each kiosk’s devices, their health, and whether power and network are up. */
export function kiosksScreen(desk: Desk): Screen {
  const list = h('div', {});
  function look(): void {
    get<{ kiosks: KioskView[] }>('/api/kiosks', true).then(
      ({ kiosks }) =>
        list.replaceChildren(
          ...(kiosks.length === 0
            ? [h('p', { className: 'hint center' }, t('none'))]
            : kiosks.map((kiosk) => kioskCard(kiosk, desk.now()))),
        ),
      (error: unknown) => list.replaceChildren(complaint(error)),
    );
  }
  look();
  const timer = setInterval(look, LOOK_EVERY);
  return {
    element: h('section', { className: 'card broad' }, h('h1', {}, t('kiosks')), list),
    look,
    leave: () => clearInterval(timer),
  };
}

function kioskCard(kiosk: KioskView, now: number): HTMLElement {
  const { outlet, name, station, state, since, power, network, networkInterface, devices } = kiosk;
  return h(
    'section',
    { className: 'kiosk' },
    h('h2', {}, `${outlet} ${name} · ${t('station')} ${station} `, badgeOf(state)),
    facts([
      since !== undefined && [t('since'), moment(since, now)],
      [t('power'), t(POWER[power] ?? 'notKnown')],
      [
        t('network'),
        `${t(NETWORK[network] ?? 'notKnown')}${networkInterface ? ` (${networkInterface})` : ''}`,
      ],
      kiosk.problem && [t('lastProblem'), problemText(kiosk.problem, now)],
    ]),
    devices.length === 0 ? h('p', { className: 'hint' }, t('noDevices')) : deviceTable(devices, now),
  );
}

function deviceTable(devices: DeviceView[], now: number): HTMLElement {
  const head = h('tr', {});
  for (const key of ['device', 'deviceClass', 'state', 'since', 'lastProblem'] as const)
    head.append(h('th', { scope: 'col' }, t(key)));
  const body = h('tbody', {});
  for (const { name, profile = '', state, since, problem, status } of devices)
    body.append(
      h(
        'tr',
        {},
        h('td', {}, name),
        h('td', {}, pick(...(CLASSES[profile] ?? ([profile, profile] as const)))),
        h('td', {}, badgeOf(state), ...paperOf(status)),
        h('td', {}, moment(since, now)),
        h('td', {}, problem ? problemText(problem, now) : ''),
      ),
    );
  return h('table', {}, h('thead', {}, head), body);
}

/** What makes a printer’s user go and look: the others say it in their state. */
function paperOf({ paper, cover }: DeviceView['status']): string[] {
  if (paper === 'out') return [` ${t('paperOut')}`];
  if (paper === 'low') return [` ${t('paperLow')}`];
  return cover === 'open' ? [` ${t('coverOpen')}`] : [];
}

function badgeOf(state: string): HTMLElement {
  const [zh, en, isBad] = STATES[state] ?? [state, state, true];
  const [kind, sign] = isBad
    ? ['failed', '✕']
    : state === 'starting'
      ? ['processing', '⋯']
      : ['succeeded', '✓'];
  return h('span', { className: `badge ${kind}` }, h('b', { ariaHidden: 'true' }, sign), pick(zh, en));
}

function problemText({ at, state, why }: NonNullable<DeviceView['problem']>, now: number): string {
  const [zh, en] = STATES[state] ?? [state, state];
  return `${moment(at, now)} ${pick(zh, en)}${why ? `: ${why}` : ''}`;
}

const DAY = 86_400_000;

/** The time of day; with the date where it is not of today. */
function moment(at: number, now: number): string {
  const shanghai = (ms: number) => new Date(ms + DAY / 3).toISOString().slice(0, 10);
  return shanghai(at) === shanghai(now) ? clock(at) : `${shanghai(at)} ${clock(at)}`;
}
