import { readFileSync } from 'node:fs';

/** This release's own version, as it is written into what it leaves behind: `0.1.0`. */
export const RELEASE = releaseAbove(new URL('.', import.meta.url));

/** The sources stand two folders below the package, the compiled files three. */
function releaseAbove(folder: URL): string {
  for (const up of ['../../', '../../../']) {
    try {
      const text = readFileSync(new URL(`${up}package.json`, folder), 'utf8');
      const { name, version } = JSON.parse(text) as { name?: string; version?: string };
      if (name === 'yizhan' && version) return version;
    } catch {
      // Not here.
    }
  }
  return 'unknown';
}
