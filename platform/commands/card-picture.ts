import { formatYuan } from '../core/money.ts';
import type { ShownCard } from '../http/bench-counter.ts';
import { beside, box } from './terminal-box.ts';

const CARD_COLUMNS = 46;
const METER_COLUMNS = 26;

/** The card and the meter as a person sees them, for a terminal. */
export function pictureOf({
  digits,
  name,
  isInReader,
  wallet,
  returned,
  parameters,
  meter,
}: ShownCard): string[] {
  const where = isInReader ? '在读卡器 in the reader' : '在用户手中 in hand';
  return beside(
    box(
      `电卡 card ${digits} ${name} · ${where}`,
      [
        `购电 purchase   第 ${wallet.count} 次 ￥${formatYuan(wallet.amountFen)}`,
        `返写 returned   ${returnedWords(returned)}`,
        ...(parameters === 'torn' ? ['参数 parameters 残缺 torn'] : []),
      ],
      CARD_COLUMNS,
    ),
    box(
      '电表 meter',
      [`第 ${meter.count} 次   ￥${formatYuan(meter.balanceFen)}`, `显示 shows   ${meter.shown}`],
      METER_COLUMNS,
    ),
  );
}

function returnedWords(returned: ShownCard['returned']): string {
  if (returned === 'empty') return '空 empty';
  if (returned === 'torn') return '残缺 torn';
  return `第 ${returned.count} 次 余 ￥${formatYuan(returned.balanceFen)}`;
}
