import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A compiled program of this project, for a process of its own: beside this file where this one is compiled, in `dist` where it
 * is run from its source. Throws with the remedy where nothing is built.
 */
export function compiled(path: string): string {
  const root = import.meta.url.endsWith('.ts') ? '../../../dist/' : '../../../';
  const file = fileURLToPath(new URL(`${root}${path}`, import.meta.url));
  if (!existsSync(file))
    throw new Error(
      `${file} is missing: a process of its own runs compiled code, so build first (npm run build)`,
    );
  return file;
}
