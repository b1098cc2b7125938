import { WIRE_ERRORS } from '../../contracts/errors.ts';
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
  const wire = (WIRE_ERRORS as { [code: string]: { effect: string; retry: string; action: string } })[code];
  if (wire) console.log(`  effect ${wire.effect}, retry ${wire.retry}, action ${wire.action}`);
  return 0;
}
