import { join } from 'node:path';
import { openConnection } from './connection.ts';

/**
 * Makes this process the only one that writes in the folder: two would each believe their own memory. The lock is the
 * operating system's, so a killed process leaves none behind.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const lock = await openConnection(join(folder, 'lock.sqlite'), 'create');
  try {
    await lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    await lock.close();
    if (!/SQLITE_BUSY/.test((error as Error).message))
      throw new Error(
        `the lock ${join(folder, 'lock.sqlite')} can not be taken: ${(error as Error).message}. It holds no data: delete it, then start again`,
        { cause: error },
      );
    throw new Error(
      `another platform is running on the folder ${folder}: stop it, or choose another folder with --data`,
    );
  }
  return () => lock.close();
}
