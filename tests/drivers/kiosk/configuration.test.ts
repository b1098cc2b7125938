import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Misconfigured } from '../../../drivers/host/misconfigured.ts';
import { readKiosk } from '../../../drivers/kiosk/configuration.ts';
import { withSettingsChecked } from '../../../drivers/kiosk/devices.ts';
import { kioskFolder, PRINTER_DEVICE } from './kiosk-file.ts';

let kiosk: ReturnType<typeof kioskFolder>;
beforeEach(() => {
  kiosk = kioskFolder();
});
afterEach(() => kiosk.remove());

const read = (change: object = {}) => {
  kiosk.describe(change);
  return readKiosk(kiosk.file);
};

/** Why the only device of these is disabled. */
async function whyOf(devices: unknown[], name: string, partners = false): Promise<string | undefined> {
  const checked = await withSettingsChecked(read({ devices }), partners);
  const found = checked.find((device) => device.name === name);
  return found && 'why' in found ? found.why : undefined;
}

describe('a kiosk’s file', () => {
  it('DEV-07 gives each device the kiosk’s broker, its own name and secret; paths count from the file’s folder', () => {
    kiosk.put('secrets/printer', 'of-the-printer');
    const { place, password, devices } = read();
    expect(place).toEqual({ kind: 'device', outlet: '51010001', station: '1', device: 'kiosk' });
    expect(password).toBe('secret');
    expect(devices).toEqual([
      {
        name: 'printer',
        driver: 'printer-escpos',
        config: {
          url: 'mqtt://127.0.0.1:1883',
          name: 'dev.51010001.1.printer',
          password: 'of-the-printer',
          driver: 'printer-escpos',
          model: 'epson-80',
          transport: PRINTER_DEVICE.transport,
          journalFolder: join(kiosk.folder, 'journals'),
        },
      },
    ]);
  });

  it.each([
    [{ broker: { url: 'http://x' } }, '«broker.url» is "http://x"; allowed is the broker as mqtt://'],
    [{ broker: undefined }, '«broker» is missing; allowed is an object with «url»'],
    [{ broker: { url: 'mqtt://x', port: 1 } }, '«broker.port» is 1; allowed is no such member, but url, tls'],
    [
      { broker: { url: 'mqtt://x', tls: { ca: 'ca.pem' } } },
      '«broker.url» is "mqtt://x"; allowed is mqtts://host:port where «tls» is given',
    ],
    [
      { broker: { url: 'mqtts://x', tls: { cert: 'a.pem' } } },
      '«broker.tls.key» is missing; allowed is «cert» and «key» together',
    ],
    [
      { broker: { url: 'mqtts://x', tls: { ca: 'none.pem' } } },
      /«broker\.tls\.ca» is "\S+none\.pem"; allowed is a file that can be read/,
    ],
    [{ outlet: '5101' }, '«outlet» is "5101"; allowed is the outlet’s code, 8 digits'],
    [{ station: 'A 1' }, '«station» is "A 1"; allowed is the station’s name'],
    [{ devices: {} }, '«devices» is {}; allowed is a list of devices'],
    [{ journal: 'x' }, '«journal» is "x"; allowed is no such member, but broker, outlet, station'],
  ])(
    'a fault of its core is fatal and named with member, value, what is allowed and the remedy: %j',
    (change, message) => {
      expect(() => read(change)).toThrow(Misconfigured);
      expect(() => read(change)).toThrow(message);
      expect(() => read(change)).toThrow(`${kiosk.file}: `);
      expect(() => read(change)).toThrow('Correct it there and start the kiosk again');
    },
  );

  it('says which file can’t be read, and where it is no YAML, without repeating the line: a secret may stand there', () => {
    expect(() => readKiosk(join(kiosk.folder, 'other.yaml'))).toThrow(
      /other\.yaml can’t be read: .*--config/,
    );
    writeFileSync(kiosk.file, 'broker:\n  url: "mqtt://x\n  password: s3cret: x\n');
    expect(() => readKiosk(kiosk.file)).toThrow(/is no YAML: line \d+, column \d+: [A-Z_]+$/);
    writeFileSync(kiosk.file, 'a: [s3cret');
    expect(() => readKiosk(kiosk.file)).toThrow(/is no YAML(?!.*s3cret)/);
  });

  it.each([
    [
      { ...PRINTER_DEVICE, transport: { ...PRINTER_DEVICE.transport, port: 70_000 } },
      '«devices.printer.transport.port» is 70000; allowed is a whole number from 1 to 65535',
    ],
    [
      { ...PRINTER_DEVICE, model: 'epson' },
      '«devices.printer.model» is "epson"; allowed is epson-80 or clone-58',
    ],
    [
      { ...PRINTER_DEVICE, driver: 'escpos' },
      '«devices.printer.driver» is "escpos"; allowed is printer-escpos, ',
    ],
    [{ ...PRINTER_DEVICE, modle: 1 }, '«devices.printer.modle» is 1; allowed is no such member, but model'],
    [
      { ...PRINTER_DEVICE, url: 'mqtt://y' },
      '«devices.printer.url» is "given"; allowed is no such member of a device',
    ],
  ])(
    'KSK-001 a fault of a device disables that one, named as it stands in the file: %j',
    async (device, message) => {
      const sign = { name: 'sign', driver: 'sign', characters: 8, transport: PRINTER_DEVICE.transport };
      const why = await whyOf([device, sign], 'printer');
      expect(why).toContain(`${kiosk.file}: ${message}`);
      expect(why).toContain('Correct it there and start the kiosk again');
      expect(await whyOf([device, sign], 'sign')).toBeUndefined();
    },
  );

  it.each([
    [{ ...PRINTER_DEVICE, name: 'Printer' }, '«devices.2.name» is "Printer"'],
    [{ ...PRINTER_DEVICE, name: 'kiosk' }, '«devices.2.name» is "kiosk"'],
    [PRINTER_DEVICE, '«devices.2.name» is "printer"; allowed is a name'],
    ['printer', '«devices.2.name» is missing'],
  ])('a device without a name of its own is called by its number: %j', async (second, message) => {
    expect(await whyOf([PRINTER_DEVICE, second], '2')).toContain(message);
    expect(await whyOf([PRINTER_DEVICE, second], 'printer')).toBeUndefined();
  });

  it('a partner’s module counts from the file’s folder, and is loaded here only where that is asked for', async () => {
    kiosk.put('mine.mjs', 'globalThis.wasLoaded = true;\nexport const driver = { class: "sing" };');
    const device = { ...PRINTER_DEVICE, driver: './mine.mjs' };
    const [only] = read({ devices: [device] }).devices;
    expect(only).toMatchObject({ config: { driver: join(kiosk.folder, 'mine.mjs') } });
    expect(await whyOf([device], 'printer')).toBeUndefined();
    expect(globalThis).not.toHaveProperty('wasLoaded');
    expect(await whyOf([device], 'printer', true)).toContain('names the class "sing"');
  });
});

describe('secrets', () => {
  it('one that others can read is refused with the remedy: the device’s disables the device, the kiosk’s is fatal', async () => {
    const at = kiosk.put('secrets/printer', 'secret', 0o644);
    const why = await whyOf([PRINTER_DEVICE], 'printer');
    expect(why).toContain(`«secrets.printer» is ${at}, with the rights 0644; allowed is`);
    expect(why).toContain(`chmod 640 ${at}`);
    kiosk.put('secrets/kiosk', 'secret', 0o604);
    expect(() => read()).toThrow(/«secrets\.kiosk» is .*0604.*chmod 640/);
  });

  it('one that is missing or has more than a word disables its device', async () => {
    rmSync(join(kiosk.folder, 'secrets/printer'));
    expect(await whyOf([PRINTER_DEVICE], 'printer')).toMatch(/«secrets\.printer» is .*no such file/);
    kiosk.put('secrets/printer', 'name secret');
    expect(await whyOf([PRINTER_DEVICE], 'printer')).toContain(
      'allowed is a file with the secret as its only word',
    );
  });

  it('they may stand in the file itself, if others can’t read it; a missing one is not made up', async () => {
    const secrets = { kiosk: 'k', printer: 'p' };
    expect(read({ secrets }).devices[0]).toMatchObject({ config: { password: 'p' } });
    expect(await whyOf([PRINTER_DEVICE, { ...PRINTER_DEVICE, name: 'second' }], 'second')).toContain(
      '«secrets.second»',
    );
    kiosk.describe({ secrets }, 0o644);
    expect(() => readKiosk(kiosk.file)).toThrow(/«secrets» is .*kiosk\.yaml, with the rights 0644/);
    expect(() => read({ secrets: { printer: 'p' } })).toThrow('«secrets.kiosk» is missing');
  });

  it('none is asked for where only the devices matter', () => {
    kiosk.describe({ secrets: 'none', broker: { url: 'mqtts://x', tls: { ca: 'none.pem' } } });
    expect(() => readKiosk(kiosk.file)).toThrow(Misconfigured);
    expect(readKiosk(kiosk.file, { secrets: false }).devices).toEqual([
      expect.objectContaining({ config: expect.anything() }),
    ]);
  });

  it('the key of the certificate is one too', () => {
    kiosk.put('key.pem', '-----BEGIN PRIVATE KEY-----', 0o644);
    kiosk.put('cert.pem', '-----BEGIN CERTIFICATE-----', 0o644);
    const broker = { url: 'mqtts://x', tls: { cert: 'cert.pem', key: 'key.pem' } };
    expect(() => read({ broker })).toThrow(/«broker\.tls\.key» is .*key\.pem, with the rights 0644/);
    kiosk.put('key.pem', '-----BEGIN PRIVATE KEY-----');
    expect(read({ broker }).tls).toEqual({
      cert: join(kiosk.folder, 'cert.pem'),
      key: join(kiosk.folder, 'key.pem'),
    });
    kiosk.put('cert.pem', 'der');
    expect(() => read({ broker })).toThrow('allowed is a file in the PEM format');
  });
});
