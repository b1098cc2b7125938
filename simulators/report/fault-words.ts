import { FAULT_CATALOGUE } from '../world/fault-catalogue.ts';
import type { Fault } from '../world/faults.ts';
import { lengthOf } from './format.ts';
import type { Words } from './input.ts';
import { messageWords } from './message-words.ts';

/**
 * What one fault of a scenario does: the catalogue's sentence, and this one's order, message, place and times. `of` is the
 * order that is spoken of anyway, and so not named.
 */
export function faultWords(fault: Fault, of?: string): Words {
  const { zh, en } = FAULT_CATALOGUE[fault.fault] ?? { zh: fault.fault, en: fault.fault };
  const details = detailsOf(fault, of);
  if (details.length === 0) return { zh, en };
  return {
    zh: `${zh}(${details.map((each) => each.zh).join(',')})`,
    en: `${en} (${details.map((each) => each.en).join(', ')})`,
  };
}

function detailsOf(fault: Fault, of: string | undefined): Words[] {
  const details: Words[] = [];
  for (const [member, value] of Object.entries(fault)) {
    const said = (member === 'nth' && 'message' in fault) || (member === 'order' && value === of);
    const read = READ[member];
    if (read && !said) details.push(read(value as never, fault));
  }
  return details;
}

const plain = (zh: string, en: string) => (value: unknown) => ({
  zh: `${zh} ${value}`,
  en: `${en} ${value}`,
});
const flag = (zh: string, en: string) => () => ({ zh, en });
const time = (zh: string, en: string) => (ms: number | 'ever') => {
  const length = lengthOf(ms);
  return { zh: `${zh}${length.zh}`, en: ms === 'ever' ? length.en : `${en} ${length.en}` };
};

/** How each member of a fault is read; the rest goes without saying. */
const READ: { [member: string]: (value: never, fault: Fault) => Words } = {
  order: plain('订单', 'order'),
  message(name: string, fault) {
    const nth = ('nth' in fault ? fault.nth : undefined) ?? 1;
    const { zh, en } = messageWords(name);
    return { zh: `第 ${nth} 次${zh}`, en: `${en} no. ${nth}` };
  },
  nth: (nth: number) => ({ zh: `第 ${nth} 次`, en: `no. ${nth}` }),
  station: (station: number | 'carrier') =>
    station === 'carrier'
      ? { zh: '移动', en: 'the carrier' }
      : { zh: `终端 ${station}`, en: `station ${station}` },
  point: (point: string) =>
    ({
      beforeAppend: { zh: '落盘之前', en: 'before it is on disk' },
      afterAppend: { zh: '已落盘,尚未外发', en: 'on disk, nothing sent yet' },
      midRelease: { zh: '外发到一半', en: 'after the first of its effects left' },
      afterRelease: { zh: '全部外发之后', en: 'after all its effects left' },
    })[point] ?? { zh: point, en: point },
  how: plain('错在', 'wrong:'),
  afterLines: plain('已打行数', 'lines printed'),
  times: plain('次数', 'times'),
  way: plain('方向', 'way'),
  forMs: time('持续 ', 'for'),
  afterMs: time('之后 ', 'after'),
  byMs: time('相差 ', 'by'),
  written: (written: boolean) =>
    written ? { zh: '其实已写入', en: 'written all the same' } : { zh: '没有写入', en: 'not written' },
  told: (told: boolean) => (told ? { zh: '会通知', en: 'told' } : { zh: '不通知', en: 'not told' }),
  otherNo: flag('编号不同', 'with another number'),
  losesJournal: flag('日志丢失', 'loses its journal'),
  losesRetained: flag('保留消息丢失', 'loses what it retained'),
  newId: flag('用新编号', 'under a new id'),
  again: flag('恢复时再次中断', 'and again while it recovers'),
};
