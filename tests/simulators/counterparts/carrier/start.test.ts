import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { TIME_TOPIC } from '../../../../contracts/topics.ts';
import { type CarrierOptions, startCarrier } from '../../../../simulators/counterparts/carrier/start.ts';
import { Broker } from '../../../contracts/endpoint/broker.ts';
import { beat, REQ, request } from '../../../contracts/endpoint/harness.ts';

const toClose: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of toClose.splice(0).reverse()) await each.close();
});

const clock: CarrierOptions['clock'] = {
  now: Date.now,
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

async function open(more: Partial<CarrierOptions> = {}) {
  const broker = await Broker.open();
  toClose.push(broker);
  const start = async () => {
    const born = broker.heard.length;
    const carrier = await startCarrier({
      url: `mqtt://127.0.0.1:${broker.port}`,
      password: 'secret',
      clock,
      ...more,
    });
    toClose.push(carrier);
    await broker.hears((heard) => heard.slice(born).find(({ topic }) => topic.endsWith('/state')));
    broker.say(TIME_TOPIC, beat(Date.now()));
    return carrier;
  };
  const perform = (id: string, key: string, account: string) =>
    broker.say(REQ, request({ id, key, expiry: Date.now() + 60_000, data: { account, amountFen: 3_000 } }));
  const inquire = async (id: string, originalKey: string) => {
    broker.say(REQ, request({ id, type: 'yizhan.carrier.inquire', data: { originalKey } }));
    return (await broker.hears((heard) => heard.find(({ envelope }) => envelope.causation === id))).envelope
      .data;
  };
  const ends = () =>
    broker.heard
      .filter(({ envelope }) => envelope.type.endsWith('perform.completed'))
      .map(({ envelope }) => envelope);
  return { broker, start, perform, inquire, ends };
}

test('MOB-02 over the wire a top-up is accepted, in processing, and succeeds; CAR-DUP-CB 9912 is told twice', async () => {
  const { broker, start, perform, ends } = await open();
  const carrier = await start();
  perform('R1', 'K1', '13808001234');
  await broker.hears(() => ends().find(({ causation }) => causation === 'R1'));
  const types = broker.heard
    .filter(({ envelope }) => envelope.causation === 'R1')
    .map(({ envelope }) => envelope.type.split('.').at(-1));
  expect(types).toEqual(['accepted', 'processing', 'completed']);
  perform('R2', 'K2', '13808009912');
  const [first, second] = await broker.hears(() => {
    const told = ends().filter(({ causation }) => causation === 'R2');
    return told.length === 2 ? told : undefined;
  });
  expect(first?.id).not.toBe(second?.id);
  expect(first?.data).toEqual(second?.data);
  expect(carrier.books.subscriber('13808009912').balanceFen).toBe(3_000);
});

test('CRR-004 the books outlive the process: a charge whose reply was lost is found by its key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carrier-'));
  toClose.unshift({ close: () => rm(folder, { recursive: true }) });
  const { broker, start, perform, inquire, ends } = await open({ folder });
  const first = await start();
  perform('R1', 'K1', '13808009906');
  await broker.hears((heard) => heard.find(({ envelope }) => envelope.type.endsWith('.accepted')));
  expect(await inquire('Q1', 'K1')).toMatchObject({ result: { standing: 'succeeded', amountFen: 3_000 } });
  expect(ends()).toEqual([]);
  await first.close();
  toClose.pop();
  const second = await start();
  const restarted = await broker.hears(() => ends()[0]);
  expect(restarted).toMatchObject({
    causation: 'R1',
    data: { outcome: 'unknown', error: { code: 'adapter.restarted' } },
  });
  expect(await inquire('Q2', 'K1')).toMatchObject({ result: { standing: 'succeeded', amountFen: 3_000 } });
  expect(second.books.subscriber('13808009906').balanceFen).toBe(3_000);
});
