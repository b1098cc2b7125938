import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const markOf = (folder: string) => join(folder, 'restored.json');

/** A restored folder says so itself, until somebody has started on it knowingly. */
export function markRestored(folder: string, what: object): void {
  writeFileSync(markOf(folder), `${JSON.stringify(what, null, 2)}\n`);
}

export function forgetRestored(folder: string): void {
  rmSync(markOf(folder), { force: true });
}

/** SEC-01: a restored store would give the numbers of the lost time once more. Throws where nobody has said to go on. */
export function assertKnownRestored(folder: string, restored: boolean): void {
  if (restored || !existsSync(markOf(folder))) return;
  throw new Error(
    `${folder} was restored from a backup, and what came after it is lost: read ${markOf(folder)} and docs/kiosk.md (备份 Backup), then start with --restored, which skips the numbers that may have been given since`,
  );
}
