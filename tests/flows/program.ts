import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/platform/commands/main.js', import.meta.url));

/** Whether there is a compiled program to run; what is compiled may be older than the sources. */
export const BUILT = existsSync(MAIN);

/** For a title: why the tests behind it are skipped, if they are. */
export const skipped = BUILT ? '' : ' (skipped, nothing is built: npm run build)';

export interface Program {
  process: ChildProcess;
  /** What it has written so far. */
  out(): string;
  errors(): string;
  /** Resolves when its output fits; rejects where it ends before, or is not there in time (ms). */
  says(what: RegExp, within: number): Promise<RegExpExecArray>;
  /** Its exit code when it has ended; rejects where that takes longer (ms). */
  ends(within: number): Promise<number | null>;
}

/** Starts `yizhan …` as a person does, with its temporary files below `temporary`. */
export function run(args: string[], temporary: string): Program {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary },
  });
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
    child.emit('said');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  // Not «exit»: by then its last words may not have been read.
  const closed = once(child, 'close').then(([code]) => code as number | null);
  const told = () => `«yizhan ${args.join(' ')}» said:\n${out}\n${errors}`;

  return {
    process: child,
    out: () => out,
    errors: () => errors,
    says(what, within) {
      return new Promise((resolve, reject) => {
        const give = (act: () => void) => {
          clearTimeout(timer);
          child.off('said', look);
          act();
        };
        const look = () => {
          const found = what.exec(out);
          if (found) give(() => resolve(found));
        };
        const timer = setTimeout(
          () => give(() => reject(new Error(`no ${what} within ${within} ms. ${told()}`))),
          within,
        );
        child.on('said', look);
        void closed.then((code) => give(() => reject(new Error(`ended with ${code}. ${told()}`))));
        look();
      });
    },
    ends(within) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`did not end within ${within} ms. ${told()}`)), within);
      });
      return Promise.race([closed, late]).finally(() => clearTimeout(timer));
    },
  };
}
