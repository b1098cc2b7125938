import { describe, expect, it } from 'vitest';
import type { Bench } from '../../../platform/http/app.ts';
import type { BenchControl } from '../../../platform/http/bench-control.ts';
import { BENCH, httpOver } from './client.ts';

const TOKEN = 'the-token-of-the-file';
const DAY = 86_400_000;

/** A bench that notes what it is told. */
async function open() {
  const told: unknown[] = [];
  const control: BenchControl = {
    token: TOKEN,
    jump: (ms) => Promise.resolve(void told.push(ms)),
    inject: (fault, how) => Promise.resolve(void told.push({ fault, ...how })),
    counter: (deed) => {
      told.push(deed);
      return Promise.resolve({
        cards: [],
        printer: { isOn: true, hasPaper: true, isCoverOpen: false, paper: '' },
      });
    },
  };
  const { app, platform } = await httpOver({ bench: { ...BENCH, control } });
  const tell = async (what: string, payload: object = {}, authorization = `Bearer ${TOKEN}`) => {
    const got = await app.inject({
      method: 'POST',
      url: `/bench/control/${what}`,
      payload,
      headers: { authorization },
    });
    return { status: got.statusCode, body: got.json() };
  };
  return { told, tell, platform };
}

const ROUTES = [
  ['cut-day', {}],
  ['jump', { ms: 1_000 }],
  ['inject', { fault: 'down' }],
  ['counter', { do: 'pull' }],
] as const;

describe('the control of a bench', () => {
  it.each(ROUTES)(
    'ACC-01 «%s» is not there in the field, nor on a bench without control',
    async (what, payload) => {
      for (const bench of [undefined, BENCH]) {
        const { app } = await httpOver(bench ? { bench } : {});
        const got = await app.inject({
          method: 'POST',
          url: `/bench/control/${what}`,
          payload,
          headers: { authorization: `Bearer ${TOKEN}` },
        });
        expect([got.statusCode, got.json().code]).toEqual([404, 'platform.notFound']);
      }
    },
  );

  it.each(ROUTES)('ACC-01 «%s» does nothing without its token, or with another', async (what, payload) => {
    const { told, tell, platform } = await open();
    const date = await platform.api.read((state) => state.businessDate);
    for (const authorization of ['', 'Bearer ', `Bearer ${TOKEN}x`, TOKEN, `Bearer ${TOKEN.slice(1)}x`])
      expect(await tell(what, payload, authorization)).toMatchObject({
        status: 401,
        body: { code: 'platform.notSignedIn' },
      });
    // A stranger is not even told what would fit.
    expect((await tell(what, { wrong: true }, '')).status).toBe(401);
    expect(told).toEqual([]);
    expect(await platform.api.read((state) => state.businessDate)).toBe(date);
  });

  it('S14 cuts the day: the next one is open when it answers', async () => {
    const { tell, platform } = await open();
    expect(await platform.api.read((state) => state.businessDate)).toBe('2026-11-23');
    expect(await tell('cut-day')).toMatchObject({ status: 200, body: { businessDate: '2026-11-24' } });
  });

  it('passes on what fits, and refuses what does not by its name', async () => {
    const { told, tell } = await open();
    expect(await tell('jump', { ms: 60_000 })).toMatchObject({
      status: 200,
      body: { now: expect.any(Number) },
    });
    await tell('inject', { fault: 'down', account: '13808001234', times: 3 });
    await tell('inject', { fault: 'printer-off' });
    expect(await tell('counter', { do: 'insert', card: '0001' })).toMatchObject({
      status: 200,
      body: { printer: { hasPaper: true } },
    });
    expect(told).toEqual([
      60_000,
      { fault: 'down', account: '13808001234', times: 3 },
      { fault: 'printer-off' },
      { do: 'insert', card: '0001' },
    ]);
    for (const [what, payload, named] of [
      ['jump', { ms: 0 }, 'ms'],
      ['jump', { ms: -1_000 }, 'ms'],
      ['jump', { ms: 32 * DAY }, 'ms'],
      ['inject', { fault: 'down', account: '1380800' }, 'account'],
      ['inject', { fault: 'down', times: 0 }, 'times'],
      ['counter', { do: 'steal' }, 'do'],
      ['counter', { do: 'insert', card: 'mine' }, 'card'],
      ['counter', { do: 'pull', force: true }, 'force'],
    ] as const) {
      const { status, body } = await tell(what, payload);
      expect([status, body.code]).toEqual([400, 'platform.badRequest']);
      expect(body.detail).toContain(named);
    }
    expect(told).toHaveLength(4);
  });

  it('ACC-01 the virtual counter’s page is there where a bench can be controlled, and nowhere else', async () => {
    const get = async (bench: Bench | undefined, url: string) => {
      const { app } = await httpOver(bench ? { bench } : {});
      return (await app.inject({ method: 'GET', url })).statusCode;
    };
    const control = {} as BenchControl;
    for (const file of ['/bench/counter', '/bench/counter.html', '/bench/counter.css']) {
      expect(await get({ ...BENCH, control }, file), file).toBe(200);
      for (const other of [undefined, BENCH]) {
        expect(await get(other, file), file).toBe(404);
        for (const disguised of [`/${file}`, `/.${file}`, `/x/..${file}`, file.replace('b', '%62')])
          expect(await get(other, disguised), disguised).not.toBe(200);
      }
    }
  });
});
