import type { InvariantId } from '../checker/invariant.ts';
import type { Words } from './input.ts';

/** A short name of every rule: the English one goes into verdict lines, so it has no spaces. */
export const INVARIANT_NAMES: { [id in InvariantId]: Words } = {
  S1: { zh: '每笔分录平衡', en: 'balanced' },
  S2: { zh: '总账守恒', en: 'conservation' },
  S3: { zh: '占用只了结一次', en: 'single-disposition' },
  S4: { zh: '占用说得清', en: 'holds-explain-themselves' },
  S5: { zh: '对方只扣一次', en: 'charged-at-most-once' },
  S6: { zh: '先落盘后外发', en: 'durable-before-told' },
  S7: { zh: '没有证据不下结论', en: 'no-unsupported-claim' },
  S8: { zh: '终态不变', en: 'final-is-final' },
  S9: { zh: '重复无害', en: 'repeats-change-nothing' },
  S11: { zh: '崩溃不留痕', en: 'crash-transparent' },
  S12: { zh: '卡账一致', en: 'card-and-ledger' },
  S13: { zh: '收据编号与副本', en: 'receipts' },
  S14: { zh: '营业日', en: 'business-date' },
  S16: { zh: '信誉度不透支', en: 'credit-never-negative' },
  S17: { zh: '撤销不超额', en: 'voids' },
  S18: { zh: '记录成链', en: 'audit-chain' },
  S19: { zh: '客户信息隔离', en: 'isolation' },
  S20: { zh: '电表电费守恒', en: 'meter-conservation' },
  S21: { zh: '写卡数据一次一用', en: 'sealed-for-this-writing' },
  N3: { zh: '与独立账本一致', en: 'naive-bank-agrees' },
  L1: { zh: '每笔都有结局', en: 'every-order-ends' },
  L2: { zh: '柜员得到答复', en: 'teller-is-told' },
  L3: { zh: '次数有限', en: 'bounded-effort' },
  L5: { zh: '断线后重新上线', en: 'back-online' },
  L6: { zh: '按时日切', en: 'cut-in-time' },
  L7: { zh: '重启后继续', en: 'restart-goes-on' },
  L8: { zh: '互不拖累', en: 'dead-delay-nobody' },
  L9: { zh: '电卡还能再用', en: 'cards-work' },
};

/** Its name; an id that is not known is its own name. */
export function nameOf(id: string): Words {
  return (INVARIANT_NAMES as { [id: string]: Words | undefined })[id] ?? { zh: id, en: id };
}
