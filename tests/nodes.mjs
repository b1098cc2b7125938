// The same seeds under other releases of Node must give the same digest of everything that happens. Needs the network, once:
// npm brings each release as a package.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RELEASES = ['20', '22', '24'];
const COMMAND = ['dist/platform/commands/main.js', 'simulate', '--seeds', '1..60', '--json'];

const folder = mkdtempSync(join(tmpdir(), 'yizhan-nodes-'));
const digests = RELEASES.map((release) => {
  const out = execFileSync('npx', ['-y', `node@${release}`, ...COMMAND, '--report', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const { traceHash, verdict } = JSON.parse(out);
  console.log(`node ${release}: ${traceHash} ${verdict}`);
  return traceHash;
});
rmSync(folder, { recursive: true, force: true });
if (new Set(digests).size !== 1) {
  console.error(
    'the same seeds ran differently: a clock, chance, or an order that the language leaves open got into the world',
  );
  process.exit(131);
}
