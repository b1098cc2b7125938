import type { Invariant } from '../invariant.ts';
import { INQUIRE, isToUtility, PERFORM } from '../message.ts';
import type { WrittenBlock } from '../observation.ts';

export const s18: Invariant = {
  id: 'S18',
  kind: 'safety',
  zh: '日志以哈希相连、无缺号;每条有关钱的对外消息与记录一一对应;被改动的日志不得启动',
  en: 'The log is a chain without a gap; every outside message about money has its record and every record its message; a tampered log is refused',
  watch({ books, scene, hash, broken, checked }) {
    let last = 0;
    let prev = '';
    /** Messages that records promise and that have not left; messages that left and have no record. By message id. */
    const promised = new Map<string, string>();
    const unwritten = new Map<string, string>();
    /** Why it refused to start, until it starts. */
    let refused: string | undefined;

    function chained(at: number, block: WrittenBlock): void {
      checked();
      const wrong = (zh: string, en: string) => broken({ at, zh, en });
      const { first, prev: before, hash: own, body } = block;
      if (first !== last + 1)
        wrong(`记录 ${last + 1} 缺失`, `record ${last + 1} is missing, the block begins with ${first}`);
      if (books.last !== block.last)
        wrong('记录数不符', `the block ends with record ${block.last}, the log has ${books.last}`);
      if (before !== prev)
        wrong(
          '未接上前一块',
          `record ${first} does not follow the block before it: ${before} is not ${prev}`,
        );
      const expected = hash(`${before}\n${first}\n${block.last}\n${block.at}\n${body}`);
      if (own !== expected)
        wrong('哈希不符', `the block of record ${first} has hash ${own}, its content gives ${expected}`);
      last = block.last;
      prev = own;
    }

    function promise(id: string, order: string): void {
      if (!unwritten.delete(id)) promised.set(id, order);
    }

    function settled(at: number): void {
      for (const [id, order] of unwritten)
        broken({
          at,
          order,
          zh: `消息 ${id} 没有记录`,
          en: `message ${id} left, and no record of it exists`,
        });
      unwritten.clear();
    }

    return {
      durable: chained,
      record(at, record, order) {
        if (record.type === 'orderOpened')
          for (const { key } of record.order.legs) promise(key, record.order.id);
        if ('order' in record && record.order !== undefined && !order)
          broken({
            at,
            zh: '记录所指的订单从未开立',
            en: `a ${record.type} names an order that the log never opened`,
          });
        if (record.type === 'legInquired' && record.sent) {
          const leg = order?.legs.find(({ no }) => no === record.leg);
          // The first leg asks for the order and is inquired about; a later one is told again.
          if (leg) promise(`${leg.key}.${leg.no === 1 ? 'i' : ''}${leg.inquiries}`, record.order);
        }
      },
      sent(_, { type, id, order = '' }) {
        if (type !== PERFORM && type !== INQUIRE && !isToUtility(type)) return;
        checked();
        if (!promised.delete(id)) unwritten.set(id, order);
      },
      quiet(at) {
        settled(at);
        for (const [id, order] of promised)
          broken({
            at,
            order,
            zh: `记录所应发的 ${id} 未发出`,
            en: `its record says that ${id} is sent, and it never left`,
          });
        promised.clear();
      },
      crashed(at) {
        settled(at);
        promised.clear();
      },
      recovered(at) {
        refused = undefined;
        if (scene.isTampered)
          broken({
            at,
            zh: '日志被改动,平台仍然启动',
            en: 'the log was tampered with, and the platform started on it',
          });
      },
      refusedToStart(_, why) {
        checked();
        refused = why;
      },
      end(at) {
        if (refused !== undefined && !scene.isTampered)
          broken({
            at,
            zh: `日志完好,平台始终拒绝启动:${refused}`,
            en: `the log is whole, and the platform never started again: ${refused}`,
          });
      },
    };
  },
};
