import { escapeMarkup as e } from './escape.ts';
import { faultWords } from './fault-words.ts';
import type { ReportInput } from './input.ts';
import { stateWords } from './states.ts';
import { amountWords, timeOf } from './story.ts';

/** What the run was made of: its orders, its faults and what each really hit. */
export function scenarioPanel({ scenario, full, result }: ReportInput): string {
  const first = result.trace?.[0]?.at ?? 0;
  const { world } = scenario;
  const without = world.without?.length ? ` · 无 without: ${world.without.join(', ')}` : '';
  const size = (of: typeof full) =>
    `${of.orders.length} 单 orders, ${of.operations.length} 操作 operations, ${of.faults.length} 故障 faults`;
  const orders = scenario.orders.map((plan) => {
    const end = result.ends[plan.name];
    const { zh, en, tone } = stateWords(end?.state ?? 'none');
    const conduct =
      plan.do === 'topup' && plan.conduct !== undefined
        ? ` <code>${e(typeof plan.conduct === 'string' ? plan.conduct : JSON.stringify(plan.conduct))}</code>`
        : '';
    return `<tr><th scope="row">${e(plan.name)}</th><td>${e(plan.at)}</td><td>${e(plan.do)} @ ${plan.station}</td><td>${e(amountWords(plan).zh)}${conduct}</td><td><span class="state ${tone}">${e(zh)} ${e(en)}</span></td></tr>`;
  });
  const faults = scenario.faults.map((fault, index) => {
    const { zh, en } = faultWords(fault);
    const receipt = result.receipts.find((each) => each.index === index);
    const hit = receipt
      ? `命中 hit ${timeOf(receipt.at, first)} · ${receipt.states.map((state) => stateWords(state).zh).join(', ')}`
      : '<b class="void">没有命中 hit nothing</b>';
    return `<tr><th scope="row">${index}</th><td class="name"><b>${e(fault.fault)}</b></td><td>${e(zh)}<small>${e(en)}</small></td><td class="name">${hit}</td></tr>`;
  });
  return `<p class="hint">${e(world.start)} · ${world.hours} h · ${world.stations} 终端 stations · seed ${scenario.seed}${e(without)}</p>
<p class="hint">原场景 Found with: ${size(full)} → 缩减后 shrunk to: ${size(scenario)}</p>
${scenario.note === undefined ? '' : `<p>${e(scenario.note)}</p>`}
<h3>订单 Orders</h3><table class="plain"><tbody>${orders.join('\n')}</tbody></table>
<h3>故障 Faults</h3><table class="plain"><tbody>${faults.join('\n')}</tbody></table>
${scenario.operations.length > 0 ? `<h3>操作 Operations</h3><table class="plain"><tbody>${scenario.operations.map((each) => `<tr><td>${e(each.at)}</td><td>${e(each.do)}</td><td>${'of' in each ? e(each.of) : ''}</td></tr>`).join('\n')}</tbody></table>` : ''}
<details><summary>scenario.json</summary><pre>${e(JSON.stringify(scenario, null, 2))}</pre></details>`;
}
