import { complaint, get } from './api.ts';
import { h } from './dom.ts';
import { clock } from './money.ts';
import { pick, t } from './texts.ts';

type Alerts = { alerts: { at: number; code: string; about: string; zh: string; en: string }[] };

/** What the administrator does about each alert. */
const REMEDIES: { [code: string]: readonly [zh: string, en: string] } = {
  'alert.counterpartOffline': [
    '检查与对方系统的线路和接口程序;恢复前该业务不受理',
    'Check the line and the driver; the service takes no orders until it is back',
  ],
  'alert.counterpartDown': [
    '联系对方系统值班人员;结果未知的交易平台会自动查询',
    'Call the counterpart’s staff; the platform keeps asking about what is not known',
  ],
  'alert.outcomeOverdue': [
    '平台会继续自动查询;可同时向对方核实',
    'The platform keeps asking; ask the counterpart as well',
  ],
  'alert.manual': [
    '向对方取得凭据,再在待处理交易中确认成功或失败',
    'Get proof from the counterpart, then settle it in the list of orders above',
  ],
  'alert.clockLeapt': [
    '时钟错了就拨正,无需其他操作;时钟没错就重新启动平台(相差 60 天以上加 --accept-clock)',
    'If the clock is wrong, set it right; if it is right, start the platform again (with --accept-clock beyond 60 days)',
  ],
  'alert.restored': [
    '用对方的对账文件补查丢失时段的交易,更正各网点信誉度;重新发放该时段收到的凭证',
    'Find the transactions of the lost time in the counterparts’ files, correct the outlets’ credit by them',
  ],
  'alert.case': [
    '按流水号与对方核对账目,保留双方凭据',
    'Compare the records with the counterpart’s by the journal number; keep the proof',
  ],
};

/** What an administrator must look at, newest first. */
export function alertList() {
  const element = h('div', {});
  function look(): void {
    get<Alerts>('/api/alerts', true).then(
      ({ alerts }) => {
        const head = h('tr', {});
        for (const key of ['time', 'alerts', 'about', 'remedy'] as const)
          head.append(h('th', { scope: 'col' }, t(key)));
        const body = h('tbody', {});
        for (const { at, code, about, zh, en } of alerts) {
          const [remedyZh, remedyEn] = REMEDIES[code] ?? ['', ''];
          body.append(
            h(
              'tr',
              {},
              h('td', {}, clock(at)),
              h('td', {}, pick(zh, en)),
              h('td', {}, about),
              h('td', { className: 'alert-remedy' }, pick(remedyZh, remedyEn)),
            ),
          );
        }
        element.replaceChildren(
          alerts.length === 0
            ? h('p', { className: 'hint center' }, t('none'))
            : h('table', {}, h('thead', {}, head), body),
        );
      },
      (error: unknown) => element.replaceChildren(complaint(error)),
    );
  }
  return { element, look };
}
