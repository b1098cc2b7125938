import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kioskFolder } from '../drivers/kiosk/kiosk-file.ts';
import { BUILT, skipped } from './program.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let entries: string[];
const main = () => join(folder, 'package/dist/platform/commands/main.js');

/** What `npm install` of the tarball would bring along, beside it: no package that only the development needs. */
function linkProductionPackages(): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: { [path: string]: { dev?: boolean; devOptional?: boolean } };
  };
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    // One below another package is there with it.
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || dev || devOptional) continue;
    // Of an optional one there may be nothing on this machine.
    if (!existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(folder, path));
  }
}

const yizhan = (...args: string[]) =>
  execFileSync(process.execPath, [main(), ...args], { cwd: folder, stdio: 'pipe' }).toString();

describe.skipIf(!BUILT)(`the packed program${skipped}`, () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-pack-'));
    // Without scripts: what is built is packed, and nothing is built here.
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      stdio: 'pipe',
    });
    const tarball = join(folder, 'yizhan-0.1.0.tgz');
    entries = execFileSync('tar', ['-tzf', tarball]).toString().trim().split('\n');
    execFileSync('tar', ['-xzf', tarball, '-C', folder]);
    linkProductionPackages();
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has what a machine needs to run it, to follow the manual and to set a kiosk up', () => {
    const needed = [
      'dist/platform/commands/main.js',
      'dist/drivers/host/process.js',
      ...['index.html', 'main.js', 'base.css', 'logo.svg'].map((file) => `dist/platform/web/${file}`),
      ...['70-kiosk.rules', 'yizhan-kiosk.service', 'kiosk.yaml'].map((file) => `dist/drivers/field/${file}`),
      'dist/simulators/golden/lost-reply.json',
      'docs/kiosk.md',
      'LICENSE',
    ];
    expect(needed.filter((file) => !entries.includes(`package/${file}`))).toEqual([]);
    const kept = execFileSync('git', ['ls-files', 'platform/web', 'simulators', 'drivers'], { cwd: ROOT })
      .toString()
      .trim()
      .split('\n')
      .filter((file) => !/\.(ts|mjs|md|patch|py)$|tsconfig\.json$/.test(file));
    // The receipt font with its licence, pages, golden and regression scenarios among them.
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.filter((file) => !entries.includes(`package/dist/${file}`))).toEqual([]);
  });

  it('has nothing else: no tests, no sources, no data of anybody’s', () => {
    const allowed =
      /^package\/(dist\/(contracts|platform|drivers|simulators)\/|docs\/\w+\.md$|(LICENSE|README\.md|package\.json)$)/;
    expect(entries.filter((entry) => !allowed.test(entry))).toEqual([]);
    expect(
      entries.filter((entry) =>
        /(^|\/)tests?\/|\.test\.|(?<!\.d)\.ts$|\.(sqlite|jsonl|env|pem|key)$|credentials|secrets?\//.test(
          entry,
        ),
      ),
    ).toEqual(['package/dist/platform/bus/credentials.js', 'package/dist/platform/bus/credentials.js.map']);
  });

  it('yizhan --help lists the commands', () => {
    const text = yizhan('--help');
    for (const command of ['start', 'kiosk', 'device', 'credential', 'explain'])
      expect(text).toContain(`yizhan ${command}`);
  });

  it('yizhan kiosk --check takes the example that is packed with it', () => {
    const kiosk = kioskFolder();
    try {
      const example = readFileSync(join(folder, 'package/dist/drivers/field/kiosk.yaml'), 'utf8');
      // Over plain MQTT: certificates are none of this test's matters.
      kiosk.put(
        'kiosk.yaml',
        example.replace(/ {2}url: .*\n(.*\n)*? {4}key: .*\n/, '  url: mqtt://centre.example\n'),
      );
      for (const [, name = ''] of example.matchAll(/^ {2}- name: (\S+)/gm))
        kiosk.put(`secrets/${name}`, 'secret');
      const said = yizhan('kiosk', '--check', '--config', kiosk.file);
      expect(said).toMatch(/printer +printer-escpos +正确 right/);
      expect(said).not.toContain('wrong');
    } finally {
      kiosk.remove();
    }
  });

  it('yizhan replay plays a scenario that is packed with it', () => {
    expect(yizhan('replay', join(folder, 'package/dist/simulators/golden/lost-reply.json'))).toContain(
      'PASS of 1 orders',
    );
  });

  it('yizhan start answers /health and serves the page', async () => {
    const args = [main(), 'start', '--port', '0', '--mqtt-port', '0', '--data', join(folder, 'data')];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      let url = '';
      for await (const line of createInterface(child.stdout)) {
        url = /Page\s+(http:\/\/\S+)/.exec(line)?.[1] ?? url;
        if (line.includes('Ctrl-C')) break;
      }
      expect(await (await fetch(new URL('/health', url))).json()).toMatchObject({ ok: true });
      expect(await (await fetch(url)).text()).toContain('main.js');
    } finally {
      const gone = once(child, 'close');
      child.kill('SIGTERM');
      await gone;
    }
  });
});
