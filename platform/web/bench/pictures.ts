import { button, h } from '../dom.ts';
import { yuan } from '../money.ts';
import type { CounterView, Deed, ShownCard } from './hands.ts';

/** Makes a button that does something at the counter. */
export type Does = (text: string, deed: Deed, className?: string) => HTMLButtonElement;

const POSITIONS = {
  none: '无卡 empty',
  gate: '卡在入口 in the mouth',
  inside: '卡已吸入 drawn in',
  contacts: '卡在触点 on the contacts',
} as const;

/** The reader with the card in it, and when that card is going to be pulled. */
export function readerPart({ reader, cards }: CounterView, does: Does): HTMLElement[] {
  if (!reader)
    return [
      h('h2', {}, '读卡器 Card reader'),
      h('p', { className: 'hint' }, '没有 none (--devices printer)'),
    ];
  const card = cards.find(({ isInReader }) => isInReader);
  const at = h('input', { name: 'at', value: reader.pullAt ?? 'write:50', size: 14, autocomplete: 'off' });
  at.ariaLabel = '拔卡时机 pull at';
  const plan = button('计划拔卡 Plan the pull', () =>
    does('', { do: 'pullAt', at: at.value.trim() }).click(),
  );
  return [
    h('h2', {}, '读卡器 Card reader'),
    h(
      'div',
      { className: `reader ${reader.position}` },
      h(
        'div',
        { className: 'mouth' },
        card ? face(card) : h('p', { className: 'hint' }, '← 插卡 insert a card'),
      ),
      h('p', { className: 'state' }, POSITIONS[reader.position]),
    ),
    h(
      'div',
      { className: 'does' },
      ...(card ? [does('拔卡 Pull', { do: 'pull' }, 'primary')] : []),
      ...(card ? [plan, at] : []),
      ...(reader.pullAt ? [does('取消 Forget', { do: 'pullAt', at: 'never' })] : []),
    ),
    h(
      'p',
      { className: 'hint' },
      reader.pullAt ? `计划 planned: ${reader.pullAt}` : 'read · write:0 … write:102 · before-confirm',
    ),
  ];
}

/** What is printed on a card, and what its files carry. */
function face({ digits, name, wallet, returned, parameters }: ShownCard): HTMLElement {
  const back =
    returned === 'empty'
      ? '空 empty'
      : returned === 'torn'
        ? '残缺 torn'
        : `第 ${returned.count} 次 ¥${yuan(returned.balanceFen)}`;
  return h(
    'div',
    { className: 'plastic' },
    h('div', { className: 'chip', ariaHidden: 'true' }),
    h('strong', {}, `电卡 ${digits}`),
    h('span', { className: 'who' }, name),
    h('span', {}, `购电 ${wallet.count} 次 ¥${yuan(wallet.amountFen)}`),
    h('span', { className: returned === 'torn' ? 'torn' : '' }, `返写 ${back}`),
    parameters === 'torn' && h('span', { className: 'torn' }, '参数残缺 torn'),
  );
}

/** The customers with their cards and meters: first the plain ones, then those with whom something goes wrong. */
export function cardsPart({ cards, reader }: CounterView, does: Does): HTMLElement[] {
  const isTaken = cards.some(({ isInReader }) => isInReader);
  const row = (card: ShownCard) =>
    h(
      'div',
      { className: 'holder', id: `card-${card.digits}` },
      card.isInReader
        ? h('div', { className: 'gone' }, `${card.digits} ${card.name}`, h('br'), '在读卡器 in the reader')
        : face(card),
      h(
        'div',
        { className: 'does' },
        ...(reader && !card.isInReader
          ? [
              isTaken
                ? does('换卡 Swap', { do: 'swap', card: card.digits })
                : does('插卡 Insert', { do: 'insert', card: card.digits }),
            ]
          : []),
        ...(card.isInReader ? [] : [does('插表 To the meter', { do: 'meter', card: card.digits })]),
      ),
      h(
        'div',
        { className: 'meter' },
        h('span', { className: 'hint' }, `电表 meter ${card.meterNo.slice(-6)}`),
        h('strong', {}, card.meter.shown),
        h('span', {}, `第 ${card.meter.count} 次 ¥${yuan(card.meter.balanceFen)}`),
      ),
    );
  const magic = (card: ShownCard) => card.digits.startsWith('99');
  return [
    h('h2', {}, '用户的卡和电表 Cards and meters of the customers'),
    ...cards.filter((card) => !magic(card)).map(row),
    h('h2', {}, '特殊用户 Customers with whom something goes wrong'),
    ...cards.filter(magic).map(row),
  ];
}

/** Printer, and where the bench has them display, sign and alarm button. */
export function devicesPart({ printer, display, sign, alarm }: CounterView, does: Does): HTMLElement[] {
  return [
    h('h2', {}, '打印机 Printer'),
    h(
      'p',
      { className: 'state' },
      [
        printer.isOn ? '通电 on' : '断电 off',
        printer.hasPaper ? '有纸 paper' : '缺纸 no paper',
        printer.isCoverOpen ? '上盖打开 cover open' : '上盖合好 cover closed',
      ].join(' · '),
    ),
    h(
      'div',
      { className: 'does' },
      printer.hasPaper
        ? does('取出纸 Paper out', { do: 'paperOut' })
        : does('装纸 Paper in', { do: 'paperIn' }),
      printer.isCoverOpen
        ? does('合盖 Cover closed', { do: 'coverClose' })
        : does('开盖 Cover open', { do: 'coverOpen' }),
    ),
    h('pre', { className: 'sheet' }, printer.paper || '—'),
    ...(display
      ? [
          h('h2', {}, '客显 Customer display'),
          h('p', { className: 'led' }, `${LAMPS[display.lamp] ?? ''} ${display.text || '—'}`),
        ]
      : []),
    ...(sign ? [h('h2', {}, '显示屏 LED sign'), h('p', { className: 'led' }, sign.text || '—')] : []),
    ...(alarm
      ? [
          h('h2', {}, '报警按钮 Alarm button'),
          h(
            'div',
            { className: 'does' },
            does('按下报警 Press', { do: 'alarm' }, 'alarm'),
            h('span', {}, `${alarm.presses} 次 presses`),
          ),
        ]
      : []),
  ];
}

const LAMPS: { [lamp: string]: string } = { price: '单价', total: '总计', received: '收款', change: '找零' };
