// Copies what the compiler leaves behind: the pages' files, the emulator's font and the kept scenarios, to the same places below dist.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ASSETS =
  /\.(html|css|svg|png|bin\.gz)$|\b(golden|regressions)[\\/][^\\/]+\.json$|\breport[\\/]page[\\/]\w+\.js$/;

for (const folder of ['platform/web', 'simulators'])
  for (const entry of readdirSync(folder, { recursive: true }))
    if (ASSETS.test(entry)) {
      const target = join('dist', folder, entry);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(folder, entry), target);
    }
