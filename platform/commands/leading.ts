/** What stands before a command's options, if anything does, and the options. A negative length of time begins with one dash. */
export function leading(args: string[]): [string | undefined, string[]] {
  const [first, ...rest] = args;
  return first === undefined || first.startsWith('--') ? [undefined, args] : [first, rest];
}
