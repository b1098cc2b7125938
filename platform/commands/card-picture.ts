import { formatYuan } from '../core/money.ts';
import { type CardHolder, contentOf, lastDigits } from './counter-cards.ts';
import { beside, box } from './terminal-box.ts';

const CARD_COLUMNS = 38;
const METER_COLUMNS = 26;

/** The card and the meter as a person sees them, for a terminal. `where` the card is stands in its title. */
export function pictureOf(holder: CardHolder, where = ''): string[] {
  const { customer, card, meter, shown } = holder;
  const { wallet, returned, parameters } = contentOf(card);
  const meterSaid =
    returned === 'empty'
      ? '空 empty'
      : returned === 'torn'
        ? '残缺 torn'
        : `第 ${returned.count} 次 ￥${formatYuan(returned.balanceFen)}`;
  const title = `电卡 card ${lastDigits(customer)} ${customer.name}${where && ` · ${where}`}`;
  return beside(
    box(
      title,
      [
        `购电 purchase   第 ${wallet.count} 次 ￥${formatYuan(wallet.amountFen)}`,
        `返写 returned   ${meterSaid}`,
        ...(parameters === 'torn' ? ['参数 parameters   残缺 torn'] : []),
      ],
      CARD_COLUMNS,
    ),
    box(
      '电表 meter',
      [
        `第 ${meter.count} 次   ￥${formatYuan(meter.balanceFen)}`,
        `显示 shows   ${shown || formatYuan(meter.balanceFen)}`,
      ],
      METER_COLUMNS,
    ),
  );
}
