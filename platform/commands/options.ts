import { parseArgs } from 'node:util';

/** A command's options as they were typed, or why they can't be taken. */
export class UsageError extends Error {}

export interface Option {
  type: 'string' | 'boolean';
  default?: string | boolean;
  /** For the help text. */
  what: string;
}

/**
 * Reads a command's options; an unknown one, or one without its value, is an error that shows what there is.
 * @param more.names what stands beside options is taken for names; else that is an error too
 */
export function readOptions<T extends { [name: string]: Option }>(
  command: string,
  args: string[],
  options: T,
  more: { names?: boolean } = {},
) {
  const all = { ...options, help: { type: 'boolean', what: 'this text' } } as const;
  let values: { [name: string]: string | boolean | undefined };
  let names: string[];
  try {
    ({ values, positionals: names } = parseArgs({
      args,
      options: all,
      strict: true,
      allowPositionals: more.names === true,
    }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${help(command, all)}`);
  }
  if (values.help) return { help: help(command, all) };
  return {
    names,
    values: values as {
      [name in keyof T]: T[name]['type'] extends 'boolean' ? boolean | undefined : string | undefined;
    },
  };
}

function help(command: string, options: { [name: string]: Option }): string {
  const nameOf = ([name, { type }]: [string, Option]) => `  --${name}${type === 'string' ? ' …' : ''}`;
  const named = Object.entries(options);
  const width = Math.max(...named.map((each) => nameOf(each).length)) + 2;
  const rows = named.map(
    (each) =>
      `${nameOf(each).padEnd(width)}${each[1].what}${each[1].default === undefined ? '' : ` (${each[1].default})`}`,
  );
  return `yizhan ${command}\n${rows.join('\n')}`;
}

/** A TCP port; 0 is any free one. */
export function readPort(name: string, text: string | undefined): number {
  const port = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--${name} ${text ?? ''}: must be a port from 1 to 65535, or 0 for any free one`);
  return port;
}
