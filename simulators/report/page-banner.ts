import { escapeMarkup as e } from './escape.ts';
import type { ReportInput } from './input.ts';
import { nameOf } from './invariant-names.ts';
import { verdictSentence } from './story.ts';
import { verdictLine } from './verdict-line.ts';

/** The first thing that is read: what failed, in one sentence, and the command that shows it again. */
export function bannerOf(input: ReportInput, replay: string): string {
  const { violation, verdict, crash } = input.result;
  const name = violation ? nameOf(violation.invariant) : undefined;
  const [zh, en] = violation
    ? [violation.zh, violation.en]
    : [
        verdictSentence(input)?.zh ?? '没有违反任何规则',
        crash === undefined
          ? (verdictSentence(input)?.en ?? 'No rule is broken')
          : 'The world or the platform threw an error that no fault explains.',
      ];
  const sign = { fail: '✗', pass: '✓', inconclusive: '?' }[verdict];
  const word = { fail: '失败 FAIL', pass: '通过 PASS', inconclusive: '无法判断 INCONCLUSIVE' }[verdict];
  const title =
    violation && name ? `${violation.invariant} ${name.zh}` : crash === undefined ? '' : '程序出错';
  return `<header class="banner ${verdict}">
<div class="facts"><h1><span class="chip">${sign} ${word}</span> ${e(title)} <small>${e(name?.en ?? '')}</small></h1>
<span class="replay"><span>重放 Replay</span><code id="replay">${e(replay)}</code><button type="button" id="copy">复制 Copy</button></span></div>
<p class="zh">${e(zh)}</p>
<p class="en">${e(en)}</p>
<code class="line">${e(verdictLine(input))}</code>
</header>`;
}
