import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine lets the tests mount a file system; says so where it does not. */
export const canMount = tryToMount();
if (!canMount)
  console.warn('tests on a full disk are SKIPPED: mounting a tmpfs needs root and CAP_SYS_ADMIN');

/** For a title: why the tests behind it are skipped, if they are. */
export const unmountable = canMount ? '' : ' (SKIPPED: this machine lets nobody mount a tmpfs)';

export interface SmallDisk {
  path: string;
  /** Takes every block that is left. */
  fill(): void;
  makeRoom(): void;
  close(): void;
}

/** A disk of so many MB, which a test can fill. */
export function smallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'yizhan-disk-'));
  mount(path, megabytes);
  const filler = join(path, 'filler');
  return {
    path,
    fill() {
      const file = openSync(filler, 'w');
      const bytes = Buffer.alloc(64 * 1024);
      for (let size = bytes.length; size >= 1; )
        try {
          writeSync(file, bytes, 0, size);
        } catch {
          size = Math.floor(size / 2);
        }
      closeSync(file);
    },
    makeRoom: () => rmSync(filler, { force: true }),
    close() {
      // Lazily: a process that was just killed may still have a file open.
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function mount(path: string, megabytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'pipe' });
}

function tryToMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'yizhan-disk-'));
  try {
    mount(path, 1);
    execFileSync('umount', [path]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
