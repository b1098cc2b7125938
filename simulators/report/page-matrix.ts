import { escapeMarkup as e } from './escape.ts';
import type { MatrixCell, ReportInput } from './input.ts';
import { matrixOf } from './matrix.ts';
import { stateWords } from './states.ts';

/** The darkest colour stands for at least so many hits. */
const SCALE = 31;

/** Faults against the states they hit, the more hits the darker; the number stands in every cell. */
export function matrixPanel(input: ReportInput): string {
  const matrix = matrixOf(input);
  if (matrix.faults.length === 0) return '<p class="hint">没有故障。 No faults.</p>';
  const head = matrix.states.map((state) => {
    const { zh, en } = stateWords(state);
    return `<th scope="col" class="column">${e(zh)}<small>${e(en)}</small></th>`;
  });
  const rows = matrix.faults.map((fault) => {
    const cells = matrix.states.map((state) =>
      cellOf(matrix.cell(fault, state), matrix.most, input.campaign !== undefined),
    );
    return `<tr><th scope="row" class="row-name">${e(fault)}</th>${cells.join('')}</tr>`;
  });
  const of =
    matrix.of === 'campaign'
      ? `整个测试 Whole campaign: ${e(input.campaign?.name ?? '')}`
      : '仅本次运行 This run only';
  const key = input.campaign
    ? ' · <b class="void">0</b> 应命中而未命中 should have been hit · <span class="never">–</span> 不可能 not possible'
    : '';
  return `<p class="hint">${of} · 每格:故障命中处于该状态的订单的次数。 Each cell: how often the fault hit an order in that state.${key}</p>
<table class="matrix"><thead><tr><th></th>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function cellOf(cell: MatrixCell | undefined, most: number, campaign: boolean): string {
  if (cell?.infeasible !== undefined && cell.hits === 0)
    return `<td class="cell heat0 never" title="${e(cell.infeasible)}">–</td>`;
  const hits = cell?.hits ?? 0;
  if (hits === 0) return campaign ? '<td class="cell void">0</td>' : '<td class="cell heat0"></td>';
  if (cell?.infeasible !== undefined)
    return `<td class="cell void" title="${e(cell.infeasible)}">✗ ${hits}</td>`;
  // Powers of ten would look alike on a straight scale.
  const heat = Math.round((Math.log2(hits + 1) / Math.log2(Math.max(most, SCALE) + 1)) * 5);
  const first = cell?.first === undefined ? '' : `首次 first: ${cell.first}`;
  return `<td class="cell heat${Math.max(1, heat)}" title="${e(first)}">${hits}</td>`;
}
