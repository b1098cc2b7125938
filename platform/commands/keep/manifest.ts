import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreFacts } from '../../store/verify.ts';
import { UsageError } from '../options.ts';

/** What a backup says of itself. */
export interface Manifest {
  format: 1;
  /** ISO 8601, by the machine's clock. */
  madeAt: string;
  /** The release that made it. */
  release: string;
  store: StoreFacts;
  /** SHA-256 of every other file by its path in the folder. */
  files: { [path: string]: string };
}

export const MANIFEST = 'backup.json';
export const STORE = 'platform.sqlite';

/** Throws where the folder is no backup. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  let read: Partial<Manifest>;
  try {
    read = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest>;
  } catch (error) {
    throw new UsageError(
      `${folder} is no backup: ${path} can not be read (${(error as Error).message}). Name the folder that «yizhan backup --to» made`,
    );
  }
  if (read.format !== 1 || !read.store || !read.files)
    throw new UsageError(
      `${path} is of format ${read.format}, this release knows 1: use the release that made it`,
    );
  return read as Manifest;
}

export function digestOf(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(path)
      .on('error', reject)
      .on('data', (part) => hash.update(part))
      .on('end', () => resolve(hash.digest('hex')));
  });
}
