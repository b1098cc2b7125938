import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Missing, output } from './tools.mjs';

/** hid-generic is what makes a /dev/hidraw of a device that nobody else wants. */
export const MODULES = ['hid', 'hid-generic', 'uhid'];

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'yizhan/hid-kernel');

/**
 * The folder with `vmlinuz` and the modules of Debian's newest small kernel. Downloaded once: what is in the cache is used for as long
 * as it is there, so that a run needs no network. Throws Missing where it can't be had.
 */
export function kernelFolder() {
  const [kept] = existsSync(CACHE)
    ? readdirSync(CACHE).filter((name) => name.startsWith('linux-image-'))
    : [];
  return kept ? join(CACHE, kept) : download();
}

function download() {
  const remedy = 'on Debian: apt-get update; elsewhere there is no such package';
  const name = output('apt-cache', ['depends', 'linux-image-cloud-amd64'])?.match(
    /Depends: (linux-image-\S+)/,
  )?.[1];
  if (!name) throw new Missing('the kernel package linux-image-cloud-amd64', remedy);
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'download-'));
  try {
    // Root's own folder is closed to the user that apt would download as.
    if (output('apt-get', ['-o', 'APT::Sandbox::User=root', '-qq', 'download', name], folder) === undefined)
      throw new Missing(`the kernel package ${name}: its download failed`, remedy);
    const [deb] = readdirSync(folder);
    execFileSync('dpkg-deb', ['-x', deb, 'all'], { cwd: folder });
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    for (const file of readdirSync(join(folder, 'all'), { recursive: true })) {
      const wanted = /(?:^boot\/(vmlinuz)-|\/(?:hid|hid-generic|uhid)\.ko$)/.exec(file);
      if (wanted) cpSync(join(folder, 'all', file), join(taken, wanted[1] ?? file.split('/').at(-1)));
    }
    if (readdirSync(taken).length !== MODULES.length + 1)
      throw new Missing(`vmlinuz, ${MODULES.join('.ko, ')}.ko in ${name}`, `found ${readdirSync(taken)}`);
    // Whole or not at all: another run may look now.
    renameSync(taken, join(CACHE, name));
    return join(CACHE, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
