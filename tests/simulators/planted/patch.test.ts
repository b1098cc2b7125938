import { describe, expect, it } from 'vitest';
import { patched } from '../../../simulators/planted/patch.ts';

const patch = (find: string, replace: string) => [{ file: 'platform/core/x', find, replace }];

describe('a patch of compiled code', () => {
  it('replaces its text however that is broken into lines, and nothing else', () => {
    const source = 'a();\nif (late)\n        return fail($1);\n// a  b\nend();\n';
    expect(patched('bug', patch('if (late) return fail($1);', "done('$&');"), source)).toBe(
      "a();\ndone('$&');\n// a  b\nend();\n",
    );
  });

  it('applies the patches of one file one after the other', () => {
    const two = [...patch('one', 'two'), ...patch('two', 'three')];
    expect(patched('bug', two, 'one;')).toBe('three;');
  });

  it.each([
    ['a text that is not there', 'gone();', 0],
    ['a text that stands there twice', 'twice();', 2],
    ['a word inside of which there is white space now', 'to gether', 0],
  ])('refuses %s, naming bug, file, text and what to do', (_, find, times) => {
    const source = 'once();\ntwice();\ntwice();\ntogether();\n';
    expect(() => patched('some-bug', patch(find, ''), source)).toThrow(
      `planted bug some-bug: this patch no longer applies to platform/core/x.js: "${find}" stands there ${times} times, it must stand there once. Adapt simulators/planted/bugs/some-bug.ts`,
    );
  });
});
