import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MODULES } from './kernel.mjs';
import { Missing, output } from './tools.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const HID = 'node_modules/node-hid';
/** Of the builds that node-hid brings, the one that opens /dev/hidraw on Linux with glibc. */
const BINDING = `${HID}/prebuilds/HID_hidraw-linux-x64`;

const INIT = `#!/busybox sh
/busybox mount -t proc proc /proc
/busybox mount -t sysfs sysfs /sys
/busybox mount -t devtmpfs dev /dev
exec </dev/console >/dev/console 2>&1
/busybox ifconfig lo 127.0.0.1 up
for module in ${MODULES.join(' ')}; do /busybox insmod /modules/$module.ko || echo "VERDICT {\\"ok\\":false,\\"why\\":\\"$module.ko\\"}"; done
cd /app && /node tests/hid/inside.js
/busybox poweroff -f
`;

/**
 * Builds the machine's root as an archive that the kernel unpacks, in `folder`. Big files are linked to, and taken into the archive
 * from where they are. Not compressed: that costs the emulated processor more than reading it.
 * @returns the archive's path. Throws Missing where a tool is.
 */
export function buildImage(folder, kernel) {
  const tree = join(folder, 'tree');
  const into = (path, from) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    symlinkSync(from, join(tree, path));
  };
  for (const name of ['proc', 'sys', 'dev', 'tmp']) mkdirSync(join(tree, name), { recursive: true });
  for (const module of MODULES) into(`modules/${module}.ko`, join(kernel, `${module}.ko`));
  into('busybox', staticBusybox());
  compileBridge(join(tree, 'uhid'));
  const binding = join(ROOT, BINDING);
  if (!existsSync(binding)) throw new Missing(BINDING, 'npm ci, on Linux with glibc and an x86-64 processor');
  into('node', process.execPath);
  const builds = readdirSync(binding).map((file) => join(binding, file));
  for (const path of librariesOf([process.execPath, ...builds])) into(path, path);

  execFileSync('node', [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    ...['-p', join(HERE, 'tsconfig.json'), '--noCheck', '--outDir', join(tree, 'app')],
  ]);
  writeFileSync(join(tree, 'app/package.json'), '{ "type": "module" }');
  for (const path of [`${HID}/nodehid.js`, `${HID}/binding-options.js`, `${HID}/package.json`])
    into(`app/${path}`, join(ROOT, path));
  for (const file of builds) into(`app/${BINDING}/${file.split('/').at(-1)}`, file);
  const prebuilds = 'node_modules/pkg-prebuilds';
  cpSync(join(ROOT, prebuilds), join(tree, 'app', prebuilds), { recursive: true });
  writeFileSync(join(tree, 'init'), INIT);
  chmodSync(join(tree, 'init'), 0o755);
  return archive(tree, join(folder, 'root.cpio'));
}

function staticBusybox() {
  const path = output('sh', ['-c', 'command -v busybox'])?.trim();
  const remedy = 'apt-get install busybox-static';
  if (!path) throw new Missing('busybox', remedy);
  if (output('ldd', [path]) !== undefined) throw new Missing('a busybox that needs no libraries', remedy);
  return path;
}

function compileBridge(to) {
  try {
    execFileSync('cc', ['-static', '-O1', '-Wall', '-s', '-o', to, join(HERE, 'uhid.c')], { stdio: 'pipe' });
  } catch (error) {
    if (error.code !== 'ENOENT' && !/cannot find -lc|No such file/.test(error.stderr)) throw error;
    throw new Missing('a C compiler with a static libc', 'apt-get install gcc libc6-dev');
  }
}

/** Every library that these programs load, at the path where their loader looks for it. */
function librariesOf(programs) {
  const all = programs.flatMap((program) => {
    const listed = output('ldd', [program]) ?? '';
    const [lost] = /\S+(?= => not found)/.exec(listed) ?? [];
    if (lost) throw new Missing(`${lost} for ${program}`, 'apt-get install libusb-1.0-0 libudev1');
    return [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path);
  });
  return new Set(all);
}

function archive(tree, to) {
  const names = readdirSync(tree, { recursive: true }).sort();
  execFileSync('cpio', ['-o', '-L', '-H', 'newc', '-R', '0:0', '--quiet', '-F', to], {
    cwd: tree,
    input: names.join('\n'),
  });
  return to;
}
