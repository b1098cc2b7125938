import { formatYuan } from '../core/money.ts';
import type { CounterDeed, CounterView, ShownCard } from '../http/bench-counter.ts';
import { pictureOf } from './card-picture.ts';
import { tell } from './control/tell.ts';
import { leading } from './leading.ts';
import { readOptions, UsageError } from './options.ts';
import { box } from './terminal-box.ts';

const DATA = {
  data: { type: 'string', default: '.yizhan', what: 'the folder of the running bench' },
} as const;

const CARD = {
  'pull-at': {
    type: 'string',
    what: 'read | write:K (after so many bytes) | before-confirm | never',
  },
  ...DATA,
} as const;

const HELP = `yizhan counter ACTION [--data DIR]

  show                    what is to be seen at the counter
  insert 0001             the customer's card goes into the reader: by the last digits of the customer's number
  pull                    the card is pulled out, whatever the reader is doing
  swap 0002               the card in the reader is exchanged for another, faster than the reader can look
  meter 0001              the customer goes home and puts the card into the meter
  card --pull-at WHEN     plans when the card in the reader is pulled: read, write:K (after so many bytes), before-confirm, never
  paper out | in          the printer's roll
  cover open | close      the printer's cover
  alarm press             the alarm button (npm start -- --devices all)`;

/** What an action with its word means. `card`: the word is the card's digits. */
const ACTIONS: { [action: string]: CounterDeed['do'] } = {
  show: 'show',
  insert: 'insert',
  pull: 'pull',
  swap: 'swap',
  meter: 'meter',
  'paper out': 'paperOut',
  'paper in': 'paperIn',
  'cover open': 'coverOpen',
  'cover close': 'coverClose',
  'alarm press': 'alarm',
};
const WITH_CARD: readonly string[] = ['insert', 'swap', 'meter'];

/** `yizhan counter`: what a person's hands do at the counter of a running bench, from another terminal. */
export async function counterHands(args: string[]): Promise<number> {
  const [action, rest] = leading(args);
  if (action === undefined || action === 'help') {
    console.log(HELP);
    return action === undefined && args.length === 0 ? 2 : 0;
  }
  if (action === 'card') return await planPull(rest);
  const [word, options] = leading(rest);
  const read = readOptions(`counter ${action}`, options, DATA);
  if (!read.values) {
    console.log(HELP);
    return 0;
  }
  const deed = deedOf(action, word);
  const view = await tell<CounterView>(read.values.data ?? DATA.data.default, 'counter', deed);
  console.log(told(view, deed).join('\n'));
  return 0;
}

function deedOf(action: string, word: string | undefined): CounterDeed {
  if (WITH_CARD.includes(action)) {
    if (word === undefined || !/^\d{1,12}$/.test(word))
      throw new UsageError(
        `counter ${action} ${word ?? ''}: whose card? Give the last digits of the customer’s number, such as 0001`,
      );
    return { do: action as 'insert', card: word };
  }
  const known = ACTIONS[word === undefined ? action : `${action} ${word}`];
  if (known) return { do: known };
  throw new UsageError(`counter can not «${[action, word].filter(Boolean).join(' ')}»\n\n${HELP}`);
}

async function planPull(args: string[]): Promise<number> {
  const read = readOptions('counter card', args, CARD);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const at = read.values['pull-at'];
  if (at === undefined)
    throw new UsageError('counter card: give --pull-at read | write:K | before-confirm | never');
  const view = await tell<CounterView>(read.values.data ?? DATA.data.default, 'counter', {
    do: 'pullAt',
    at,
  });
  console.log(told(view, { do: 'pullAt' }).join('\n'));
  return 0;
}

/** The counter as a person sees it; of the cards only those that are at stake, unless all were asked for. */
function told(view: CounterView, { do: what, card }: CounterDeed): string[] {
  const { cards, reader, printer, display, sign, alarm } = view;
  const atStake = cards.filter(
    ({ isInReader, customerNo }) => isInReader || (card && customerNo.endsWith(card)),
  );
  const list = what === 'show' ? cards.filter((each) => !each.isInReader).map(lineOf) : [];
  return [
    ...atStake.flatMap((each) => pictureOf(each)),
    ...(list.length > 0 ? box('卡与电表 cards and meters', list) : []),
    ...box('柜台 counter', [
      ...(reader
        ? [
            `读卡器 reader    ${READER[reader.position]}${reader.pullAt ? `   拔卡 pull at ${reader.pullAt}` : ''}`,
          ]
        : []),
      `打印机 printer   ${printerWords(printer)}`,
      ...(display ? [`客显 display     ${display.text || '-'}   ${display.lamp}`] : []),
      ...(sign ? [`屏 sign          ${sign.text || '-'}`] : []),
      ...(alarm ? [`报警 alarm       ${alarm.presses} 次 presses`] : []),
    ]),
  ];
}

const READER = {
  none: '无卡 no card',
  gate: '卡在入口 the card is in the mouth',
  inside: '卡已吸入 the card is inside',
  contacts: '卡在触点 the card is on the contacts',
} as const;

const printerWords = ({ isOn, hasPaper, isCoverOpen }: CounterView['printer']): string =>
  [
    isOn ? '通电 on' : '断电 off',
    hasPaper ? '有纸 paper' : '缺纸 no paper',
    isCoverOpen ? '上盖打开 cover open' : '上盖合好 cover closed',
  ].join('   ');

const lineOf = ({ digits, name, wallet, meter }: ShownCard): string =>
  `${digits}  卡 card 第 ${wallet.count} 次 ￥${formatYuan(wallet.amountFen)}   表 meter 第 ${meter.count} 次 ￥${formatYuan(meter.balanceFen)}   ${name}`;
