import type { Words } from './input.ts';

/** How a state is drawn: what went well, what nobody knows yet, what did not, and what is not alive. */
export type Tone = 'ok' | 'open' | 'failed' | 'none';

const STATES: { [state: string]: Words & { tone: Tone } } = {
  none: { zh: '平台无记录', en: 'no record', tone: 'none' },
  new: { zh: '未受理', en: 'not yet accepted', tone: 'none' },
  idle: { zh: '空闲', en: 'idle', tone: 'none' },
  sent: { zh: '已发出', en: 'sent', tone: 'open' },
  accepted: { zh: '已受理', en: 'accepted', tone: 'open' },
  processing: { zh: '处理中', en: 'processing', tone: 'open' },
  unknown: { zh: '结果未知', en: 'unknown', tone: 'open' },
  manual: { zh: '待人工', en: 'manual', tone: 'open' },
  succeeded: { zh: '成功', en: 'succeeded', tone: 'ok' },
  failed: { zh: '失败', en: 'failed', tone: 'failed' },
  rejected: { zh: '已拒绝', en: 'rejected', tone: 'failed' },
};

/** A state's names and tone; one that is not known stands for itself. */
export function stateWords(state: string): Words & { tone: Tone } {
  return STATES[state] ?? { zh: state, en: state, tone: 'none' };
}
