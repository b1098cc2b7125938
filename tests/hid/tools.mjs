import { execFileSync } from 'node:child_process';

/** What this machine lacks, and what helps. */
export class Missing extends Error {
  constructor(what, remedy) {
    super(`${what} (${remedy})`);
  }
}

/** What a program prints; `undefined` where it is not there or fails. */
export function output(program, options, cwd) {
  try {
    return execFileSync(program, options, { encoding: 'utf8', cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
