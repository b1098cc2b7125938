import { readFileSync, statSync } from 'node:fs';
import { blame } from '../host/misconfigured.ts';

/** Others may not read it, and the group, through which the service reads what root owns, may not write it. */
const FORBIDDEN = 0o027;

/** Throws Misconfigured where somebody else could read, or change, the secret that is in this file. */
export function mustBePrivate(path: string, file: string): void {
  let mode: number;
  try {
    mode = statSync(file).mode;
  } catch (error) {
    return blame({ path, shown: file, allowed: `a file that can be read (${(error as Error).message})` });
  }
  if (process.platform === 'win32' || (mode & FORBIDDEN) === 0) return;
  const rights = (mode & 0o777).toString(8).padStart(4, '0');
  blame({
    path,
    shown: `${file}, with the rights ${rights}`,
    allowed: `a file that only its owner and its group may read: chmod 640 ${file}`,
  });
}

/** A secret that is kept in a file of its own. Throws Misconfigured. */
export function readSecret(path: string, file: string): string {
  mustBePrivate(path, file);
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch (error) {
    return blame({ path, shown: file, allowed: `a file that can be read (${(error as Error).message})` });
  }
  if (!/^\S+$/.test(secret)) blame({ path, shown: file, allowed: 'a file with the secret as its only word' });
  return secret;
}
