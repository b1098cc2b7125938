import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { escapeMarkup, jsonForScript } from './escape.ts';
import type { ReportInput } from './input.ts';
import { bannerOf } from './page-banner.ts';
import { pageData } from './page-data.ts';
import { differingRows, ledgerPanel } from './page-ledger.ts';
import { matrixPanel } from './page-matrix.ts';
import { rulesPanel } from './page-rules.ts';
import { scenarioPanel } from './page-scenario.ts';
import { storyPanel } from './page-story.ts';
import { verdictLine } from './verdict-line.ts';

/** In the order in which they need each other. */
const SCRIPTS = [
  'data.js',
  'layout.js',
  'svg.js',
  'words.js',
  'arrows.js',
  'marks.js',
  'draw.js',
  'detail.js',
  'filter.js',
  'main.js',
];
const STYLES = ['page.css', 'story.css', 'detail.css', 'tools.css', 'lanes.css', 'panels.css'];

/**
 * `report.html`: one file with its style, script and data, which fetches nothing. The rest of a long trace stands in an
 * element of its own, which is read only when somebody asks for everything.
 */
export function pageOf(input: ReportInput, replay: string): string {
  const { run, rest } = pageData(input);
  const differing = differingRows(input);
  const parts: { [slot: string]: string } = {
    head: `<title>${escapeMarkup(verdictLine(input))}</title>\n<style>\n${STYLES.map(asset).join('\n')}</style>`,
    banner: bannerOf(input, replay),
    story: storyPanel(input),
    ledger: ledgerPanel(input),
    differing: differing === 0 ? '' : ` <b>${differing}</b>`,
    matrix: matrixPanel(input),
    rules: rulesPanel(input),
    scenario: scenarioPanel(input),
    scripts: [
      `<script type="application/json" id="run">${jsonForScript(run)}</script>`,
      `<script type="application/json" id="rest">${jsonForScript(rest)}</script>`,
      `<script>\n'use strict';\n(() => {\n${SCRIPTS.map(scoped).join('\n')}\n})();\n</script>`,
    ].join('\n'),
  };
  // A function as the replacement, because `$&` in data would be read as a pattern.
  return asset('page.html').replace(/<!-- (\w+) -->/g, (slot, name: string) => parts[name] ?? slot);
}

function asset(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./page/${name}`, import.meta.url)), 'utf8');
}

/**
 * One script of several, each keeping its names to itself: a page that is opened by double click may not load modules beside
 * it. Reads `import { … } from './x.js'` and `export function` or `export const`, which is all that the page's scripts use.
 */
function scoped(name: string): string {
  const text = asset(name);
  const exported = [...text.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, each]) => each);
  const body = text
    .replace(/^import (\{[^}]*\}) from '\.\/(\w+)\.js';$/gm, 'const $1 = $$$2;')
    .replace(/^export /gm, '')
    .trim();
  return `const $${name.replace('.js', '')} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();`;
}
