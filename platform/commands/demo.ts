import { ulid } from 'ulid';
import { formatLocal } from '../core/calendar.ts';
import { formatYuan } from '../core/money.ts';
import { explain } from '../core/problems.ts';
import type { OrderView } from '../core/views.ts';
import { demoCard } from './demo-card.ts';
import { CLERK, OUTLET, TELLER } from './demo-data.ts';
import { onStage } from './demo-stage.ts';
import { connectHttp, type Person } from './http-client.ts';
import { readOptions, UsageError } from './options.ts';
import type { Station } from './station.ts';

/** How each story must end: the last digits that make the carrier behave so, the end, and what happens on the way. */
const STORIES = {
  success: { digits: '1234', ends: 'succeeded', zh: '充值成功', en: 'the carrier charges and says so' },
  declined: { digits: '9901', ends: 'failed', zh: '对方拒绝', en: 'the carrier declines: no such number' },
  'late-success': {
    digits: '9904',
    ends: 'succeeded',
    zh: '四十分钟后才成功',
    en: 'success after 40 minutes, told to an inquiry only',
  },
  'late-failure': {
    digits: '9905',
    ends: 'failed',
    zh: '四十分钟后才失败',
    en: 'a decline after 40 minutes',
  },
  'lost-reply': {
    digits: '9906',
    ends: 'succeeded',
    zh: '应答丢失,查询得知成功',
    en: 'charged, but the reply is lost: an inquiry finds out',
  },
  'carrier-down': {
    digits: '9909',
    ends: 'failed',
    zh: '对方系统故障,未发出',
    en: 'the carrier’s system is down: nothing was sent',
  },
} as const;

type StoryName = keyof typeof STORIES;

const OPTIONS = {
  outcome: { type: 'string', default: 'success', what: Object.keys(STORIES).join(' | ') },
  json: { type: 'boolean', what: 'the story as JSON' },
} as const;

const CREDIT_FEN = 100_000;
const AMOUNT_FEN = 5_000;

/** `yizhan demo [card]`: one payment on the whole real stack, at a driven clock. 0 where the story ended as it must. */
export async function demo(args: string[]): Promise<number> {
  if (args[0] === 'card') return await demoCard(args.slice(1));
  const read = readOptions('demo (for the story of a meter card: demo card --help)', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const name = (read.values.outcome ?? OPTIONS.outcome.default) as StoryName;
  if (!(name in STORIES))
    throw new UsageError(`--outcome ${name}: must be one of ${Object.keys(STORIES).join(', ')}`);
  const say = read.values.json ? () => {} : (line: string) => console.log(line);

  return await onStage('printer', async ({ station, folder, wait }) => {
    const story = await play(name, station, say, wait);
    if (read.values.json) console.log(JSON.stringify({ ...story, folder }, null, 2));
    else tell(story, say);
    say(
      `\n${story.asItMust ? '✔' : '✘'} ${name}: ${story.order.state}${story.asItMust ? '' : ', which is not how this story ends'}   ${folder}`,
    );
    return story.asItMust ? 0 : 1;
  });
}

interface Story {
  outcome: StoryName;
  asItMust: boolean;
  order: OrderView;
  credit: { beforeFen: number; afterFen: number; heldFen: number };
  alerts: readonly { at: number; code: string; about: string }[];
  receipt?: { text: string; picture: string };
}

async function play(
  name: StoryName,
  station: Station,
  say: (line: string) => void,
  wait: (isSo: () => Promise<boolean>) => Promise<void>,
): Promise<Story> {
  const { digits, ends, zh, en } = STORIES[name];
  const { platform, tray, url } = station;
  say(`驿站 Yizhan demo: ${zh} (${en})\n`);
  const clerk = connectHttp(url, CLERK satisfies Person);
  await clerk.post('/api/credit/purchases', { id: ulid(), outlet: OUTLET.code, amountFen: CREDIT_FEN });
  say(
    `1. 支局柜员为 ${OUTLET.name} 充值信誉度 ￥${formatYuan(CREDIT_FEN)}   the clerk sells the outlet credit`,
  );
  const teller = connectHttp(url, TELLER satisfies Person);
  const before = await teller.get<{ availableFen: number }>('/api/credit');
  const phone = `1380800${digits}`;
  const id = ulid();
  await teller.post('/api/payments', {
    id,
    service: 'mobile-topup',
    fields: { phone },
    amountFen: AMOUNT_FEN,
  });
  say(`2. 网点柜员为 ${phone} 充值 ￥${formatYuan(AMOUNT_FEN)}   the teller tops a phone up`);

  await wait(() => platform.read((state) => !state.live.has(id)));
  const order = await teller.get<OrderView>(`/api/orders/${id}`);
  const credit = await teller.get<{ availableFen: number; heldFen: number }>('/api/credit');
  const sheet = order.journalNo ? tray.find(order.journalNo, 0) : undefined;
  const printed =
    order.receipt?.prints.at(-1)?.state === 'printed' && sheet?.text.includes(order.receipt.number) === true;
  const paid = order.state === 'succeeded' ? AMOUNT_FEN : 0;
  // The carrier's own books are asked, not the platform: money and truth must agree.
  const asItMust =
    order.state === ends &&
    credit.heldFen === 0 &&
    credit.availableFen === before.availableFen - paid &&
    station.carrier?.books.subscriber(phone).balanceFen === paid &&
    printed === (ends === 'succeeded');
  return {
    outcome: name,
    asItMust,
    order,
    credit: { beforeFen: before.availableFen, afterFen: credit.availableFen, heldFen: credit.heldFen },
    alerts: platform.alerts(),
    ...(sheet && order.journalNo
      ? { receipt: { text: sheet.text, picture: tray.pathOf(order.journalNo, 0) } }
      : {}),
  };
}

function tell({ order, credit, alerts, receipt }: Story, say: (line: string) => void): void {
  say('\n状态 States');
  for (const { at, what, why } of order.history) say(`  ${formatLocal(at)}  ${what.padEnd(14)}${why ?? ''}`);
  if (order.problem)
    say(`  原因 ${order.problem}: ${explain(order.problem)?.zh ?? ''}  ${explain(order.problem)?.en ?? ''}`);
  say('\n分录 Ledger');
  for (const t of order.transfers)
    say(`  ${t.kind.padEnd(8)} ${t.debit} → ${t.credit}  ￥${formatYuan(t.amountFen)}  ${t.postingDate}`);
  say(`  信誉度 credit ￥${formatYuan(credit.beforeFen)} → ￥${formatYuan(credit.afterFen)}`);
  for (const alert of alerts)
    say(
      `\n告警 Alert ${formatLocal(alert.at)} ${alert.code}: ${explain(alert.code)?.zh ?? ''} (${alert.about})`,
    );
  if (!receipt) return;
  say(`\n收据 Receipt (${receipt.picture})\n`);
  for (const line of receipt.text.split('\n')) say(`    ${line}`);
}
