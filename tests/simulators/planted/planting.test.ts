import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { INVARIANT_IDS } from '../../../simulators/checker/invariant.ts';
import { BUGS } from '../../../simulators/planted/bugs/index.ts';
import { FLAWS } from '../../../simulators/planted/flaws/index.ts';
import { importPlanted } from '../../../simulators/planted/import-planted.ts';

const run = promisify(execFile);

/** Runs a program on the compiled code; gives what it printed. */
async function fixture(name: string): Promise<unknown> {
  const path = new URL(`fixtures/${name}.mjs`, import.meta.url).pathname;
  return JSON.parse((await run(process.execPath, [path])).stdout);
}

describe('planted bugs', () => {
  it('every patch applies, and every patched module still loads', async () => {
    const files = [...BUGS, ...FLAWS].flatMap(({ patches }) => [...new Set(patches.map(({ file }) => file))]);
    expect(await fixture('load-all')).toEqual({ loaded: files.length, wrong: [] });
  });

  it('each has its own modules beside the sound ones, in the main thread and in a worker', async () => {
    const seen = {
      sound: 300,
      planted: 500,
      other: 300,
      both: 500,
      again: true,
      unknown: expect.stringMatching(/^there is no planted bug «no-such-bug»; there are .*void-twice/),
    };
    expect(await fixture('planting')).toEqual({ here: seen, there: seen });
  });

  it('says what to do where the code is not compiled', async () => {
    await expect(importPlanted('void-twice')).rejects.toThrow('npm run build');
  });

  it('every invariant has at least one, and a name and two sentences each', () => {
    const proven = new Set(BUGS.map(({ expected }) => expected));
    expect(INVARIANT_IDS.filter((id) => !proven.has(id))).toEqual([]);
    const names = [...BUGS, ...FLAWS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, zh, en } of [...BUGS, ...FLAWS]) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/[a-z]{2}/);
    }
  });
});
