import type { TObject } from 'typebox';
import { FAULT_MEMBERS } from './fault-members.ts';
import { INFEASIBLE, type Infeasible, type MatrixState, statesOf } from './fault-states.ts';
import type { FaultName } from './faults.ts';
import type { Healer } from './scenario.ts';

/** One row of the vocabulary: what QA reads, what a scenario may write, and where it can hit. */
export interface FaultEntry {
  zh: string;
  en: string;
  /** What the fault has besides its name. */
  members: TObject;
  /** Who of the scenario's healers makes up for it; without them it stays as the world itself leaves it. */
  healers: readonly Healer[];
  /** It may last for ever (`forMs: "ever"`); otherwise it passes by itself. */
  ever: boolean;
  /** States of an order that it can not hit, with the reason. */
  infeasible: Infeasible;
}

type Told = readonly [zh: string, en: string, ...healers: Healer[]];

const TOLD: { readonly [N in FaultName]: Told } = {
  'NET-DROP': ['消息丢失', 'A message is lost', 'clientRetry', 'inquiry'],
  'NET-DUP': ['同一消息到达两次', 'A message arrives twice'],
  'NET-DELAY': ['消息迟到,被后来的超过', 'A message is late and later ones overtake it', 'inquiry'],
  'NET-RESET': [
    '平台已处理,终端连接在应答前断开',
    'The platform has done it, and the station’s connection breaks before the reply',
    'clientRetry',
  ],
  'CAR-WRONG': ['移动的应答内容有误', 'The carrier’s answer says something wrong', 'inquiry'],
  'CAR-DUP-CB': ['移动重复通知结果', 'The carrier tells its result once more'],
  'CAR-TIMEOUT-CHARGED': ['移动超时,其实已充值', 'The carrier times out and has charged', 'inquiry'],
  'CAR-TIMEOUT-NOT': ['移动超时,其实未充值', 'The carrier times out and has not charged', 'inquiry'],
  'CAR-LOST-REPLY': ['移动已充值,不再应答', 'The carrier has charged and says nothing', 'inquiry'],
  'CAR-PROC-FOREVER': ['移动一直说处理中', 'The carrier says «processing» for ever', 'operator'],
  'CAR-DOWN': ['移动系统故障,请求未送出', 'The carrier’s system is down: nothing was sent'],
  'CAR-LATE-OK': ['移动很晚才成功', 'The carrier succeeds late', 'inquiry'],
  'CAR-LATE-FAIL': ['移动很晚才拒绝', 'The carrier declines late', 'inquiry'],
  'CAR-FLIP': ['移动事后改口', 'The carrier takes back what it said'],
  'CAR-DENIES': [
    '移动已受理,查询却说查无此单',
    'The carrier has the order, and its inquiry knows nothing of it',
    'operator',
  ],
  'CAR-CRASH': ['移动的接口程序中断', 'The carrier’s adapter dies', 'inquiry'],
  'CARD-PULL': ['读写卡时拔卡', 'The card is pulled while it is read or written', 'operator'],
  'CARD-SWAP': ['中途换成别人的卡', 'Another card lies in the reader', 'operator'],
  'CARD-BAD': ['卡片应答异常', 'The chip answers with an error, or not at all'],
  'CARD-COUNTER': ['上次购电未插表', 'The meter has not taken the last purchase'],
  'RDR-CRASH': ['读卡器驱动程序写卡中中断', 'The reader’s driver dies while it writes'],
  'RDR-UNPLUG': ['读卡器写卡中断线', 'The reader’s plug is pulled while it writes'],
  'UTL-TIMEOUT-ORDERED': ['电力公司超时,其实已下单', 'The utility times out and has ordered', 'inquiry'],
  'UTL-TIMEOUT-NOT': ['电力公司超时,其实未下单', 'The utility times out and has not ordered', 'inquiry'],
  'UTL-LOST-REPLY': ['电力公司已下单,不再应答', 'The utility has ordered and says nothing', 'inquiry'],
  'UTL-DOWN': ['电力公司系统故障,请求未送出', 'The utility’s system is down: nothing was sent'],
  'UTL-NO-SEAL': ['电力公司不给写卡数据', 'The utility does not seal the files'],
  'UTL-NO-CONFIRM': ['电力公司对写卡结果不应答', 'The utility does not answer what it is told of the card'],
  'UTL-CRASH': ['电力公司的接口程序中断', 'The utility’s adapter dies', 'inquiry'],
  'PRN-PAPER': ['打印中途缺纸', 'The paper runs out in the middle of a sheet'],
  'PRN-UNKNOWN': ['已打印,但无法确认', 'All is printed and nobody can say so'],
  'PRN-UNPLUG': ['打印中途断线', 'The printer’s plug is pulled in the middle of a sheet'],
  'DRV-CRASH': ['打印驱动程序中途中断', 'The printer’s driver dies in the middle of a sheet'],
  'KSK-CRASH': ['终端断电', 'The station loses power', 'clientRetry'],
  'KSK-DOUBLE': ['柜员又按了一次', 'The teller presses again'],
  'PLT-CRASH': ['平台在提交前后中断', 'The platform dies around a commit', 'clientRetry', 'inquiry'],
  'PLT-PAUSE': ['平台停顿', 'The platform stands still for a while'],
  'DSK-TORN': ['断电,最后一块只写了一半', 'Power fails and the last block is half written', 'clientRetry'],
  'DSK-FULL': ['磁盘已满', 'The disk is full', 'clientRetry'],
  'DSK-CORRUPT': ['磁盘上的数据被改动', 'What is on the disk is not what was written'],
  'DSK-ERROR': ['磁盘报错,是否写入不明', 'The disk reports an error, written or not', 'clientRetry'],
  'CLK-STEP': ['平台时钟被拨动', 'The platform’s clock is set'],
  'CLK-SKEW': ['某处的时钟不准', 'A place’s clock is wrong'],
  'CUT-RACE': ['交易正好在日切前后到达', 'An order arrives just at the day cut'],
  'BRK-RESTART': ['消息服务器重启', 'The broker restarts'],
  'BRK-KICK': ['同名程序把它挤下线', 'A second program under its name throws it out'],
  'BRK-LWT': ['在线却被当作离线', 'A living place is taken for dead'],
  'NET-CLOG': ['线路堵塞,之后才到', 'A line is clogged, and all of it arrives afterwards'],
  'NET-PART': ['线路中断,消息丢失', 'A line is cut, and what was sent is lost', 'clientRetry', 'inquiry'],
};

export const FAULT_NAMES = Object.keys(TOLD) as FaultName[];

/** Every fault that a scenario may list. */
export const FAULT_CATALOGUE = Object.fromEntries(
  FAULT_NAMES.map((name): [FaultName, FaultEntry] => {
    const [zh, en, ...healers] = TOLD[name];
    const members: TObject = FAULT_MEMBERS[name];
    const ever = JSON.stringify(members.properties.forMs ?? {}).includes('"ever"');
    return [name, { zh, en, members, healers, ever, infeasible: INFEASIBLE[name] }];
  }),
) as { readonly [N in FaultName]: FaultEntry };

/** Every cell of the matrix that a campaign has to reach, and those that it must not, with the reason. */
export function matrixCells(): { fault: FaultName; state: MatrixState; infeasible?: string }[] {
  return FAULT_NAMES.flatMap((fault) =>
    statesOf(fault).map((state) => {
      const infeasible = INFEASIBLE[fault][state];
      return { fault, state, ...(infeasible === undefined ? {} : { infeasible }) };
    }),
  );
}
