import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Connection } from './connection.ts';

/**
 * A copy of the store as it is at one moment, also while another connection writes. It is on the disk, whole, when this
 * resolves; what `path` held before is replaced.
 */
export async function copyStore(from: Connection, path: string): Promise<void> {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    await from.exec(`VACUUM INTO '${part.replaceAll("'", "''")}'`);
    sync(part);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw new Error(`the copy ${path} can not be made: ${(error as Error).message}`, { cause: error });
  }
  sync(dirname(path));
}

/** A file's content, or a folder's names, are on the disk. */
export function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
