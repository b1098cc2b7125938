import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createPrinter } from '../../../../simulators/devices/printer/interpreter.ts';
import { EPSON_80, type Model } from '../../../../simulators/devices/printer/models.ts';
import { listenPrinter } from '../../../../simulators/devices/printer/tcp.ts';
import { job, LF, processId, status } from './bytes.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listening(model: Model = EPSON_80) {
  const printer = createPrinter({ model });
  const line = await listenPrinter({ printer });
  ends.push(line.close);
  const open = (): Socket => {
    const socket = connect(line.port, '127.0.0.1');
    socket.on('error', () => {});
    ends.push(() => socket.destroy());
    return socket;
  };
  return { printer, line, open };
}

/** The next n bytes that a socket receives, as hexadecimal. */
function heard(socket: Socket, n = 1): Promise<string> {
  return new Promise((resolve) => {
    let all = '';
    const more = (bytes: Buffer): void => {
      all += bytes.toString('hex');
      if (all.length < 2 * n) return;
      socket.off('data', more);
      resolve(all);
    };
    socket.on('data', more);
  });
}

/** Settled when a socket is gone, also where it was reset. */
const gone = (socket: Socket): Promise<void> => new Promise((resolve) => socket.on('close', () => resolve()));

describe('a printer on a TCP port', () => {
  test('takes bytes and answers on the same connection', async () => {
    const { printer, open } = await listening();
    const socket = open();
    socket.write(job('hello', LF, status(1)));
    expect(await heard(socket)).toBe('12');
    expect(printer.current.text).toBe('hello');
  });

  test('refuses a second connection and keeps the first', async () => {
    const { open } = await listening();
    const first = open();
    first.write(status(1));
    await heard(first);
    await gone(open());
    first.write(status(2));
    expect(await heard(first)).toBe('12');
  });

  test('cut drops the connection, and a new one is taken', async () => {
    const { printer, line, open } = await listening();
    const first = open();
    first.write(job('a', LF, status(1)));
    await heard(first);
    const dropped = gone(first);
    line.cut();
    const second = open();
    second.write(job('b', LF, status(1)));
    expect(await heard(second)).toBe('12');
    await dropped;
    expect(printer.current.text).toBe('a\nb');
  });

  test('is gone without power', async () => {
    const { printer, open } = await listening();
    const socket = open();
    socket.write(status(1));
    await heard(socket);
    const dropped = gone(socket);
    printer.powerOff();
    await dropped;
    await gone(open());
    printer.powerOn();
    const again = open();
    again.write(status(1));
    expect(await heard(again)).toBe('12');
  });

  test('with a full buffer it stops reading instead of losing bytes', async () => {
    const { printer, open } = await listening({ ...EPSON_80, receiveBuffer: 100 });
    const lines = Array.from({ length: 200 }, (_, i) => `line ${i}`);
    printer.paperOutAfterLines(3);
    const socket = open();
    // With automatic status the printer itself says when its paper has ended: by then the buffer is full.
    socket.write(job(0x1d, 0x61, 0x08, lines.join('\n'), LF, processId('last'), status(1)));
    expect(await heard(socket, 8)).toBe('1000000018000f00');
    expect([printer.current.text.split('\n').length, printer.room()]).toEqual([3, 0]);
    printer.putPaperIn();
    expect(await heard(socket, 12)).toBe(`10000000${'3722'}${Buffer.from('last').toString('hex')}0012`);
    expect([...printer.papers, printer.current].map((paper) => paper.text).join('\n')).toBe(lines.join('\n'));
    expect(printer.problems).toEqual([]);
  });
});
