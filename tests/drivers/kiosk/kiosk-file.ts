import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PRINTER_DEVICE = {
  name: 'printer',
  driver: 'printer-escpos',
  model: 'epson-80',
  transport: { kind: 'tcp', host: '127.0.0.1', port: 9100 },
};

/** A kiosk’s folder with its file and its secrets; `remove` ends it. */
export function kioskFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-kiosk-'));
  const file = join(folder, 'kiosk.yaml');
  mkdirSync(join(folder, 'secrets'));
  const put = (path: string, text: string, mode = 0o640) => {
    const at = join(folder, path);
    writeFileSync(at, text);
    chmodSync(at, mode);
    return at;
  };
  for (const name of ['kiosk', 'printer', 'sign', 'broken']) put(`secrets/${name}`, 'secret\n');
  return {
    folder,
    file,
    put,
    /** Writes the file: JSON is YAML. */
    describe(change: object = {}, mode = 0o640) {
      const kiosk = {
        broker: { url: 'mqtt://127.0.0.1:1883' },
        outlet: '51010001',
        station: '1',
        secrets: 'secrets',
        journals: 'journals',
        devices: [PRINTER_DEVICE],
        ...change,
      };
      return put('kiosk.yaml', JSON.stringify(kiosk, null, 2), mode);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
