import type { MeterCard } from '../../../contracts/devices/card-reader.ts';
import { UsageError } from '../options.ts';
import { tryChosen } from './try-chosen.ts';
import { FAILED, masked, obstacleOf, refusalOf } from './words.ts';

type OtherCard = { card: 'memory' | 'unknown'; answerToReset: string; memory?: string };

/** What a reader may take for one operation, in ms: a motor moves the card, a chip answers. */
const OPERATION_MS = 30_000;

/** `yizhan device read-card`: waits for a card, reads it, shows it masked, and gives it back. */
export const readCard = (args: string[]): Promise<number> =>
  tryChosen('device read-card', args, async (device, waitMs) => {
    if (device.className !== 'card-reader')
      throw new UsageError(
        `read-card is for a card reader; this is a ${device.className}: probe shows what it says`,
      );
    if (!(await device.until((status) => status.device === 'online', waitMs))) {
      console.error(obstacleOf(device));
      return FAILED;
    }
    if (device.status().media !== 'present') console.log('请插入卡片 insert a card …');
    if (!(await device.until((status) => status.media === 'present', waitMs))) {
      console.error(`${waitMs / 1_000} s 内没有插卡 no card within that time`);
      return FAILED;
    }
    const completion = await device.ask('read', {}, OPERATION_MS);
    const given = await device.ask('release', {}, OPERATION_MS);
    if (given?.outcome !== 'success')
      console.error(
        `退卡未确认 the card was perhaps not given back: ${given ? refusalOf(given) : 'no answer'}`,
      );
    if (completion?.outcome !== 'success') {
      console.error(`没有读到 not read: ${completion ? refusalOf(completion) : 'no answer'}`);
      return FAILED;
    }
    console.log(summaryOf(completion.result as MeterCard | OtherCard).join('\n'));
    return 0;
  });

/** ACC-04: what is on the card, its numbers masked but for their last four. */
export function summaryOf(card: MeterCard | OtherCard): string[] {
  if (card.card !== 'meter')
    return [
      `卡型 Card: ${card.card === 'memory' ? '存储卡 memory card' : '未知 unknown'}`,
      `复位应答 Answer to reset: ${card.answerToReset}`,
      ...(card.memory === undefined ? [] : [`容量 Bytes: ${card.memory.length / 2}`]),
    ];
  const { layout, serial, meterNo, customerNo, kind, wallet, returned, damaged } = card;
  return [
    `卡型 Card: 购电卡 meter card, ${layout}, ${kind}`,
    `卡号 Serial: ${masked(serial)}`,
    `表号 Meter: ${masked(meterNo)}`,
    `户号 Customer: ${masked(customerNo)}`,
    `购电 Purchases: ${wallet.count}, 金额 amount ¥${yuan(wallet.amountFen)}`,
    returned
      ? `电表返回 From the meter: 次数 count ${returned.count}, 余额 balance ¥${yuan(returned.balanceFen)}`
      : '电表返回 From the meter: 无 nothing',
    ...(damaged ? [`损坏的文件 Damaged files: ${damaged.join(', ')}`] : []),
  ];
}

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
