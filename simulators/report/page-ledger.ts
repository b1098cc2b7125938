import { escapeMarkup as e } from './escape.ts';
import { yuan } from './format.ts';
import type { LedgerLine, ReportInput } from './input.ts';
import { ledgerOf, sumOf } from './ledger.ts';

/** Expected against actual, only the rows that differ, with their sum; all rows on demand. */
export function ledgerPanel(input: ReportInput): string {
  const ledger = ledgerOf(input);
  const given = input.ledger !== undefined;
  const expected = given ? '应有 Expected' : '移动已扣 Charged by the carrier';
  const actual = given ? '实有 Actual' : '平台入账 Taken by the platform';
  const differing = [...ledger.orders, ...ledger.accounts].filter(differs).length;
  return `<label class="all"><input type="checkbox" id="all-rows"> 显示全部行 Show all rows</label>
<p class="hint">${differing === 0 ? '没有差异。 Nothing differs.' : `${differing} 处不同。 Rows that differ: ${differing}.`}</p>
${tableOf('按订单 By order', ledger.orders, expected, actual)}
${ledger.accounts.length > 0 ? tableOf('按账户 By account', ledger.accounts, expected, actual) : ''}`;
}

const differs = ({ expectedFen, actualFen }: LedgerLine) => expectedFen !== actualFen;

/** How many rows differ, for the tab. */
export function differingRows(input: ReportInput): number {
  const { orders, accounts } = ledgerOf(input);
  return [...orders, ...accounts].filter(differs).length;
}

function tableOf(title: string, lines: readonly LedgerLine[], expected: string, actual: string): string {
  if (lines.length === 0) return `<h3>${title}</h3><p class="hint">本次运行没有。 None in this run.</p>`;
  const sum = sumOf(lines);
  const rows = lines.map((line) => `<tr class="${differs(line) ? 'differs' : 'same'}">${cells(line)}</tr>`);
  return `<h3>${title}</h3>
<table class="ledger"><thead><tr><th></th><th class="fen">${expected}</th><th class="fen">${actual}</th><th class="fen">差额 Difference</th><th>说明 Note</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
<tfoot><tr>${cells({ name: `合计 Sum (${lines.length})`, ...sum })}</tr></tfoot></table>`;
}

function cells({ name, expectedFen, actualFen, note }: LedgerLine): string {
  const difference = actualFen - expectedFen;
  const sign = difference > 0 ? '+' : '';
  return `<th scope="row">${e(name)}</th><td class="fen">${yuan(expectedFen)}</td><td class="fen">${yuan(actualFen)}</td><td class="fen difference">${difference === 0 ? '=' : `≠ ${sign}${yuan(difference)}`}</td><td>${e(note ?? '')}</td>`;
}
