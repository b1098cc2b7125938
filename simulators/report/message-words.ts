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
  'utility.order': { zh: '购电下单', en: 'order' },
  'utility.order.accepted': { zh: '下单受理', en: 'order accepted' },
  'utility.order.completed': { zh: '下单结果', en: 'order result' },
  'utility.orderVoid': { zh: '撤销下单', en: 'order of the void' },
  'utility.orderVoid.accepted': { zh: '撤销受理', en: 'void accepted' },
  'utility.orderVoid.completed': { zh: '撤销下单结果', en: 'result of the void’s order' },
  'utility.seal': { zh: '取写卡数据', en: 'request for sealed files' },
  'utility.seal.completed': { zh: '写卡数据', en: 'sealed files' },
  'utility.confirm': { zh: '写卡确认', en: 'confirmation of the write' },
  'utility.confirm.completed': { zh: '确认应答', en: 'answer to the confirmation' },
  'utility.cancel': { zh: '账务撤销', en: 'accounting reversal' },
  'utility.cancel.completed': { zh: '账务撤销应答', en: 'answer to the accounting reversal' },
  'utility.confirmVoid': { zh: '撤销写卡确认', en: 'confirmation of the void' },
  'utility.confirmVoid.completed': { zh: '撤销确认应答', en: 'answer to the void’s confirmation' },
  'utility.cancelVoid': { zh: '放弃撤销', en: 'giving up of the void' },
  'utility.cancelVoid.completed': { zh: '放弃撤销应答', en: 'answer to the giving up' },
  'utility.inquire': { zh: '电力公司查询', en: 'inquiry at the utility' },
  'utility.inquire.completed': { zh: '电力公司查询结果', en: 'the utility’s inquiry result' },
  'card-reader.read': { zh: '读卡指令', en: 'reading' },
  'card-reader.read.completed': { zh: '读卡结果', en: 'what the card says' },
  'card-reader.write': { zh: '写卡指令', en: 'write' },
  'card-reader.write.accepted': { zh: '写卡受理', en: 'write accepted' },
  'card-reader.write.completed': { zh: '写卡结果', en: 'result of the write' },
};

/** A message as people call it; a name that is not known stands for itself. */
export function messageWords(name: string): Words {
  return knownMessage(name) ?? { zh: name, en: name };
}

export function knownMessage(name: string): Words | undefined {
  return (MESSAGE_WORDS as { [name: string]: Words | undefined })[name];
}
