import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../../simulators/world/faults.ts';
import { openConnection } from '../../store/connection.ts';
import type { Doom, Watch } from './commit-watch.ts';

type CommitFault = Extract<
  Fault,
  { fault: 'PLT-CRASH' | 'DSK-TORN' | 'DSK-FULL' | 'DSK-CORRUPT' | 'DSK-ERROR' }
>;

const doomOf = (fault: CommitFault): Doom => {
  switch (fault.fault) {
    case 'PLT-CRASH':
      return fault.point;
    case 'DSK-TORN':
      return 'beforeAppend';
    case 'DSK-CORRUPT':
      return 'afterAppend';
    case 'DSK-FULL':
      return 'full';
    case 'DSK-ERROR':
      return fault.written ? 'errorWritten' : 'error';
  }
};

/** @param about the order's id, or `cut` */
export const watchOf = (index: number, fault: CommitFault, about: string): Watch => ({
  index,
  about,
  nth: fault.nth ?? 1,
  doom: doomOf(fault),
  seen: 0,
});

/** The first commit of the next life, which is a part of its recovery. */
export const watchOfRecovery = (index: number): Watch => ({
  index,
  about: 'any',
  nth: 1,
  doom: 'beforeAppend',
  seen: 0,
});

/** A write that the power cut in two: bytes behind the last whole transaction. */
export function tear(folder: string): void {
  appendFileSync(join(folder, 'platform.sqlite-wal'), Buffer.alloc(5_000, 0xa5));
}

/** Somebody changes the newest block on the disk. Resolves with what brings it back, as from a proven backup. */
export async function corrupt(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'platform.sqlite');
  const change = async (from: string, to: string) => {
    const db = await openConnection(path, 'create');
    await db.all(
      'UPDATE blocks SET body = replace(body, ?, ?) WHERE last = (SELECT max(last) FROM blocks)',
      from,
      to,
    );
    await db.close();
  };
  await change('{"v":1,', '{"v":1, ');
  return () => change('{"v":1, ', '{"v":1,');
}
