import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { patchesOf } from './catalogue.ts';
import { patched } from './patch.ts';

/**
 * Module hooks, run by Node in a thread of their own: whatever a planted module imports by a relative path is planted with the
 * same bug, so that each bug has module objects that it shares with nobody; and its patches are applied as the files are read.
 * So no code of the product knows of bugs. Registering them in several threads does no harm: they say the same again.
 */
const PLANTED = 'planted';

interface Resolved {
  url: string;
}

/** Hands the bug's name on from the importing module to the imported one. */
export async function resolve<Context extends { parentURL?: string | undefined }, R extends Resolved>(
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => R | Promise<R>,
): Promise<R> {
  const resolved = await next(specifier, context);
  const bug = bugIn(context.parentURL);
  if (bug === undefined || !/^\.{1,2}\//.test(specifier)) return resolved;
  const url = new URL(resolved.url);
  url.searchParams.set(PLANTED, bug);
  return { ...resolved, url: url.href };
}

/** Reads a file that the bug has patches for, and applies them. */
export function load<Context, Loaded>(
  url: string,
  context: Context,
  next: (url: string, context: Context) => Loaded,
): Loaded | { format: 'module'; shortCircuit: true; source: string } {
  const bug = bugIn(url);
  if (bug === undefined) return next(url, context);
  const { pathname } = new URL(url);
  const patches = patchesOf(bug).filter(({ file }) => pathname.endsWith(`/${file}.js`));
  if (patches.length === 0) return next(url, context);
  const source = patched(bug, patches, readFileSync(fileURLToPath(url), 'utf8'));
  return { format: 'module', shortCircuit: true, source };
}

function bugIn(url: string | undefined): string | undefined {
  if (!url?.includes(`?${PLANTED}=`)) return undefined;
  return new URL(url).searchParams.get(PLANTED) ?? undefined;
}
