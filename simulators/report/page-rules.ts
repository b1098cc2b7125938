import { escapeMarkup as e } from './escape.ts';
import type { ReportInput } from './input.ts';
import { nameOf } from './invariant-names.ts';

/** The invariants with how often each had something to check, and the rare branches that were taken. 0 is void. */
export function rulesPanel({ result, campaign }: ReportInput): string {
  const checked = campaign?.checked ?? result.checked;
  const probes = campaign?.probes ?? result.probes;
  const rules = Object.entries(checked).map(([id, count]) => {
    const { zh, en } = nameOf(id);
    const broken = result.violation?.invariant === id;
    const state = broken ? 'broken' : count === 0 ? 'void' : 'held';
    return `<tr class="${state}"><th scope="row">${e(id)}</th><td>${e(zh)} <small>${e(en)}</small></td><td class="count">${broken ? '✗ ' : ''}${count === 0 ? 'VOID 0' : count.toLocaleString('en-US')}</td></tr>`;
  });
  const taken = Object.entries(probes).map(
    ([name, count]) =>
      `<tr class="${count === 0 ? 'void' : 'held'}"><th scope="row">${e(name)}</th><td class="count">${count === 0 ? 'VOID 0' : count.toLocaleString('en-US')}</td></tr>`,
  );
  const of = campaign ? `整个测试 Whole campaign: ${e(campaign.name)}` : '仅本次运行 This run only';
  return `<p class="hint">${of} · VOID:没有检查到任何内容,不能算通过。 Never had anything to check: proves nothing.</p>
<div class="columns"><div><h3>规则 Invariants</h3><table class="rules">${rules.join('\n')}</table></div>
<div><h3>罕见分支 Probes</h3>${taken.length > 0 ? `<table class="rules">${taken.join('\n')}</table>` : '<p class="hint">无 None</p>'}</div></div>`;
}
