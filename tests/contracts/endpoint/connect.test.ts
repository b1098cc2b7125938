import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Behaviour, Command } from '../../../contracts/endpoint/behaviour.ts';
import {
  type Connection,
  type ConnectOptions,
  connectEndpoint,
} from '../../../contracts/endpoint/connect.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';
import type { State } from '../../../contracts/state.ts';
import { TIME_TOPIC, topicOf } from '../../../contracts/topics.ts';
import { Broker, type Heard } from './broker.ts';
import { beat, place, REP, REQ, request, success } from './harness.ts';

const STATE = topicOf(place, 'state');

const toClose: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of toClose.splice(0).reverse()) await each.close();
});

async function broker(port?: number): Promise<Broker> {
  const opened = await Broker.open(port);
  toClose.push(opened);
  return opened;
}

async function connection(
  port: number,
  more: Partial<ConnectOptions> = {},
): Promise<Connection & { commands: Command[] }> {
  const commands: Command[] = [];
  const behaviour: Behaviour = {
    capabilities: {},
    status: () => ({ upstream: 'up' }),
    command: (command) => commands.push(command),
    question: ({ answer }) => answer({ outcome: 'success', result: { standing: 'notFound' } }),
  };
  const url = `mqtt://127.0.0.1:${port}`;
  const opened = await connectEndpoint({
    place,
    profile: carrier,
    behaviour,
    url,
    password: 'secret',
    reconnectMs: 5,
    ...more,
  });
  toClose.push(opened);
  return { ...opened, commands };
}

const states = (heard: readonly Heard[]) =>
  heard.filter(({ topic }) => topic === STATE).map(({ envelope }) => envelope.data as State);
const birth = (n: number) => (heard: readonly Heard[]) => states(heard).filter(({ online }) => online)[n];

test('STA-001 STA-003 TOP-003 birth first, retained; on closing the death is acked before the disconnect, and no will follows', async () => {
  const b = await broker();
  const endpoint = await connection(b.port);
  const { epoch } = await b.hears(birth(0));
  expect(b.heard[0]).toMatchObject({ topic: STATE, retain: true, envelope: { source: 'cp.china-mobile.1' } });
  expect(b.subscribed).toEqual([[TIME_TOPIC], [REQ]]);
  await vi.waitFor(() => expect(endpoint.online()).toBe(true));
  await endpoint.close();
  expect(endpoint.online()).toBe(false);
  expect(states(b.heard)).toMatchObject([
    { online: true, epoch },
    { online: false, epoch, sequence: 1 },
  ]);
});

test('STA-002 a cut line leaves the will of its epoch, and the next connection has another epoch', async () => {
  const b = await broker();
  await connection(b.port);
  const first = await b.hears(birth(0));
  b.cut();
  const will = await b.hears((heard) => states(heard).find(({ online }) => !online));
  const second = await b.hears(birth(1));
  expect(will.epoch).toBe(first.epoch);
  expect(second.epoch).not.toBe(first.epoch);
});

test('BRK-RESTART after a broker’s restart it is born again and tells the end that was made meanwhile', async () => {
  const b = await broker();
  const endpoint = await connection(b.port);
  await b.hears(birth(0));
  b.say(TIME_TOPIC, beat(Date.now()));
  b.say(REQ, request({ id: 'R1', expiry: Date.now() + 60_000 }));
  await b.hears((heard) => heard.find(({ envelope }) => envelope.type.endsWith('.accepted')));
  await vi.waitFor(() => expect(endpoint.commands).toHaveLength(1));
  await b.close();
  toClose.splice(toClose.indexOf(b), 1);
  await vi.waitFor(() => expect(endpoint.online()).toBe(false));
  endpoint.commands[0]?.complete(success);
  const again = await broker(b.port);
  const told = await again.hears((heard) => heard.find(({ topic }) => topic === REP));
  expect(told.envelope).toMatchObject({
    type: 'yizhan.carrier.perform.completed',
    causation: 'R1',
    data: success,
  });
});

test('TOP-003 a retained beat is an old one: it gives no time', async () => {
  const b = await broker();
  b.say(TIME_TOPIC, beat(Date.now()), true);
  await b.hears((heard) => heard[0]);
  await connection(b.port);
  await b.hears(birth(0));
  b.say(REQ, request({ id: 'R1', expiry: Date.now() + 60_000 }));
  const reply = await b.hears((heard) => heard.find(({ topic }) => topic === REP));
  expect(reply.envelope.data).toMatchObject({ error: { code: 'contract.timeUnknown' } });
});

test('OPR-003 OPR-007 with a journal file a key outlives the process: open ones end as unknown and are not started again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'endpoint-'));
  toClose.unshift({ close: () => rm(folder, { recursive: true }) });
  const journalFile = join(folder, 'keys.jsonl');
  const b = await broker();
  const first = await connection(b.port, { journalFile });
  await b.hears(birth(0));
  b.say(TIME_TOPIC, beat(Date.now()));
  b.say(REQ, request({ id: 'R1', expiry: Date.now() + 60_000 }));
  await vi.waitFor(() => expect(first.commands).toHaveLength(1));
  await first.close();
  const second = await connection(b.port, { journalFile });
  const end = await b.hears((heard) => heard.find(({ envelope }) => envelope.type.endsWith('.completed')));
  expect(end.envelope).toMatchObject({
    causation: 'R1',
    correlation: 'T1',
    data: { error: { code: 'adapter.restarted' } },
  });
  b.say(REQ, request({ id: 'R2', expiry: Date.now() + 60_000 }));
  await b.hears((heard) =>
    heard.find(({ envelope }) => envelope.causation === 'R2' && envelope.type.endsWith('.completed')),
  );
  expect(second.commands).toEqual([]);
});

test('a refused password is logged once, with the name, the address and the remedy', async () => {
  const b = await broker();
  const lines: string[] = [];
  let refusals = 0;
  const seen = new Promise<void>((done) => {
    b.aedes.on('clientError', () => {});
    b.aedes.on('connectionError', () => {});
    const { authenticate } = b.aedes;
    b.aedes.authenticate = (...all) => {
      if (++refusals === 3) done();
      authenticate.apply(b.aedes, all);
    };
  });
  const endpoint = await connection(b.port, {
    password: 'wrong',
    log: (line) => lines.push(line),
    reconnectMs: 1,
  });
  await seen;
  expect(lines).toEqual([
    `cp.china-mobile.1: mqtt://127.0.0.1:${b.port} refused the name or its password: check the credential that was issued for «cp.china-mobile.1»`,
  ]);
  expect(endpoint.online()).toBe(false);
});

test('a place outside the grammar is refused before anything is connected', async () => {
  const wrong = { kind: 'counterpart', counterpart: 'China Mobile', instance: '1' } as const;
  await expect(connection(1, { place: wrong })).rejects.toThrow(
    '«China Mobile» must be 1 to 32 of the characters',
  );
});
