import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file of one JSON value a line that only grows. */
export interface JsonLines {
  /** Appends the values and calls `onDurable` when they and everything appended before are on stable storage. */
  append(values: readonly unknown[], onDurable: () => void): void;
  /** Waits for what was appended. */
  close(): Promise<void>;
}

export interface JsonLinesOptions {
  /** What of the values read is to stay; where that is less than all, the file is rewritten. */
  keep?(values: unknown[]): unknown[];
  /** A write failed: nothing appended from then on becomes durable, and nothing more is written. */
  failed(error: Error): void;
}

/**
 * Opens or creates the file and its folder. A last line without its end was torn by a crash: nobody was told of it, so it
 * is dropped. Any other broken line throws, for what it said can't be known.
 */
export async function openJsonLines(
  path: string,
  options: JsonLinesOptions,
): Promise<{ values: unknown[]; lines: JsonLines }> {
  await mkdir(dirname(path), { recursive: true });
  const { read, torn } = await readValues(path);
  const values = options.keep?.(read) ?? read;
  if (torn || values.length < read.length) await rewrite(path, values);
  const file = await open(path, 'a');
  await syncFolder(path);
  return { values, lines: appender(path, file, options.failed) };
}

/** Line by line: a journal of months is longer than one text may be. */
async function readValues(path: string): Promise<{ read: unknown[]; torn: boolean }> {
  const read: unknown[] = [];
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return { read, torn: false };
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const torn = size > 0 && last[0] !== NEWLINE;
    let number = 0;
    // One line behind, for the last one counts only with its end.
    let before: string | undefined;
    for await (const line of file.readLines({ start: 0, autoClose: false })) {
      if (before) read.push(parse(before, path, number));
      before = line;
      number += 1;
    }
    if (before && !torn) read.push(parse(before, path, number));
    return { read, torn };
  } finally {
    await file.close();
  }
}

const NEWLINE = 0x0a;

function parse(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(
      `${path}, line ${number}, is not JSON: the file was changed or the disk is damaged. Restore it from a backup; ` +
        'moving it away forgets what was done, so reconcile first',
    );
  }
}

const textOf = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** By a second file and a rename, so that a crash leaves the old content or the new one. */
async function rewrite(path: string, values: readonly unknown[]): Promise<void> {
  const file = await open(`${path}.new`, 'w');
  await file.writeFile(textOf(values));
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
}

/** A new name in a folder is durable only once the folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}

type File = Awaited<ReturnType<typeof open>>;

function appender(path: string, file: File, failed: (error: Error) => void): JsonLines {
  let queue: { text: string; onDurable: () => void }[] = [];
  let running: Promise<void> | undefined;
  let stopped = false;

  // All that is queued while one group is being written becomes durable together, in the next one.
  const run = async () => {
    while (queue.length > 0 && !stopped) {
      const group = queue;
      queue = [];
      const text = group.map((each) => each.text).join('');
      try {
        if (text !== '') await file.appendFile(text);
        if (text !== '') await file.datasync();
      } catch (error) {
        // After a failed fsync the kernel may have dropped the pages: a second try could succeed and prove nothing.
        stopped = true;
        failed(
          new Error(`${path} can't be written (${(error as Error).message}): free the disk and restart`),
        );
        return;
      }
      for (const { onDurable } of group) onDurable();
    }
    running = undefined;
  };

  return {
    append(values, onDurable) {
      queue.push({ text: textOf(values), onDurable });
      // A turn later, so that what is appended in one turn is one group.
      running ??= Promise.resolve().then(run);
    },
    async close() {
      while (running && !stopped) await running;
      stopped = true;
      await file.close();
    },
  };
}
