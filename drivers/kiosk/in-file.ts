import { Misconfigured } from '../host/misconfigured.ts';

/** Names the file in what is wrong, and the member as it is called there. */
export function inFile<T>(file: string, prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Misconfigured) || !error.fault) throw error;
    throw new Misconfigured(wordsOf(file, prefix, error));
  }
}

/** What is wrong, and the remedy. */
export function wordsOf(file: string, prefix: string, { fault, message }: Misconfigured): string {
  if (!fault) return message;
  const { path, shown, allowed } = fault;
  return `${file}: «${prefix}${path}» is ${shown}; allowed is ${allowed}. Correct it there and start the kiosk again`;
}
