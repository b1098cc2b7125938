// The HID driver with the real node-hid on a real /dev/hidraw, in a small emulated machine: the device behind it is the emulator. Needs
// neither KVM nor root. Installs nothing: what is missing is named, and the whole is skipped, or with YIZHAN_HID=required failed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildImage } from './image.mjs';
import { kernelFolder } from './kernel.mjs';
import { Missing, output } from './tools.mjs';

/** Four times what it takes on two busy cores. */
const LIMIT_MS = 240_000;
const QEMU = 'qemu-system-x86_64';

const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1_000).toFixed(1)} s`;

function mustBeFit() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Missing('Linux on x86-64', `this is ${process.platform} on ${process.arch}`);
  for (const [program, remedy] of [
    [QEMU, 'apt-get install qemu-system-x86'],
    ['cpio', 'apt-get install cpio'],
  ])
    if (output(program, ['--version']) === undefined) throw new Missing(program, remedy);
}

/**
 * Runs the machine until it is off. Its clock counts what it does, and jumps when it has nothing to do: so a busy host makes nothing late
 * in it, and nobody waits for its pauses.
 * @returns its verdict, where it came to one
 */
async function boot(kernel, image) {
  const machine = spawn(
    QEMU,
    [
      ...[
        '-accel',
        'tcg,thread=single',
        '-icount',
        'shift=1,sleep=off',
        '-cpu',
        'max',
        '-smp',
        '1',
        '-m',
        '768',
      ],
      ...['-nodefaults', '-no-reboot', '-display', 'none', '-serial', 'stdio'],
      ...['-kernel', join(kernel, 'vmlinuz'), '-initrd', image],
      ...['-append', 'console=ttyS0 quiet panic=-1 mitigations=off random.trust_cpu=on'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(machine, 'exit');
  // It would run on alone, with all of a processor.
  process.on('exit', () => machine.kill('SIGKILL'));
  const limit = setTimeout(() => {
    console.error(`the machine is not done after ${LIMIT_MS / 1_000} s, and is ended`);
    machine.kill('SIGKILL');
  }, LIMIT_MS);
  let verdict;
  for await (const line of createInterface(machine.stdout)) {
    const found = /^VERDICT (.*)/.exec(line);
    if (found) verdict ??= JSON.parse(found[1]);
    else if (line.trim() !== '') console.log(`${seconds()}  ${line}`);
  }
  await ended;
  clearTimeout(limit);
  return verdict;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const folder = mkdtempSync(join(tmpdir(), 'yizhan-hid-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
try {
  mustBeFit();
  const kernel = kernelFolder();
  const image = buildImage(folder, kernel);
  const verdict = await boot(kernel, image);
  console.log(JSON.stringify(verdict ?? { ok: false, why: 'the machine ended without a verdict' }, null, 2));
  console.log(`test:hid: ${verdict?.ok ? 'whole' : 'FAILED'} after ${seconds()}`);
  process.exitCode = verdict?.ok ? 0 : 1;
} catch (error) {
  if (!(error instanceof Missing)) throw error;
  const isRequired = process.env.YIZHAN_HID === 'required';
  console.error(
    `test:hid: ${isRequired ? 'FAILED' : 'SKIPPED'}, NOTHING WAS TESTED: there is no ${error.message}`,
  );
  process.exitCode = isRequired ? 1 : 0;
}
