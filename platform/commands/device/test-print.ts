import type { Line } from '../../../contracts/devices/printer.ts';
import { formatLocal } from '../../core/calendar.ts';
import { UsageError } from '../options.ts';
import { tryChosen } from './try-chosen.ts';
import { FAILED, obstacleOf, refusalOf, UNKNOWN } from './words.ts';

const PROOFS: { [proof: string]: string } = {
  processId: '打印机按作业号确认已打印 the printer answered this job’s id when it was on the paper',
  fenceAndStatus:
    '打印机应答在最后一行之后且状态正常 its answer came behind the last line, and its status is clean',
};

/** `yizhan device test-print`: one receipt that is no receipt, and what proves that it came out. */
export const testPrint = (args: string[]): Promise<number> =>
  tryChosen('device test-print', args, async (device, waitMs) => {
    if (device.className !== 'printer')
      throw new UsageError(
        `test-print is for a printer; this is a ${device.className}: probe shows what it says`,
      );
    if (!(await device.until((status) => status.device === 'online', waitMs))) {
      console.error(obstacleOf(device));
      return FAILED;
    }
    const { columns } = device.capabilities as { columns: number };
    const lines = testReceipt(columns, formatLocal(Date.now()));
    const completion = await device.ask('print', { lines, cut: true }, waitMs);
    if (completion?.outcome === 'success') {
      const { proof } = completion.result as { proof: string };
      console.log(`已打印 printed. 凭据 Proof: ${proof}: ${PROOFS[proof] ?? ''}`);
      return 0;
    }
    const isUnknown = !completion || completion.outcome === 'unknown';
    const why = completion ? refusalOf(completion) : `${waitMs / 1_000} s 内没有结果 no end within that time`;
    console.error(
      isUnknown
        ? `不能确定是否已打印,请看纸 perhaps printed, look at the paper: ${why}`
        : `没有打印 not printed: ${why}`,
    );
    return isUnknown ? UNKNOWN : FAILED;
  });

/** Shows what an installer wants to see: the width, both scripts, the sizes, and the cut. */
export function testReceipt(columns: number, now: string): Line[] {
  return [
    { text: '测试页 非收据', align: 'center', size: 'double' },
    { text: 'Test page, no receipt', align: 'center' },
    { text: '', rule: true },
    { text: now },
    { text: '驿站 便民服务站 ABCabc 0123456789' },
    { text: '￥1,234.56', align: 'right', bold: true },
    // A whole line: where it breaks, the model is wrong.
    { text: '1234567890'.repeat(10).slice(0, columns) },
    { text: '', rule: true },
    { text: '到此为止 end', align: 'center' },
  ];
}
