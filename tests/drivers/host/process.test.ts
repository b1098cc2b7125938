import { type ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { MISCONFIGURED_CODE, VARIABLE } from '../../../drivers/host/misconfigured.ts';
import { station } from './station.ts';

const script = fileURLToPath(new URL('../../../dist/drivers/host/process.js', import.meta.url));
const built = existsSync(script);
const WHY = built ? '' : ' (SKIPPED: dist/drivers/host/process.js is missing; run «npm run build»)';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function start(config: object, execArgv: string[] = []): ChildProcess {
  const env = { ...process.env, [VARIABLE]: JSON.stringify(config) };
  const child = fork(script, [], { env, execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  ends.push(() => child.kill('SIGKILL'));
  return child;
}

/** Writes the name of each module that is loaded to standard error. */
const TELLS_WHAT_IS_LOADED = (() => {
  const data = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const hook = `import { writeSync } from 'node:fs';
    export const load = (url, context, next) => (writeSync(2, 'loaded ' + url + '\\n'), next(url, context));`;
  return data(`import { register } from 'node:module'; register(${JSON.stringify(data(hook))});`);
})();

/** Waits until the process has said these, among others, in this order. */
async function says(child: ChildProcess, ...wanted: string[]): Promise<void> {
  for await (const [message] of on(child, 'message')) {
    if (message === wanted[0]) wanted.shift();
    if (wanted.length === 0) return;
  }
}

describe('the driver’s process', () => {
  it.skipIf(!built)(`says that it is ready, and beats to its parent from then on${WHY}`, async () => {
    const s = await station();
    ends.push(s.close);
    const child = start(s.config);
    await says(child, 'ready', 'beat', 'beat');
  });

  it.skipIf(!built)(
    `prints what it is sent, and on SIGTERM says its farewell and ends with 0${WHY}`,
    async () => {
      const s = await station();
      ends.push(s.close);
      const child = start(s.config);
      await s.says('online');
      s.print('k1');
      expect(await s.end('k1')).toMatchObject({ outcome: 'success' });
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await exit).toEqual([0, null]);
      expect(s.broker.heard.at(-1)?.envelope.data).toMatchObject({ online: false });
    },
  );

  it.skipIf(!built)(`ends when its parent is gone${WHY}`, async () => {
    const s = await station();
    ends.push(s.close);
    const child = start(s.config);
    await says(child, 'ready');
    const exit = once(child, 'exit');
    child.disconnect();
    expect(await exit).toEqual([0, null]);
  });

  it.skipIf(!built)(`refuses a configuration that is wrong, and says what to correct${WHY}`, async () => {
    const child = start({ url: 'ftp://x' });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
    });
    expect(await once(child, 'close')).toEqual([MISCONFIGURED_CODE, null]);
    expect(said).toContain('«url» is "ftp://x"; allowed is');
  });

  it.skipIf(!built)(`loads node-hid where a HID device is configured, and nowhere else${WHY}`, async () => {
    const s = await station();
    ends.push(s.close);
    const telling = (config: object) => {
      const child = start(config, ['--import', TELLS_WHAT_IS_LOADED]);
      const told = { child, all: '' };
      child.stderr?.on('data', (chunk) => {
        told.all += String(chunk);
      });
      return told;
    };
    const onTcp = telling(s.config);
    await s.says('online');
    onTcp.child.kill('SIGTERM');
    await once(onTcp.child, 'close');
    expect(onTcp.all).toMatch(/^loaded .*\/drivers\/transports\/hid\.js$/m);
    expect(onTcp.all).not.toContain('node-hid');

    const onHid = telling({
      ...s.config,
      transport: { kind: 'hid', vendorId: 'fffe', productId: '0ffd' },
    });
    while (!/^loaded .*\/node-hid\//m.test(onHid.all)) await once(onHid.child.stderr as Readable, 'data');
  });
});
