import type { TraceEvent } from '../world/result.ts';
import type { Words } from './input.ts';
import { laneOf } from './lanes.ts';
import { knownMessage } from './message-words.ts';

/**
 * What kind of thing an event is. `crash` to `recover` is the time in which the platform does not live; `mark` concerns the
 * whole world (day cut, healing, end).
 */
export type Kind =
  | 'message'
  | 'cash'
  | 'durable'
  | 'crash'
  | 'recover'
  | 'charge'
  | 'decline'
  | 'state'
  | 'print'
  | 'mark'
  | 'other';

export interface EventWords extends Words {
  kind: Kind;
  /** The story tells of it. */
  matters: boolean;
}

/** How an event is read: the first line whose lane and pattern fit. `what` is compared in lower case. */
const READINGS: readonly [
  lane: string,
  pattern: RegExp,
  kind: Kind,
  zh: string,
  en: string,
  matters?: false,
][] = [
  ['platform', /crash|dies|killed/, 'crash', '中断', 'dies'],
  ['platform', /refused? to start/, 'crash', '拒绝启动', 'refuses to start'],
  ['platform', /recover|restart|started/, 'recover', '恢复运行', 'has recovered'],
  ['platform', /resume/, 'recover', '停顿结束', 'goes on'],
  ['platform', /pause/, 'mark', '停顿', 'stands still'],
  ['platform', /clock/, 'mark', '时钟被拨', 'has its clock set'],
  ['platform', /decid|ends|settle/, 'state', '记下状态', 'records the state'],
  ['', /day ?cut|cut ?day/, 'mark', '日切', 'day cut'],
  ['', /^healed?$/, 'mark', '故障期结束,开始恢复', 'faults end, what can heals'],
  ['', /^end$/, 'mark', '运行结束', 'the run ends'],
  ['disk', /torn/, 'other', '只写了一半', 'half of it written'],
  ['disk', /full/, 'other', '磁盘已满', 'full'],
  ['disk', /error|fail/, 'other', '写入报错', 'reports an error'],
  ['disk', /corrupt|damage/, 'other', '记录损坏', 'a record is damaged'],
  ['disk', /durable|commit|written|append/, 'durable', '落盘', 'on disk'],
  ['carrier', /not charged|uncharged/, 'decline', '未扣费', 'has not charged'],
  ['carrier', /charged/, 'charge', '已扣费', 'has charged'],
  ['carrier', /declin/, 'decline', '拒绝', 'declines'],
  ['carrier', /taken|journal/, 'other', '已收下请求', 'has taken it', false],
  ['teller', /back|return/, 'cash', '退还现金', 'gives the cash back'],
  ['teller', /takes?|cash/, 'cash', '收取现金', 'takes the cash'],
  ['teller', /again|double/, 'other', '又按一次', 'presses again'],
  ['teller', /told|sees|reads|shown/, 'state', '看到结果', 'is told'],
  ['station', /told|shows?|sees/, 'state', '显示结果', 'shows the result'],
  ['station', /retry|again/, 'other', '同一编号重试', 'tries again under the same id'],
  ['station', /dead|power|crash|off/, 'other', '断电', 'loses power'],
  ['station', /back|on$/, 'other', '恢复', 'is back'],
  ['printer', /paper out/, 'other', '缺纸', 'is out of paper'],
  ['printer', /print|paper|sheet/, 'print', '出纸', 'prints'],
  ['', /crash|dies|down|killed/, 'other', '停止', 'goes down'],
  ['', /restart/, 'other', '重启', 'restarts'],
  ['', /back|up$/, 'other', '恢复', 'is back'],
  ['', /kick/, 'other', '被挤下线', 'is thrown out'],
  ['', /will/, 'other', '发出遗嘱', 'sends the will'],
  ['', /offline/, 'other', '离线', 'is offline'],
  ['', /online|birth/, 'other', '上线', 'is online', false],
];

/** Words for an event, by its lane and what it says of itself; a text that is not known stands for itself. */
export function eventWords({ lane: place, what, to, lost, fault }: TraceEvent): EventWords {
  const message = knownMessage(what);
  if (message || to !== undefined) {
    const matters = lost === true || fault !== undefined || !/accepted|printer/.test(what);
    return { ...(message ?? { zh: what, en: what }), kind: 'message', matters };
  }
  const { lane } = laneOf(place);
  const said = what.toLowerCase();
  for (const [of, pattern, kind, zh, en, matters] of READINGS)
    if ((of === '' || of === lane) && pattern.test(said)) return { zh, en, kind, matters: matters ?? true };
  return { zh: what, en: what, kind: 'other', matters: fault !== undefined };
}
