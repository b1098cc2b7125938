import { existsSync, mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, test } from 'vitest';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../../simulators/devices/printer/tcp.ts';
import { openPtyLine, type PtyLine, type PtyTool } from '../../../simulators/devices/pty.ts';
import { CUT, job, LF, status } from './printer/bytes.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function plugged(tool: PtyTool) {
  const folder = mkdtempSync(join(tmpdir(), 'printer-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const printer = createPrinter();
  const tcp = await listenPrinter({ printer });
  ends.push(tcp.close);
  const line = await openPtyLine({ port: tcp.port, path: join(folder, 'tty'), tool });
  if (!('missing' in line)) ends.push(line.close);
  return { printer, line };
}

async function open(line: PtyLine): Promise<SerialPort> {
  const port = new SerialPort({ path: line.path, baudRate: 9600, autoOpen: false });
  port.on('error', () => {});
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  ends.push(() => closed(port));
  return port;
}

function closed(port: SerialPort): Promise<void> {
  return new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
}

/** Settled when the name is there, or is not there. */
function until(path: string, there: boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (existsSync(path) !== there) return;
      watcher.close();
      resolve();
    };
    const watcher = watch(dirname(path), look);
    look();
  });
}

async function ask(port: SerialPort, bytes: Uint8Array): Promise<string> {
  const answer = new Promise<Buffer>((resolve) => port.once('data', resolve));
  port.write(Buffer.from(bytes));
  return (await answer).toString('hex');
}

describe('a printer on a pseudo-terminal', () => {
  test.each(['socat', 'script'] as const)(
    'by %s it prints and answers a real serial port, and comes back after the plug was pulled',
    async (tool) => {
      const { printer, line } = await plugged(tool);
      // Said aloud, and no failure: the other one may be there.
      if ('missing' in line) return console.warn(`SKIPPED, ${tool}: ${line.missing}`);
      const port = await open(line);
      expect(await ask(port, job('serial', LF, CUT, status(1)))).toBe('12');
      expect(printer.papers.map((paper) => paper.text)).toEqual(['serial']);

      await line.cut();
      expect(existsSync(line.path)).toBe(false);
      // Not left to notice it by itself: a hung-up terminal reads as empty for ever, and serialport then never closes.
      await closed(port);
      await line.plugIn();
      expect(await ask(await open(line), status(1))).toBe('12');
    },
  );

  test('socat’s comes back under its name by itself when the program closes the port', async (context) => {
    const { line } = await plugged('socat');
    if ('missing' in line) return context.skip(line.missing);
    const port = await open(line);
    expect(await ask(port, status(1))).toBe('12');
    const gone = until(line.path, false);
    await closed(port);
    await gone;
    await until(line.path, true);
    expect(await ask(await open(line), status(2))).toBe('12');
  });
});
