import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '../../contracts/state.ts';
import { runDriver } from '../../drivers/host/run-driver.ts';
import { CLERK, OUTLET, TELLER } from '../../platform/commands/demo-data.ts';
import { connectHttp } from '../../platform/commands/http-client.ts';
import type { OrderView } from '../../platform/core/views.ts';
import { station } from '../drivers/host/station.ts';
import { BUILT, run } from '../flows/program.ts';
import { orderId } from '../support/ids.ts';
import { canMount, smallDisk, unmountable } from '../support/small-disk.ts';

const SOON = 20_000;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function disk(megabytes: number) {
  const small = smallDisk(megabytes);
  closers.push(small.close);
  return small;
}

const topUp = (n: number) => ({
  id: orderId(n),
  service: 'mobile-topup',
  fields: { phone: '13808001234' },
  amountFen: 1_000,
  again: true,
});

describe.skipIf(!canMount)(`a full disk${unmountable}`, () => {
  it.skipIf(!BUILT)(
    'S11 SEC-01 stops the platform before anything is told that is not on it; with room again all of it is there',
    async () => {
      const small = disk(8);
      const temporary = mkdtempSync(join(tmpdir(), 'yizhan-full-'));
      closers.push(() => rmSync(temporary, { recursive: true, force: true }));
      const data = join(small.path, 'data');
      const start = () => {
        const program = run(['start', '--port', '0', '--mqtt-port', '0', '--data', data], temporary);
        closers.push(async () => {
          if (program.process.exitCode !== null || program.process.signalCode !== null) return;
          program.process.kill('SIGKILL');
          await program.ends(SOON);
        });
        return program;
      };
      const page = async (program: ReturnType<typeof start>) =>
        (await program.says(/Page\s+(http:\/\/\S+)[\s\S]*Ctrl-C/, SOON))[1] ?? '';

      const first = start();
      const url = await page(first);
      const teller = connectHttp(url, TELLER);
      const purchase = { id: orderId(1), outlet: OUTLET.code, amountFen: 100_000 };
      await connectHttp(url, CLERK).post('/api/credit/purchases', purchase);
      const told = await teller.post<OrderView>('/api/payments', topUp(2));

      small.fill();
      // No answer at all, as after a power cut: the page repeats it under the same id.
      let untold = 0;
      for (let n = 3; untold === 0; n++)
        await teller.post('/api/payments', topUp(n)).catch((error: Error) => {
          expect(error.message).toBe('fetch failed');
          untold = n;
        });
      expect(await first.ends(SOON)).toBe(1);
      expect(first.errors()).toContain('the platform can not go on: SQLITE_FULL');
      expect(first.errors()).toContain('腾出磁盘空间');
      expect(first.errors()).toContain('make room');

      // Nor does it start on it, and it says why.
      const still = start();
      expect(await still.ends(SOON)).toBe(1);
      expect(still.errors()).toMatch(/ENOSPC\): make room/);

      small.makeRoom();
      const second = start();
      const again = connectHttp(await page(second), TELLER);
      expect(await again.get<OrderView>(`/api/orders/${orderId(2)}`)).toMatchObject({
        journalNo: told.journalNo,
      });
      const repeated = await again.post<OrderView>('/api/payments', topUp(untold));
      expect(repeated.journalNo).toMatch(/^\d{11}$/);
      for (let n = 2; n <= untold; n++)
        expect((await again.post<OrderView>('/api/payments', topUp(n))).state).not.toBe('rejected');
      const { availableFen } = await again.get<{ availableFen: number }>('/api/credit');
      expect(availableFen).toBe(100_000 - 1_000 * (untold - 1));
      second.process.kill('SIGINT');
      expect(await second.ends(SOON)).toBe(0);
      const copy = run(['backup', '--data', data, '--to', join(temporary, 'copy')], temporary);
      expect(await copy.ends(SOON), copy.errors()).toBe(0);
    },
    120_000,
  );

  it('OPR-002 DEV-01 a driver that can not journal is seen offline and prints nothing; with room it prints once', async () => {
    const small = disk(1);
    const s = await station();
    closers.push(s.close);
    const config = { ...s.config, journalFolder: join(small.path, 'drivers') };
    const lines: string[] = [];
    const first = await runDriver(config, (line) => lines.push(line));
    await s.says('online');
    small.fill();
    s.print('k1');
    await s.broker.hears((heard) => {
      const last = heard.findLast(({ topic }) => topic.endsWith('/state'));
      return (last?.envelope.data as State | undefined)?.online === false ? true : undefined;
    });
    await first.close();
    expect(s.printer.papers).toEqual([]);
    expect(
      s.broker.heard.filter(({ envelope }) => envelope.key === 'k1' && envelope.source !== 'platform'),
    ).toEqual([]);
    expect(lines.join('\n')).toMatch(/ENOSPC.*free the disk and restart.*stays offline/);

    small.makeRoom();
    const second = await runDriver(config, () => {});
    closers.push(() => second.close());
    await s.says('online');
    s.print('k1');
    expect(await s.end('k1')).toMatchObject({ outcome: 'success' });
    expect(s.printer.papers).toHaveLength(1);
  });
});
