import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running bench is told what to do, and what whoever tells it must bring. */
export interface ControlFile {
  url: string;
  token: string;
}

const controlFile = (folder: string) => join(folder, 'bench-control.json');
const clockFile = (folder: string) => join(folder, 'bench-clock.json');

/** Only the user who started the bench may read it. */
export function writeControl(folder: string, { url, token }: ControlFile): void {
  // A file that a killed bench has left keeps its mode, whatever somebody has made of it.
  removeControl(folder);
  writeFileSync(controlFile(folder), JSON.stringify({ url, token }), { mode: 0o600, flag: 'wx' });
}

export function removeControl(folder: string): void {
  rmSync(controlFile(folder), { force: true });
}

/** `undefined` where no bench has left one. */
export function readControl(folder: string): ControlFile | undefined {
  const read = readJson(controlFile(folder)) as Partial<ControlFile> | undefined;
  return typeof read?.url === 'string' && typeof read.token === 'string'
    ? { url: read.url, token: read.token }
    : undefined;
}

/** How far the bench's time is ahead of the machine's, in ms: the records stand at that time, so the next start must, too. */
export function writeAhead(folder: string, aheadMs: number): void {
  writeFileSync(clockFile(folder), JSON.stringify({ aheadMs }));
}

/** 0 where no jump was ever made. Throws where the file can not be understood. */
export function readAhead(folder: string): number {
  const read = readJson(clockFile(folder)) as { aheadMs?: unknown } | undefined;
  if (read === undefined) return 0;
  if (Number.isSafeInteger(read.aheadMs)) return Number(read.aheadMs);
  throw new Error(
    `${clockFile(folder)} says no «aheadMs» in whole ms: delete it, and if the start then refuses the clock, choose another folder with --data`,
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : {};
  }
}
