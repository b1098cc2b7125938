// Copies what the compiler leaves behind: the pages' files, the emulator's font with its licence, the kept scenarios and the files for the field, to the same places below dist.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ASSETS =
  /\.(html|css|svg|png|bin\.gz|rules|service|yaml)$|\bOFL\.txt$|\b(golden|regressions)[\\/][^\\/]+\.json$|\breport[\\/]page[\\/]\w+\.js$/;

for (const folder of ['platform/web', 'simulators', 'drivers/field'])
  for (const entry of readdirSync(folder, { recursive: true }))
    if (ASSETS.test(entry)) {
      const target = join('dist', folder, entry);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(folder, entry), target);
    }
