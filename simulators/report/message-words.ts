import type { MessageName } from '../world/faults.ts';
import type { Words } from './input.ts';

const MESSAGE_WORDS: { [name in MessageName]: Words } = {
  'http.command': { zh: '交易请求', en: 'command' },
  'http.reply': { zh: '平台答复', en: 'reply' },
  'carrier.perform': { zh: '缴费指令', en: 'perform' },
  'carrier.perform.accepted': { zh: '受理回执', en: 'accepted' },
  'carrier.perform.processing': { zh: '处理中通知', en: 'processing' },
  'carrier.perform.completed': { zh: '缴费结果', en: 'result' },
  'carrier.inquire': { zh: '查询', en: 'inquiry' },
  'carrier.inquire.completed': { zh: '查询结果', en: 'inquiry result' },
  'printer.print': { zh: '打印任务', en: 'print job' },
  'printer.print.accepted': { zh: '打印受理', en: 'print accepted' },
  'printer.print.completed': { zh: '打印结果', en: 'print result' },
  'printer.inquire': { zh: '打印查询', en: 'print inquiry' },
  'printer.inquire.completed': { zh: '打印查询结果', en: 'print inquiry result' },
};

/** A message as people call it; a name that is not known stands for itself. */
export function messageWords(name: string): Words {
  return knownMessage(name) ?? { zh: name, en: name };
}

export function knownMessage(name: string): Words | undefined {
  return (MESSAGE_WORDS as { [name: string]: Words | undefined })[name];
}
