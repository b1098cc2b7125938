import type { ReportInput } from './input.ts';
import { storyOf } from './story.ts';
import { verdictLine } from './verdict-line.ts';

/** `story.md`: the verdict, how to see it again, and the story, Chinese first. */
export function storyText(input: ReportInput, replay: string): string {
  const lines = storyOf(input);
  const told = (language: 'zh' | 'en') =>
    lines.map(({ time, tone, ...words }, i) => {
      const sign = tone === 'fault' ? '⚡ ' : tone === 'broken' ? '✗ ' : '';
      return `${i + 1}. ${time && `\`${time}\` `}${sign}${plainText(words[language])}`;
    });
  return [
    `# ${plainText(verdictLine(input))}`,
    '',
    '```sh',
    replay,
    '```',
    '',
    '## 经过',
    '',
    ...told('zh'),
    '',
    '## Story',
    '',
    ...told('en'),
    '',
  ].join('\n');
}

/** No markup in what came over the wire, and one line. */
function plainText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_<>[\]|]/g, (character) => (character === '*' ? character : `\\${character}`));
}
