import { ulid } from 'ulid';
import { formatLocal } from '../core/calendar.ts';
import type { CardStage } from '../core/card-work.ts';
import { balanceOf, payableAccount } from '../core/ledger.ts';
import { formatYuan } from '../core/money.ts';
import { meterCard } from '../core/services/meter-card.ts';
import { findOrder } from '../core/state.ts';
import type { OrderView } from '../core/views.ts';
import type { ShownCard } from '../http/bench-counter.ts';
import { pictureOf } from './card-picture.ts';
import { type PullAt, readPullAt } from './control/pull-at.ts';
import { CLERK, OUTLET, TELLER } from './demo-data.ts';
import { onStage, type Stage } from './demo-stage.ts';
import { connectHttp, type Person } from './http-client.ts';
import { readOptions, UsageError } from './options.ts';

const OPTIONS = {
  'pull-at': {
    type: 'string',
    default: 'never',
    what: 'when the card is pulled: never | read | write:K (after so many bytes) | before-confirm',
  },
  json: { type: 'boolean', what: 'the story as JSON' },
} as const;

const CREDIT_FEN = 100_000;
const AMOUNT_FEN = 20_000;
/** Whose card it is: a plain customer's. */
const CUSTOMER = '0001';
const LAYOUT = '2009';

/** `yizhan demo card`: electricity onto a meter card, by the real driver on an emulated reader. 0 where money and meter agree. */
export async function demoCard(args: string[]): Promise<number> {
  const read = readOptions('demo card', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const { json, 'pull-at': pullText = OPTIONS['pull-at'].default } = read.values;
  const at = readWhen(pullText);
  const say = json ? () => {} : (line: string) => console.log(line);
  return await onStage('card', async (stage) => {
    const story = await play(stage, at, say);
    if (json) console.log(JSON.stringify({ pullAt: pullText, ...story, folder: stage.folder }, null, 2));
    else tell(story, say);
    return story.asItMust ? 0 : 1;
  });
}

function readWhen(text: string): PullAt {
  try {
    return readPullAt(text, LAYOUT);
  } catch (error) {
    throw new UsageError(`--pull-at ${(error as Error).message}`);
  }
}

/** What must be so at the end, each with what was found. Amounts in fen. */
interface Story {
  asItMust: boolean;
  order: OrderView;
  /** The order when the card was pulled; missing where it never was. */
  stopped?: OrderView;
  checks: { zh: string; en: string; isSo: boolean }[];
  before: ShownCard;
  after: ShownCard;
}

async function play({ station, wait }: Stage, at: PullAt, say: (line: string) => void): Promise<Story> {
  const { platform, url, hands, counter } = station;
  const { utility } = counter;
  if (!utility) throw new Error('the stage has no simulated utility');
  const look = () => hands.show().cards.find(({ digits }) => digits === CUSTOMER) as ShownCard;
  const picture = () => {
    for (const line of ['', ...pictureOf(look()), '']) say(`   ${line}`.trimEnd());
  };
  const before = look();
  say('驿站 Yizhan demo: 电卡购电 electricity on a meter card\n');

  const clerk = connectHttp(url, CLERK satisfies Person);
  await clerk.post('/api/credit/purchases', { id: ulid(), outlet: OUTLET.code, amountFen: CREDIT_FEN });
  say(
    `1. 支局柜员为 ${OUTLET.name} 充值信誉度 ￥${formatYuan(CREDIT_FEN)}   the clerk sells the outlet credit`,
  );
  const teller = connectHttp(url, TELLER satisfies Person);

  hands.do({ do: 'insert', card: CUSTOMER });
  picture();
  say('2. 用户把电卡插入读卡器,柜员读卡   the customer’s card is inserted and read');
  const { card } = await teller.post<{ card: SeenCard }>('/api/card-readings', {});
  const { customerNo, meterNo, serial, wallet, returned } = card;
  const found = await teller.post<{ name: string; address: string }>('/api/meter-customers', {
    customerNo,
    meterNo,
    cardSerial: serial,
  });
  say(`   ${found.name} ${customerNo} ${found.address}   电表 meter ${meterNo}`);

  hands.pullAt(at);
  const id = ulid();
  await teller.post('/api/card-purchases', {
    id,
    card: { serial, meterNo, customerNo, wallet, ...(returned ? { returned } : {}) },
    amountFen: AMOUNT_FEN,
  });
  say(
    `3. 柜员购电 ￥${formatYuan(AMOUNT_FEN)}   the teller sells; the cash is taken when the card is written`,
  );
  const order = () => teller.get<OrderView>(`/api/orders/${id}`);
  const reaches = (...stages: CardStage[]) =>
    wait(() =>
      platform.read((state) => stages.includes(findOrder(state, id)?.card?.stage ?? ('none' as CardStage))),
    );

  await reaches('waiting', 'closing', 'closed');
  let stopped: OrderView | undefined;
  if (!look().isInReader) {
    stopped = await order();
    say(`\n✋ 卡被拔出 the card was pulled   ${stopped.state}`);
    say(`   ${stopped.card?.zh}\n   ${stopped.card?.en}`);
    picture();
    if (stopped.card?.may.includes('work')) {
      hands.do({ do: 'insert', card: CUSTOMER });
      say('4. 把原卡放回读卡器,继续   the same card goes back in, and on');
      await teller.post(`/api/orders/${id}/card-work`, {});
    }
  }
  await wait(() => platform.read((state) => !state.live.has(id)));
  const ended = await order();
  say(`\n5. ${ended.card?.zh}   ${ended.card?.en}`);
  if (look().isInReader) hands.do({ do: 'pull' });
  picture();
  hands.do({ do: 'meter', card: CUSTOMER });
  const after = look();
  say(`6. 用户回家插表,电表显示 ${after.meter.shown}   at home the meter takes the card`);
  picture();

  const credit = await teller.get<{ availableFen: number; heldFen: number }>('/api/credit');
  const owedFen = await platform.read(({ ledger }) => {
    const { credit: owed, debit } = balanceOf(ledger, payableAccount(meterCard.counterpart));
    return owed - debit;
  });
  const { books } = utility;
  const check = (isSo: boolean, zh: string, en: string) => ({ zh, en, isSo });
  const checks = [
    check(ended.state === 'succeeded', `订单 ${ended.state}`, 'the order has succeeded'),
    check(
      credit.heldFen === 0 && credit.availableFen === CREDIT_FEN - AMOUNT_FEN,
      `信誉度 ￥${formatYuan(credit.availableFen)} 占用 ￥${formatYuan(credit.heldFen)}`,
      'the outlet’s credit is less by the amount, and nothing is held',
    ),
    check(
      owedFen === AMOUNT_FEN,
      `应付电力公司 ￥${formatYuan(owedFen)}`,
      'the ledger owes it to the utility',
    ),
    check(
      books.purchase(`${id}.1`)?.standing === 'confirmed' && books.balanceFor(meterNo) === AMOUNT_FEN,
      `电力公司账 ￥${formatYuan(books.balanceFor(meterNo))}`,
      'the utility’s books have it confirmed, once',
    ),
    check(
      after.wallet.count === before.wallet.count + 1 && after.wallet.amountFen === AMOUNT_FEN,
      `卡内 第 ${after.wallet.count} 次 ￥${formatYuan(after.wallet.amountFen)}`,
      'the card carries the next purchase',
    ),
    check(
      after.meter.balanceFen === before.meter.balanceFen + AMOUNT_FEN &&
        after.meter.count === after.wallet.count,
      `电表 第 ${after.meter.count} 次 ￥${formatYuan(after.meter.balanceFen)}`,
      'the meter has credited it, once',
    ),
  ];
  const asItMust = checks.every(({ isSo }) => isSo);
  return { asItMust, order: ended, ...(stopped ? { stopped } : {}), checks, before, after };
}

interface SeenCard {
  serial: string;
  meterNo: string;
  customerNo: string;
  wallet: { count: number; amountFen: number };
  returned?: { count: number; balanceFen: number; data: string };
}

function tell({ order, checks, asItMust }: Story, say: (line: string) => void): void {
  say('\n状态 States');
  for (const { at, what, why } of order.history) say(`  ${formatLocal(at)}  ${what.padEnd(16)}${why ?? ''}`);
  say('\n核对 Checks');
  for (const { zh, en, isSo } of checks) say(`  ${isSo ? '✔' : '✘'} ${zh}   ${en}`);
  say(
    asItMust
      ? '\n✔ 钱与电表一致   money and meter agree'
      : '\n✘ 钱与电表不一致   money and meter do not agree',
  );
}
