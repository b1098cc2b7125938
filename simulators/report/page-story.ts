import { escapeMarkup as e } from './escape.ts';
import type { ReportInput } from './input.ts';
import { storyOf } from './story.ts';

const SIGNS = {
  plain: '',
  fault: '<b class="sign" title="故障 fault">⚡</b>',
  broken: '<b class="sign">✗</b>',
};

/** The story as a list; a line leads to its event in the sequence view. */
export function storyPanel(input: ReportInput): string {
  let before = '';
  const lines = storyOf(input).map(({ no, time, tone, zh, en }) => {
    const when = time === before ? '' : time;
    before = time;
    const inner = `<time>${e(when)}</time><p class="zh">${SIGNS[tone]}${e(zh)}</p><p class="en">${e(en)}</p>`;
    const step =
      no === undefined
        ? `<div class="step">${inner}</div>`
        : `<button type="button" class="step" data-no="${no}">${inner}</button>`;
    return `<li class="${tone}">${step}</li>`;
  });
  return `<ol class="story">${lines.join('\n')}</ol>`;
}
