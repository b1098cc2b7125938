import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deviceFileTransport } from '../../../drivers/transports/device-file.ts';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../../simulators/devices/printer/tcp.ts';
import { openPtyLine } from '../../../simulators/devices/pty.ts';
import { recorder } from './recorder.ts';

const hasSocat = (() => {
  try {
    execFileSync('socat', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const WHY = hasSocat ? '' : ' (SKIPPED: socat is not installed, so there is no character device to open)';
const ASK = Uint8Array.of(0x10, 0x04, 0x01);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function line() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-device-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const papers: string[] = [];
  const printer = createPrinter({ onPaper: ({ text }) => papers.push(text) });
  const listening = await listenPrinter({ printer });
  ends.push(listening.close);
  const opened = await openPtyLine({ port: listening.port, path: join(folder, 'lp0') });
  if ('missing' in opened) throw new Error(opened.missing);
  ends.push(opened.close);
  return { ...opened, papers };
}

function connect(path: string, heard = recorder()) {
  const transport = deviceFileTransport({ path })(heard.handlers);
  ends.push(() => transport.close());
  return { transport, heard };
}

describe('deviceFileTransport', () => {
  it.skipIf(!hasSocat)(`carries bytes both ways, whole and in order however many${WHY}`, async () => {
    const { path, papers } = await line();
    const { transport, heard } = connect(path);
    await heard.next('opened');
    transport.write(ASK);
    expect(await heard.next('bytes')).toEqual([0x12]);
    const lines = Array.from({ length: 2_000 }, (_, i) => `line ${i}`);
    for (const text of lines) transport.write(Buffer.from(`${text}\n`));
    transport.write(Uint8Array.of(0x1d, 0x56, 0x00));
    transport.write(Uint8Array.of(0x1d, 0x72, 0x01));
    await heard.next('bytes');
    expect(papers.join('').split('\n').filter(Boolean)).toEqual(lines);
  });

  it.skipIf(!hasSocat)(
    `tells once that it was unplugged; what is written then never comes out of the next connection${WHY}`,
    async () => {
      const device = await line();
      const { transport, heard } = connect(device.path);
      await heard.next('opened');
      await device.cut();
      expect(await heard.next('lost')).toContain(device.path);
      transport.write(ASK);
      transport.close();
      await device.plugIn();
      const second = connect(device.path);
      await second.heard.next('opened');
      second.transport.write(Uint8Array.of(0x1d, 0x49, 0x01));
      expect(await second.heard.next('bytes')).toEqual([0x20]);
      expect(heard.all.filter(([what]) => what === 'lost')).toHaveLength(1);
    },
  );

  it.skipIf(!hasSocat)(`a device that says nothing holds no thread: other files go on${WHY}`, async () => {
    const device = await line();
    const heard = [1, 2, 3, 4, 5].map(() => connect(device.path).heard);
    for (const each of heard) await each.next('opened');
    // Four blocked reads would fill the thread pool, and this would never be read.
    expect(await readdir(import.meta.dirname)).toContain('device-file.test.ts');
  });

  it.skipIf(!hasSocat)(`closes its file, also before it is open${WHY}`, async () => {
    const { path } = await line();
    const target = await readlink(path);
    const first = connect(path);
    first.transport.close();
    const second = connect(path);
    await second.heard.next('opened');
    second.transport.close();
    const open = async () => {
      const files = await readdir('/proc/self/fd');
      const names = await Promise.all(files.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
      return names.filter((name) => name === target).length;
    };
    while ((await open()) > 0) readFileSync('/proc/self/stat');
    expect(first.heard.all).toEqual([]);
  });

  it('tells that there is no such device', async () => {
    const { heard } = connect('/nonexistent/lp0');
    expect(await heard.next('lost')).toMatch(/^\/nonexistent\/lp0: ENOENT/);
  });
});
