import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Where a file below `from` may import from: arrows point one way. Composition roots (platform/commands) may import all. */
const ARROWS: { from: string; to: string[] }[] = [
  { from: 'contracts/', to: ['contracts/'] },
  { from: 'platform/core/', to: ['contracts/', 'platform/core/'] },
  { from: 'platform/runtime/', to: ['contracts/', 'platform/core/', 'platform/runtime/'] },
  { from: 'platform/web/', to: ['platform/web/'] },
  { from: 'platform/commands/', to: ['contracts/', 'platform/', 'simulators/', 'drivers/'] },
  {
    from: 'platform/',
    to: [
      'contracts/',
      'platform/core/',
      'platform/runtime/',
      'platform/store/',
      'platform/bus/',
      'platform/http/',
      'platform/service/',
    ],
  },
  { from: 'drivers/', to: ['contracts/', 'drivers/'] },
  {
    from: 'simulators/world/',
    to: ['contracts/', 'simulators/', 'platform/core/', 'platform/runtime/', 'drivers/'],
  },
  // The checker decides what is right: it knows the contract, and nothing of the platform or the world.
  { from: 'simulators/checker/', to: ['contracts/', 'simulators/checker/'] },
  { from: 'simulators/campaign/', to: ['contracts/', 'simulators/'] },
  { from: 'simulators/report/', to: ['contracts/', 'simulators/'] },
  { from: 'simulators/planted/', to: ['contracts/', 'simulators/'] },
  {
    from: 'simulators/',
    to: ['contracts/', 'simulators/counterparts/', 'simulators/devices/', 'simulators/checker/'],
  },
];

/** What the pure code may not know: I/O, time, chance, promises. */
const IMPURE =
  /\b(Date|Promise|setTimeout|setInterval|setImmediate|queueMicrotask|process|console|performance|crypto|fetch|Intl)\b|\bMath\.(random|log|exp|sin|cos|tan|pow)\b|\basync\b|\bawait\b|['"]node:/;
const PURE = [
  'platform/core/',
  'platform/runtime/',
  'contracts/time.ts',
  'contracts/envelope.ts',
  'contracts/topics.ts',
  'contracts/access.ts',
  'contracts/endpoint/endpoint.ts',
  'simulators/world/',
  'simulators/checker/',
];

const sources = ['contracts', 'platform', 'drivers', 'simulators']
  .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((file) => join(top, file)))
  .filter((file) => file.endsWith('.ts'));

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
const withoutStrings = (text: string) => text.replace(/'(?!node:)[^'\n]*'|`[^`]*`/g, "''");

function importsOf(file: string): string[] {
  const text = withoutComments(readFileSync(file, 'utf8'));
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(([, path]) =>
    normalize(join(dirname(file), path ?? '')),
  );
}

describe('architecture', () => {
  it('arrows point one way', () => {
    const wrong = sources.flatMap((file) => {
      const rule = ARROWS.find(({ from }) => file.startsWith(from));
      return importsOf(file)
        .filter((target) => !rule?.to.some((to) => target.startsWith(to)))
        .map((target) => `${file} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('nobody imports a composition root', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('platform/commands/') && !file.startsWith('platform/commands/'))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('core, runtime and codecs know no clock, I/O, chance or promise', () => {
    const wrong = sources
      .filter((file) => PURE.some((pure) => file.startsWith(pure)))
      .flatMap((file) => {
        const found = IMPURE.exec(withoutStrings(withoutComments(readFileSync(file, 'utf8'))));
        return found ? [`${file}: ${found[0]}`] : [];
      });
    expect(wrong).toEqual([]);
  });
});
