import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serialTransport } from '../../../drivers/transports/serial.ts';
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
const WHY = hasSocat ? '' : ' (SKIPPED: socat is not installed, so there is no pseudo-terminal to open)';
const ASK = Uint8Array.of(0x10, 0x04, 0x01);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function line() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-serial-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const printer = createPrinter();
  const listening = await listenPrinter({ printer });
  ends.push(listening.close);
  const opened = await openPtyLine({ port: listening.port, path: join(folder, 'printer') });
  if ('missing' in opened) throw new Error(opened.missing);
  ends.push(opened.close);
  return opened;
}

function connect(path: string, heard = recorder()) {
  const transport = serialTransport({ path, baudRate: 115_200 })(heard.handlers);
  ends.push(() => transport.close());
  return { transport, heard };
}

describe('serialTransport', () => {
  it.skipIf(!hasSocat)(`carries bytes both ways${WHY}`, async () => {
    const { path } = await line();
    const { transport, heard } = connect(path);
    await heard.next('opened');
    transport.write(ASK);
    expect(await heard.next('bytes')).toEqual([0x12]);
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
      // GS I is answered; the status request of the dead connection is not.
      expect(await second.heard.next('bytes')).toEqual([0x20]);
      expect(heard.all.filter(([what]) => what === 'lost')).toHaveLength(1);
    },
  );

  it('tells that there is no such line', async () => {
    const { heard } = connect('/nonexistent/printer');
    expect(await heard.next('lost')).toMatch(/^\/nonexistent\/printer: .*No such file/);
  });

  it.skipIf(!hasSocat)(`leaves no lock behind when it is closed before it is open${WHY}`, async () => {
    const { path } = await line();
    const first = connect(path);
    first.transport.close();
    let second = connect(path);
    // The first one may hold its lock for a moment; a port that was never let go would refuse for ever.
    for (let i = 0; i < 50; i++) {
      const outcome = await Promise.race([
        second.heard.next('opened').then(() => 'opened'),
        second.heard.next('lost').then(() => 'lost'),
      ]);
      if (outcome === 'opened') break;
      second = connect(path);
    }
    second.transport.write(ASK);
    expect(await second.heard.next('bytes')).toEqual([0x12]);
    expect(first.heard.all).toEqual([]);
  });
});
