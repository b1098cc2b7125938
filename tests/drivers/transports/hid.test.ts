import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { transportOf } from '../../../drivers/host/transports.ts';
import { type HidLine, hidTransport, type ListedHid, matchHid } from '../../../drivers/transports/hid.ts';
import { recorder } from './recorder.ts';

const IDS = { vendorId: 0x23d8, productId: 0x0285 };
const one: ListedHid = { path: '/dev/hidraw0', serialNumber: 'SN1', product: 'CRT-288K' };
const other: ListedHid = { path: '/dev/hidraw1', serialNumber: 'SN2', product: 'CRT-288K' };

/** An open device as node-hid gives it: it reads one tick after it is listened to, and throws there if it was closed before. */
function openDevice(path: string) {
  const events = new EventEmitter();
  const device = {
    path,
    events,
    /** In the order in which they were asked for: `read`, `close`. */
    asked: [] as string[],
    /** Each write that began, with how it is let end. */
    writes: [] as { report: number[]; done(error?: Error): void }[],
    write(report: number[]): Promise<number> {
      return new Promise((resolve, reject) => {
        const done = (error?: Error) => (error ? reject(error) : resolve(report.length));
        device.writes.push({ report, done });
        events.emit('write');
      });
    },
    /** The next write begins. */
    async began(count: number): Promise<void> {
      while (device.writes.length < count) await once(events, 'write');
    },
    close(): Promise<void> {
      device.asked.push('close');
      events.emit('close');
      return Promise.resolve();
    },
    async closed(): Promise<void> {
      while (!device.asked.includes('close')) await once(events, 'close');
    },
    on(event: 'data' | 'error', heard: (...values: never[]) => void): void {
      events.on(event, heard as (...values: unknown[]) => void);
      if (event === 'data') process.nextTick(() => device.asked.push('read'));
    },
  };
  return device;
}

/** node-hid with these devices plugged in. */
function library(listed: ListedHid[] = [one]) {
  const opened: ReturnType<typeof openDevice>[] = [];
  const openings = new EventEmitter();
  const hid = {
    listed,
    opened,
    openings,
    loads: 0,
    asked: [] as number[][],
    /** Set where an opening takes its time. */
    opening: undefined as Promise<void> | undefined,
    load() {
      hid.loads++;
      return Promise.resolve({
        devicesAsync(...ids: number[]) {
          hid.asked.push(ids);
          return Promise.resolve(hid.listed);
        },
        HIDAsync: {
          async open(path: string) {
            openings.emit('open');
            await hid.opening;
            const device = openDevice(path);
            opened.push(device);
            return device;
          },
        },
      });
    },
    last() {
      const device = opened.at(-1);
      if (!device) throw new Error('no device was opened');
      return device;
    },
  };
  return hid;
}

async function connected(hid = library(), line: HidLine = IDS) {
  const heard = recorder();
  const transport = hidTransport(line, hid.load)(heard.handlers);
  await heard.next('opened');
  return { hid, heard, transport, device: hid.last() };
}

const zeros = (count: number) => Array<number>(count).fill(0);
const counted = (from: number, count: number) => Array.from({ length: count }, (_, i) => (from + i) & 0xff);

describe('DEV-02 hidTransport writes', () => {
  it('a short message as one report: the number 0, the bytes, zeros up to 65', async () => {
    const { transport, device } = await connected();
    transport.write(Uint8Array.of(0xf2, 0x00, 0x03));
    await device.began(1);
    expect(device.writes[0]?.report).toEqual([0, 0xf2, 0x00, 0x03, ...zeros(61)]);
  });

  it('64 bytes as one report, and what is longer in the following ones, each begun when the one before has ended', async () => {
    const { transport, device } = await connected();
    transport.write(Uint8Array.from(counted(1, 64)));
    transport.write(Uint8Array.from(counted(100, 130)));
    const reports = [
      [0, ...counted(1, 64)],
      [0, ...counted(100, 64)],
      [0, ...counted(164, 64)],
      [0, ...counted(228, 2), ...zeros(62)],
    ];
    for (const [i, report] of reports.entries()) {
      await device.began(i + 1);
      expect(device.writes).toHaveLength(i + 1);
      expect(device.writes[i]?.report).toEqual(report);
      device.writes[i]?.done();
    }
  });

  it('what the driver’s buffer held when it was written', async () => {
    const { transport, device } = await connected();
    const bytes = Uint8Array.of(1, 2, 3);
    transport.write(bytes);
    bytes.fill(9);
    await device.began(1);
    expect(device.writes[0]?.report.slice(1, 4)).toEqual([1, 2, 3]);
  });
});

describe('DEV-02 hidTransport', () => {
  it('tells what comes as bytes', async () => {
    const { device, heard } = await connected();
    device.events.emit('data', Buffer.from([0x06, ...zeros(63)]));
    expect(await heard.next('bytes')).toEqual([0x06, ...zeros(63)]);
  });

  it('an error that is text ends the connection once, with the path before it', async () => {
    const { device, heard } = await connected();
    device.events.emit('error', 'could not read from HID device: device disconnected');
    device.events.emit('error', 'could not read from HID device: device disconnected');
    device.events.emit('data', Buffer.alloc(64));
    expect(heard.all).toEqual([
      ['opened', undefined],
      ['lost', '/dev/hidraw0: could not read from HID device: device disconnected'],
    ]);
    await device.closed();
    expect(device.asked).toEqual(['read', 'close']);
  });

  it('a write that fails ends it, and what waited behind it goes nowhere', async () => {
    const { transport, device, heard } = await connected();
    transport.write(new Uint8Array(200));
    await device.began(1);
    device.writes[0]?.done(new Error('Cannot write to hid device: No such device'));
    expect(await heard.next('lost')).toBe('/dev/hidraw0: Cannot write to hid device: No such device');
    await device.closed();
    expect(device.writes).toHaveLength(1);
  });

  it('after a loss a write goes nowhere, also not to the next connection, which is a new object', async () => {
    const first = await connected();
    first.device.events.emit('error', 'gone');
    first.transport.write(Uint8Array.of(1));
    const second = await connected(first.hid);
    first.transport.write(Uint8Array.of(2));
    second.transport.write(Uint8Array.of(3));
    await second.device.began(1);
    expect(second.device).not.toBe(first.device);
    expect(first.device.writes).toEqual([]);
    expect(second.device.writes.map(({ report }) => report[1])).toEqual([3]);
    // Looked for anew each time: another path may be its own now.
    expect(first.hid.asked).toEqual([
      [0x23d8, 0x0285],
      [0x23d8, 0x0285],
    ]);
  });

  it('before it is open a write goes nowhere', async () => {
    const hid = library();
    const heard = recorder();
    const transport = hidTransport(IDS, hid.load)(heard.handlers);
    transport.write(Uint8Array.of(1));
    await heard.next('opened');
    transport.write(Uint8Array.of(2));
    await hid.last().began(1);
    expect(hid.last().writes.map(({ report }) => report[1])).toEqual([2]);
  });

  it('closed while it opens: the device is closed as soon as it is open, and nothing is told', async () => {
    const hid = library();
    let goOn = () => {};
    hid.opening = new Promise((resolve) => {
      goOn = resolve;
    });
    const heard = recorder();
    const opens = once(hid.openings, 'open');
    const transport = hidTransport(IDS, hid.load)(heard.handlers);
    await opens;
    transport.close();
    goOn();
    // When another opening has ended, so has this one.
    await connected(hid);
    const [device] = hid.opened;
    await device?.closed();
    expect(device?.asked).toEqual(['close']);
    expect(heard.all).toEqual([]);
  });

  it('closed in «opened»: it is not read from any more, which would throw', async () => {
    const hid = library();
    const told: string[] = [];
    const transport = hidTransport(
      IDS,
      hid.load,
    )({
      opened() {
        told.push('opened');
        transport.close();
        transport.close();
      },
      bytes: () => told.push('bytes'),
      lost: () => told.push('lost'),
    });
    await connected(hid);
    const [device] = hid.opened;
    await device?.closed();
    expect(device?.asked).toEqual(['close']);
    expect(told).toEqual(['opened']);
  });

  it('closed right behind «opened»: not before node-hid has begun to read, which would throw', async () => {
    const { transport, device } = await connected();
    transport.close();
    await device.closed();
    expect(device.asked).toEqual(['read', 'close']);
  });

  it('what the driver throws while it is told is its own fault, and no loss', async () => {
    const { device, heard } = await connected();
    // So node-hid tells what a listener for data threw.
    expect(() => device.events.emit('error', new TypeError('a fault of the driver'))).toThrow(
      'of the driver',
    );
    device.events.emit('data', Buffer.of(0x06));
    expect(heard.all.map(([what]) => what)).toEqual(['opened', 'bytes']);
  });

  it('an opening that fails is a loss', async () => {
    const hid = library();
    hid.opening = Promise.reject(new Error('cannot open device with path /dev/hidraw0'));
    const heard = recorder();
    hidTransport(IDS, hid.load)(heard.handlers);
    expect(await heard.next('lost')).toBe('cannot open device with path /dev/hidraw0');
  });

  it('node-hid that does not load is a loss with its reason', async () => {
    const heard = recorder();
    hidTransport(IDS, () => Promise.reject(new Error('libusb-1.0.so.0: no such file')))(heard.handlers);
    expect(await heard.next('lost')).toBe('libusb-1.0.so.0: no such file');
  });
});

describe('DEV-02 a HID device', () => {
  const match = (more: Partial<HidLine>, found = [one, other]) => matchHid({ ...IDS, ...more }, found);

  it('is the one that fits: its ids, its serial number, its path; a path that is listed for each of its uses is one', () => {
    expect(match({}, [one, { ...one, product: 'the same' }])).toBe('/dev/hidraw0');
    expect(match({ serialNumber: 'SN2' })).toBe('/dev/hidraw1');
    expect(match({ path: '/dev/hidraw1' })).toBe('/dev/hidraw1');
    expect(match({ path: '/dev/hidraw1', serialNumber: 'SN2' })).toBe('/dev/hidraw1');
  });

  it('that does not fit alone is refused with what was found', () => {
    expect(() => match({}, [])).toThrow(/^no HID device fits: 23d8:0285\. Found: none with 23d8:0285$/);
    expect(() => match({ serialNumber: 'SN1', path: '/dev/hidraw1' })).toThrow(
      'no HID device fits: 23d8:0285, serialNumber SN1, path /dev/hidraw1. Found: ' +
        '/dev/hidraw0 (serialNumber SN1); /dev/hidraw1 (serialNumber SN2)',
    );
    expect(() => match({}, [one, { path: '/dev/hidraw7' }])).toThrow(
      '2 HID devices fit; tell them apart by «serialNumber» or «path»: 23d8:0285. Found: ' +
        '/dev/hidraw0 (serialNumber SN1); /dev/hidraw7 (serialNumber none)',
    );
  });

  let folder = '';
  afterEach(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  it('is found by a link of udev’s, which is followed at each opening', async () => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-hid-'));
    const [node, next, link] = ['hidraw3', 'hidraw4', 'card-reader'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const path of [node, next]) writeFileSync(path, '');
    symlinkSync(node, link);
    const hid = library([{ path: node }, { path: next }]);
    expect((await connected(hid, { ...IDS, path: link })).device.path).toBe(node);
    rmSync(link);
    symlinkSync(next, link);
    expect((await connected(hid, { ...IDS, path: link })).device.path).toBe(next);

    hid.listed = [];
    const led = recorder();
    hidTransport({ ...IDS, path: link }, hid.load)(led.handlers);
    expect(await led.next('lost')).toContain(`path ${link}, which leads to ${next}. Found: none`);
    rmSync(link);
    const dangling = recorder();
    hidTransport({ ...IDS, path: link }, hid.load)(dangling.handlers);
    expect(await dangling.next('lost')).toContain(`path ${link}. Found: none`);
  });

  it('is what the host’s transport «hid» looks for, with the real node-hid', async () => {
    const heard = recorder();
    const at = { kind: 'hid', vendorId: 'FFFe', productId: '0ffd' } as const;
    transportOf(at)(heard.handlers);
    // Where the system's libraries are missing, that is said instead.
    expect(await heard.next('lost')).toMatch(
      /^no HID device fits: fffe:0ffd\. Found: none with fffe:0ffd$|«node-hid» does not load: .*libusb/,
    );
  });
});
