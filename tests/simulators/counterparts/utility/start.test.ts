import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Envelope } from '../../../../contracts/envelope.ts';
import { TIME_TOPIC, topicOf } from '../../../../contracts/topics.ts';
import {
  startUtility,
  UTILITY_PLACE,
  type UtilityOptions,
} from '../../../../simulators/counterparts/utility/start.ts';
import { Broker } from '../../../contracts/endpoint/broker.ts';
import { beat, request } from '../../../contracts/endpoint/harness.ts';

const REQ = topicOf(UTILITY_PLACE, 'req');

const toClose: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of toClose.splice(0).reverse()) await each.close();
});

const clock: UtilityOptions['clock'] = {
  now: Date.now,
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

async function open(more: Partial<UtilityOptions> = {}) {
  const broker = await Broker.open();
  toClose.push(broker);
  /** Does it, and waits for the birth that follows; then it knows the time. */
  const born = async <T>(act: () => Promise<T>) => {
    const before = broker.heard.length;
    const done = await act();
    await broker.hears((heard) =>
      heard
        .slice(before)
        .find(
          ({ topic, envelope }) => topic.endsWith('/state') && (envelope.data as { online: boolean }).online,
        ),
    );
    broker.say(TIME_TOPIC, beat(Date.now()));
    return done;
  };
  const utility = await born(() =>
    startUtility({ url: `mqtt://127.0.0.1:${broker.port}`, password: 'secret', clock, ...more }),
  );
  toClose.push(utility);
  const say = (id: string, operation: string, data: object, command: Partial<Envelope> = {}) =>
    broker.say(REQ, request({ id, type: `yizhan.utility.${operation}`, data, ...command }));
  const ask = async (id: string, operation: string, data: object, key?: string) => {
    say(id, operation, data, key === undefined ? {} : { key, expiry: Date.now() + 60_000 });
    return (
      await broker.hears((heard) =>
        heard.find(({ envelope: e }) => e.causation === id && e.type.endsWith('.completed')),
      )
    ).envelope.data;
  };
  return { broker, utility, born, say, ask };
}

const customerNo = '510100009906';
const purchase = {
  customerNo,
  meterNo: '000100009906',
  cardSerial: '0051010000009906',
  count: 8,
  amountFen: 3_000,
};

test('CAR-01 CAR-05 over the wire: found, ordered, sealed, confirmed', async () => {
  const { utility, ask } = await open();
  const found = { customerNo: '510100000001', meterNo: '000100000001', cardSerial: '0051010000000001' };
  expect(await ask('R1', 'findCustomer', found)).toMatchObject({ result: { name: '张三', count: 7 } });
  expect(await ask('R2', 'order', { ...purchase, ...found }, 'K1')).toMatchObject({
    outcome: 'success',
    result: { ...found, count: 8, amountFen: 3_000 },
  });
  const seal = { originalKey: 'K1', cardSerial: found.cardSerial, challenge: '0011223344556677' };
  expect(await ask('R3', 'seal', { ...seal, purpose: 'purchase' })).toMatchObject({
    result: { before: { count: 7, amountFen: 10_000 }, after: { count: 8, amountFen: 3_000 } },
  });
  expect(await ask('R4', 'confirm', { originalKey: 'K1' }, 'K1.c')).toMatchObject({ outcome: 'success' });
  expect(utility.books.balanceFor('000100000001')).toBe(3_000);
});

test('UTL-008 books outlive the process and the loss of the adapter’s journal; the key is still ordered once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'utility-'));
  toClose.unshift({ close: () => rm(folder, { recursive: true }) });
  const { broker, utility, born, say, ask } = await open({ folder });
  say('R1', 'order', purchase, { key: 'K1', expiry: Date.now() + 60_000 });
  await broker.hears((heard) => heard.find(({ envelope }) => envelope.type.endsWith('.accepted')));
  expect(await ask('Q1', 'inquire', { originalKey: 'K1' })).toMatchObject({
    result: { standing: 'ordered' },
  });

  await born(() => utility.restart());
  // The journal knows that it was accepted, and not how it ended (OPR-007).
  expect(await ask('R1', 'order', purchase, 'K1')).toMatchObject({
    outcome: 'unknown',
    error: { code: 'adapter.restarted' },
  });
  await born(() => utility.restart({ losesJournal: true }));
  expect(await ask('Q2', 'inquire', { originalKey: 'K1' })).toMatchObject({
    result: { standing: 'ordered', count: 8, amountFen: 3_000 },
  });
  expect(await ask('R2', 'order', purchase, 'K1')).toMatchObject({ outcome: 'success', result: purchase });
  expect(utility.books.sums()).toMatchObject({ ordered: 3_000, open: 3_000 });
});

test('a rule that is injected is for the next order, and is not forgotten by a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'utility-'));
  toClose.unshift({ close: () => rm(folder, { recursive: true }) });
  const { utility, born, ask } = await open({ folder, customers: [] });
  expect([...utility.books.customers()]).toEqual([]);
  utility.inject({ conduct: 'down', times: 1 });
  await born(() => utility.restart());
  const plain = { ...purchase, customerNo: '510100000001' };
  const code = async (id: string) => (await ask(id, 'order', plain, id)) as { error: { code: string } };
  expect((await code('K1')).error.code).toBe('counterpart.unreachable');
  expect((await code('K2')).error.code).toBe('counterpart.accountInvalid');
});
