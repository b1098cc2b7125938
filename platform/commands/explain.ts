import { type Action, type ErrorMeaning, WIRE_ERRORS } from '../../contracts/errors.ts';
import { ALERTS, explain, PROBLEMS } from '../core/problems.ts';

/** `yizhan explain CODE`: what it means and what to do, Chinese first; without a code, all of them. */
export function explainCommand([code]: string[]): number {
  if (code === undefined || code === '--help') {
    console.log('yizhan explain CODE\n');
    for (const known of [...Object.keys(PROBLEMS), ...Object.keys(WIRE_ERRORS), ...Object.keys(ALERTS)])
      console.log(`  ${known}`);
    return 0;
  }
  const found = explain(code);
  if (!found) {
    console.error(`there is no code «${code}»; «yizhan explain» lists them all`);
    return 2;
  }
  console.log(`${code}\n  ${found.zh}\n  ${found.en}`);
  if (found.remedyZh) console.log(`  处理: ${found.remedyZh}\n  Remedy: ${found.remedyEn}`);
  const wire = (WIRE_ERRORS as { [code: string]: ErrorMeaning })[code];
  if (wire) {
    const [zh, en] = ACTIONS[wire.action];
    console.log(
      `  处理: ${zh}\n  Remedy: ${en}\n  effect ${wire.effect}, retry ${wire.retry}, action ${wire.action}`,
    );
  }
  return 0;
}

/** What a person does about an error of the wire, by its action. */
const ACTIONS: { [action in Action]: readonly [string, string] } = {
  none: ['无需处理', 'nothing; it is as it should be'],
  correct: ['请核对号码和金额后重新办理', 'check the number and the amount, then do it anew'],
  wait: ['请稍候再试', 'wait a moment, then try again'],
  inquire: [
    '请查询结果,查明之前请勿重复办理',
    'ask what became of it; do not do it again before that is known',
  ],
  clear: [
    '请按提示排除(装纸、关盖、清除卡纸),然后补打',
    'clear it at the device (paper, cover, jam), then print again',
  ],
  maintenance: ['请报修', 'call maintenance'],
  configuration: ['请管理人员核对配置', 'let an administrator check the configuration'],
  software: ['请将此代码告知技术人员', 'tell the people who care for the software, with this code'],
  administrator: ['已通知管理人员,请稍后再试', 'the administrators were alerted; try again later'],
};
