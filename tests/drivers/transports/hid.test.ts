import { EventEmitter } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HidLibrary, hidTransport, type ListedHid, matchHid } from '../../../drivers/transports/hid.ts';
import { recorder } from './recorder.ts';

const READER = { vendorId: 0x23d8, productId: 0x0285 };
const one = { path: '/dev/hidraw0', serialNumber: 'SN1' };
const other = { path: '/dev/hidraw1', serialNumber: 'SN2' };
const GONE = 'could not read from HID device: hid_read_timeout: unexpected poll error (device disconnected)';

/** `node-hid` as it is known from a real device (`npm run test:hid`), with a write and an opening that end when the test says so. */
function fakeHid(listed: ListedHid[] = [one]) {
  const device = Object.assign(new EventEmitter(), {
    writes: [] as { report: number[]; end(error?: Error): void }[],
    closes: 0,
    write: (report: number[]) =>
      new Promise<number>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(report.length));
        device.writes.push({ report, end });
      }),
    close() {
      device.closes++;
      return Promise.resolve();
    },
  });
  const asked: unknown[] = [];
  const fake = { device, asked, opening: Promise.resolve() };
  const library: HidLibrary = {
    devicesAsync(...ids) {
      asked.push(ids);
      return Promise.resolve(listed);
    },
    HIDAsync: {
      async open(path) {
        asked.push(path);
        await fake.opening;
        return device;
      },
    },
  };
  return Object.assign(fake, { load: () => Promise.resolve(library) });
}

async function opened(fake = fakeHid()) {
  const heard = recorder();
  const transport = hidTransport(READER, fake.load)(heard.handlers);
  await heard.next('opened');
  return { ...fake, heard, transport };
}

const kinds = ({ all }: ReturnType<typeof recorder>) => all.map(([what]) => what);

describe('matchHid', () => {
  it('finds the one device by its ids, its serial number or its path; one that is listed for several uses is one', () => {
    expect(matchHid(READER, [one, { ...one, product: 'again' }])).toBe('/dev/hidraw0');
    expect(matchHid({ ...READER, serialNumber: 'SN2' }, [one, other])).toBe('/dev/hidraw1');
    expect(matchHid({ ...READER, path: '/dev/hidraw0' }, [one, other])).toBe('/dev/hidraw0');
  });

  it('lists what was found where none fits, or more than one', () => {
    expect(() => matchHid(READER, [])).toThrow('no HID device fits: 23d8:0285. Found: none with 23d8:0285');
    expect(() => matchHid({ ...READER, serialNumber: 'SN9', path: '/dev/reader' }, [one])).toThrow(
      'no HID device fits: 23d8:0285, serialNumber SN9, path /dev/reader. Found: /dev/hidraw0 (serialNumber SN1)',
    );
    expect(() => matchHid(READER, [one, other])).toThrow(
      '2 HID devices fit; tell them apart by «serialNumber» or «path»: 23d8:0285. ' +
        'Found: /dev/hidraw0 (serialNumber SN1); /dev/hidraw1 (serialNumber SN2)',
    );
  });
});

describe('hidTransport', () => {
  it('opens the device that is listed, and passes its reports on', async () => {
    const { asked, device, heard } = await opened();
    expect(asked).toEqual([[0x23d8, 0x0285], '/dev/hidraw0']);
    device.emit('data', Buffer.from([0x06, 0x00]));
    expect(await heard.next('bytes')).toEqual([0x06, 0x00]);
  });

  it('a path may be a link to the device', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'yizhan-hidraw-')));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [node, link] = [join(folder, 'hidraw7'), join(folder, 'reader')];
    writeFileSync(node, '');
    symlinkSync(node, link);
    const fake = fakeHid([one, { path: node }]);
    const heard = recorder();
    hidTransport({ ...READER, path: link }, fake.load)(heard.handlers);
    await heard.next('opened');
    expect(fake.asked.at(-1)).toBe(node);
  });

  it('writes whole reports behind a 0, one after the other, also where a write is longer', async () => {
    const { device, transport } = await opened();
    transport.write(Uint8Array.from({ length: 70 }, (_, i) => i + 1));
    transport.write(Uint8Array.of(0xaa));
    await turn();
    // The system's write has not ended: the next one does not begin.
    expect(device.writes).toHaveLength(1);
    for (let i = 0; i < 3; i++) {
      device.writes[i]?.end();
      await turn();
    }
    expect(device.writes.map(({ report }) => report.length)).toEqual([65, 65, 65]);
    const [first, second, third] = device.writes.map(({ report }) => report);
    expect(first?.slice(0, 3)).toEqual([0, 1, 2]);
    expect(second).toEqual([0, 65, 66, 67, 68, 69, 70, ...Array<number>(58).fill(0)]);
    expect(third?.slice(0, 3)).toEqual([0, 0xaa, 0]);
  });

  it('a loss is told once, with the path and what node-hid says of it as text; then it is closed and silent', async () => {
    const { device, heard, transport } = await opened();
    transport.write(Uint8Array.of(1));
    transport.write(Uint8Array.of(2));
    await turn();
    device.emit('error', GONE);
    device.emit('error', GONE);
    device.emit('data', Buffer.of(6));
    expect(await heard.next('lost')).toBe(`/dev/hidraw0: ${GONE}`);
    device.writes[0]?.end();
    transport.write(Uint8Array.of(3));
    transport.close();
    await turn();
    expect(kinds(heard)).toEqual(['opened', 'lost']);
    // What waited for the first write is not for the next connection.
    expect(device.writes).toHaveLength(1);
    expect(device.closes).toBe(1);
  });

  it('a write that fails is a loss', async () => {
    const { device, heard, transport } = await opened();
    transport.write(Uint8Array.of(1));
    await turn();
    device.writes[0]?.end(new Error('Cannot write to hid device: No such device'));
    expect(await heard.next('lost')).toBe('/dev/hidraw0: Cannot write to hid device: No such device');
  });

  it('what a handler throws is not taken for a loss', async () => {
    const { device, heard } = await opened();
    expect(() => device.emit('error', new Error('a bug of ours'))).toThrow('a bug of ours');
    await turn();
    expect(kinds(heard)).toEqual(['opened']);
  });

  it('says nothing more after close', async () => {
    const { device, heard, transport } = await opened();
    transport.close();
    transport.close();
    device.emit('data', Buffer.of(6));
    device.emit('error', GONE);
    transport.write(Uint8Array.of(1));
    await turn();
    expect(kinds(heard)).toEqual(['opened']);
    expect(device.writes).toEqual([]);
    expect(device.closes).toBe(1);
  });

  it('closed while it opens: the device is let go, and nothing is told', async () => {
    const fake = fakeHid();
    let resolve = () => {};
    fake.opening = new Promise((open) => {
      resolve = open;
    });
    const heard = recorder();
    const transport = hidTransport(READER, fake.load)(heard.handlers);
    await turn();
    transport.close();
    resolve();
    await turn();
    expect(fake.asked.at(-1)).toBe('/dev/hidraw0');
    expect(fake.device.closes).toBe(1);
    expect(heard.all).toEqual([]);
  });

  it('that it can’t be found, opened or even loaded is a loss like any other', async () => {
    const reasonOf = (load: () => Promise<HidLibrary>) => {
      const heard = recorder();
      hidTransport(READER, load)(heard.handlers);
      return heard.next('lost');
    };
    expect(await reasonOf(fakeHid([]).load)).toBe(
      'no HID device fits: 23d8:0285. Found: none with 23d8:0285',
    );
    const shut = fakeHid();
    shut.opening = Promise.reject(new Error('cannot open device with path /dev/hidraw0'));
    expect(await reasonOf(shut.load)).toContain('cannot open device');
    expect(await reasonOf(() => Promise.reject(new Error('the package «node-hid» does not load')))).toContain(
      'does not load',
    );
  });
});
