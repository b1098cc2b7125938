import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadCredentials } from '../bus/credentials.ts';
import { UsageError } from './options.ts';
import { CREDENTIALS } from './station.ts';

/** `yizhan credential NAME [FOLDER]`: lets a partner's adapter or driver connect to the station on this folder. */
export function credential([name, folder = '.yizhan']: string[]): number {
  if (name === undefined || name === '--help') {
    console.log(
      "yizhan credential NAME [FOLDER]\n\n  issues the secret for a name, such as cp.china-mobile.2 or dev.51010001.1.printer-2, on the station's\n  folder (.yizhan); also while it runs. The name's old secret is no longer valid.",
    );
    return name === undefined ? 2 : 0;
  }
  const path = resolve(folder);
  if (!existsSync(path))
    throw new UsageError(
      `there is no station's folder at ${path}: start the station first, or name its folder`,
    );
  const secret = loadCredentials(join(path, CREDENTIALS)).issueCredential(name);
  console.log(
    `name    ${name}   (client id and user name)\nsecret  ${secret}   (password; it is shown this once)`,
  );
  return 0;
}
