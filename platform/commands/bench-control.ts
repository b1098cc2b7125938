import { formatLocal } from '../core/calendar.ts';
import { readDuration } from './control/duration.ts';
import { FAULTS } from './control/faults.ts';
import { tell } from './control/tell.ts';
import { leading } from './leading.ts';
import { readOptions, UsageError } from './options.ts';

const DATA = {
  data: { type: 'string', default: '.yizhan', what: 'the folder of the running bench' },
} as const;

const INJECT = {
  list: { type: 'boolean', what: 'what can be made to go wrong' },
  account: { type: 'string', what: 'only top-ups of this number' },
  times: { type: 'string', what: 'so many of the next top-ups (1)' },
  ...DATA,
} as const;

const HELP = `yizhan bench-control ACTION [--data DIR]

  cut-day        cuts the business day now
  jump 2h30m     lets so much time pass: what is due in between happens at its own time (90s, 45m, 1d)
  inject FAULT   makes something go wrong; inject --list lists what can`;

/** `yizhan bench-control`: what a person does to a running bench from another terminal. */
export async function benchControl([action, ...args]: string[]): Promise<number> {
  switch (action) {
    case 'cut-day':
      return await cutDay(args);
    case 'jump':
      return await jump(args);
    case 'inject':
      return await inject(args);
    case undefined:
    case '--help':
      console.log(HELP);
      return action === undefined ? 2 : 0;
    default:
      throw new UsageError(`bench-control can not «${action}»\n\n${HELP}`);
  }
}

async function cutDay(args: string[]): Promise<number> {
  const read = readOptions('bench-control cut-day', args, DATA);
  if (!read.values) return explained(read.help);
  const { businessDate } = await tell(read.values.data ?? DATA.data.default, 'cut-day', {});
  console.log(`日切完成,营业日 ${businessDate}   the day was cut: the business day is ${businessDate}`);
  return 0;
}

async function jump(args: string[]): Promise<number> {
  const [length, options] = leading(args);
  const read = readOptions('bench-control jump 2h30m', options, DATA);
  if (!read.values) return explained(read.help);
  const ms = readDuration(length ?? '');
  const { now, businessDate } = await tell(read.values.data ?? DATA.data.default, 'jump', { ms });
  const time = formatLocal(now);
  console.log(`现在是 ${time},营业日 ${businessDate}   it is ${time}, business day ${businessDate}`);
  return 0;
}

async function inject(args: string[]): Promise<number> {
  const [name, options] = leading(args);
  const read = readOptions('bench-control inject FAULT', options, INJECT);
  if (!read.values) return explained(read.help);
  const { list, account, times, data } = read.values;
  if (list) return explained(listed());
  const fault = FAULTS.find((known) => known.name === name);
  if (!fault) throw new UsageError(`there is no fault «${name ?? ''}»; there are:\n${listed()}`);
  await tell(data ?? DATA.data.default, 'inject', {
    fault: fault.name,
    ...(account === undefined ? {} : { account: readAccount(account) }),
    ...(times === undefined ? {} : { times: readTimes(times) }),
  });
  const which = `${times === undefined ? '' : ` ×${times}`}${account === undefined ? '' : ` ${account}`}`;
  console.log(`${fault.name}${which}   ${fault.zh}   ${fault.en}`);
  return 0;
}

function explained(text: string | undefined): number {
  console.log(text);
  return 0;
}

const listed = () => FAULTS.map(({ name, zh, en }) => `  ${name.padEnd(20)} ${zh}   ${en}`).join('\n');

function readAccount(text: string): string {
  if (/^1\d{10}$/.test(text)) return text;
  throw new UsageError(`--account ${text}: must be a phone number of 11 digits, such as 13808001234`);
}

function readTimes(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError(`--times ${text}: must be a whole number from 1 to 9999`);
}
