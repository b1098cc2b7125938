import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, type Envelope, encode } from '../../contracts/envelope.ts';
import { type Completion, checkOf, typesOf } from '../../contracts/operation.ts';
import { PROFILES } from '../../contracts/profiles.ts';
import type { State } from '../../contracts/state.ts';
import { nameOf, parseTopic, topicOf } from '../../contracts/topics.ts';
import { type Counter, openCounter } from '../links/counter.ts';
import { embedded, type Sent } from '../links/link.ts';
import { orderId } from '../support/ids.ts';
import { CARRIER, PRINTER } from '../support/small-platform.ts';
import { everyPlace } from './every-place.ts';
import { inBetween } from './in-between.ts';
import type { Spoken } from './speaker.ts';
import { committedSchemas } from './wire-schemas.ts';

/** One payment of each of the carrier's stories. */
const STORIES = ['1234', '9901', '9904', '9906', '9907', '9908', '9909', '9912'];
const schemas = committedSchemas();
const closers: (() => unknown)[] = [];
let said: Spoken[] = [];

const phoneOf = (digits: string) => `1380800${digits}`;
const idOf = (digits: string) => orderId(Number(digits));

function heard(counter: Counter, ask: () => void, fits: (text: string) => boolean): Promise<string> {
  return new Promise<string>((resolve) => {
    const look = ({ text }: Sent) => {
      if (!fits(text)) return;
      counter.passed.off('message', look);
      resolve(text);
    };
    counter.passed.on('message', look);
    ask();
  });
}

/** What the platform does not ask for yet: a reversal, and both answers to what is wrong. */
async function askByHand(counter: Counter): Promise<void> {
  const order = await counter.order(idOf('1234'));
  const original = { originalKey: `${order.id}.1`, account: phoneOf('1234'), amountFen: order.amountFen };
  const ask = (id: string, operation: string, data: object, more: Partial<Envelope> = {}) => {
    const time = counter.platform.now();
    const type = `yizhan.carrier.${operation}`;
    const text = encode({ id, source: 'platform', type, time, correlation: order.id, data, ...more });
    return heard(
      counter,
      () => counter.say(topicOf(CARRIER, 'req'), text),
      (answer) => answer.includes(`"causationid":"${id}"`) && answer.includes('.completed"'),
    );
  };
  const command = { key: 'reversal-1', expiry: counter.platform.now() + 60_000 };
  const application = { ...original, counterpartNo: order.counterpartNo };
  await ask('by-hand-1', 'applyForReversal', application, command);
  await ask('by-hand-2', 'inquireReversal', { applicationKey: 'reversal-1' });
  await ask('by-hand-3', 'inquire', { originalKey: 7 });
  await heard(
    counter,
    () => counter.say(topicOf(CARRIER, 'req'), '{"id":"by-hand-4","specversion":"1.0"}'),
    (answer) => answer.includes('"yizhan.refused"'),
  );
}

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-wire-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const counter = await openCounter(closers, folder, embedded(folder));
  const carrier = await counter.openCarrier();
  await counter.allThere();
  counter.drive(carrier);
  for (const digits of STORIES) await counter.pay(phoneOf(digits), idOf(digits));
  for (const digits of STORIES) await counter.until(() => counter.ended(idOf(digits)));
  counter.clock.stop();
  // A job that is asked for and cancelled, long printed: nobody here asks a printer of himself.
  const question = { originalKey: `${idOf('1234')}.p1` };
  for (const operation of ['inquire', 'cancel']) {
    const id = `by-hand-${operation}`;
    const type = `yizhan.printer.${operation}`;
    const text = encode({ id, source: 'platform', type, time: counter.platform.now(), data: question });
    await heard(
      counter,
      () => counter.say(topicOf(PRINTER, 'req'), text),
      (answer) => answer.includes(`"causationid":"${id}"`),
    );
  }
  await askByHand(counter);
  // A death is said, too.
  await carrier.close();
  await counter.until(async () => (await counter.epochs()).length === 1);
  said = counter.said.flatMap((message) => {
    const read = decode(message.text);
    return read.ok ? [{ ...message, envelope: read.envelope }] : [];
  });
  said.push(...(await everyPlace()));
});
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const ofType = (type: string) => said.filter(({ envelope }) => envelope.type === type);
/** How the carrier completed the payment of this story: its completions in order. */
const completions = (digits: string) =>
  ofType('yizhan.carrier.perform.completed')
    .filter(({ envelope }) => envelope.correlation === idOf(digits))
    .map(({ envelope }) => envelope.data as Completion);

describe('every message that the platform, the counterparts and the drivers really send', () => {
  it('ENV-001 fits the committed JSON Schema of its type, by a plain validator', () => {
    expect(said.length).toBeGreaterThan(80);
    const misfits = said.flatMap(({ text }) =>
      text.includes('by-hand-3') && !text.includes('causationid') ? [] : (schemas.misfit(text) ?? []),
    );
    expect(misfits).toEqual([]);
  });

  it('ENV-001 is of a type that has a schema, and every schema has a message', async () => {
    const types = new Set([...said, ...(await inBetween(said))].map(({ envelope }) => envelope.type));
    expect([...types].sort()).toEqual([...schemas.types].sort());
  });

  it('OPR-010 what may be said in between fits as well, for every command of every profile', async () => {
    const told = (await inBetween(said)).filter(({ topic }) => topic.endsWith('/rep'));
    expect(told.map(({ envelope }) => envelope.type.split('.').at(-1))).toContain('processing');
    expect(told.flatMap(({ text }) => schemas.misfit(text) ?? [])).toEqual([]);
  });

  it('a place tells its status and what it can do as its profile declares them', () => {
    const states = ofType('yizhan.state').map(({ envelope }) => envelope.data as State);
    const spoken = PROFILES.filter(({ operations }) => Object.keys(operations).length > 0);
    expect(new Set(states.map(({ profile }) => profile))).toEqual(new Set(spoken.map(({ name }) => name)));
    for (const { profile: name, online, status, capabilities } of states.filter((state) => state.online)) {
      const profile = PROFILES.find((each) => each.name === name);
      expect(profile && checkOf(profile.status)(status), `${name} ${online}`).toBeUndefined();
      expect(profile && checkOf(profile.capabilities)(capabilities), name).toBeUndefined();
    }
  });

  it('ENV-006 a fraction of a fen, a missing key and a success without a result would not fit', () => {
    const [perform] = ofType('yizhan.carrier.perform');
    const [success] = ofType('yizhan.carrier.perform.completed');
    const changed = (text = '', change: (message: Record<string, unknown>) => void) => {
      const message = JSON.parse(text) as Record<string, unknown>;
      change(message);
      return schemas.misfit(JSON.stringify(message));
    };
    const perfect = (perform?.envelope.data ?? {}) as object;
    expect(changed(perform?.text, (m) => Object.assign(m, { data: { ...perfect, amountFen: 0.5 } }))).toMatch(
      /data\/amountFen must be integer/,
    );
    expect(changed(perform?.text, (m) => delete m.idempotencykey)).toMatch(/idempotencykey/);
    expect(changed(perform?.text, (m) => delete m.expirytime)).toMatch(/expirytime/);
    expect(changed(success?.text, (m) => Object.assign(m, { data: { outcome: 'success' } }))).toMatch(
      /result/,
    );
    expect(changed(success?.text, (m) => delete m.causationid)).toMatch(/causationid/);
  });

  it('ENV-002 ENV-003 names its sender, and a reply repeats the request’s id, transaction and key', () => {
    const requests = new Map(
      said.filter(({ topic }) => topic.endsWith('/req')).map(({ envelope }) => [envelope.id, envelope]),
    );
    const replies = said.filter(({ topic }) => topic.endsWith('/rep'));
    expect(replies.length).toBeGreaterThan(30);
    for (const { topic, envelope } of replies) {
      const place = parseTopic(topic)?.place;
      expect(envelope.source).toBe(place && nameOf(place));
      if (envelope.type === 'yizhan.refused') continue;
      const request = requests.get(envelope.causation ?? '');
      expect(envelope.type.startsWith(`${request?.type}.`), envelope.type).toBe(true);
      expect(envelope.correlation).toBe(request?.correlation);
      expect(envelope.key).toBe(request?.key);
    }
    for (const { envelope } of said.filter(({ topic }) => /req|time/.test(topic)))
      expect(envelope.source).toBe('platform');
  });

  it('ENV-004 a command has a key and a deadline, and no two messages of one sender have one id', () => {
    const ids = said.map(({ envelope }) => `${envelope.source} ${envelope.id}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, operations } of PROFILES)
      for (const [operation, { kind }] of Object.entries(operations))
        for (const { envelope } of ofType(typesOf({ name }, operation).request)) {
          if (kind === 'question') continue;
          expect(envelope.key).toMatch(/./);
          expect(envelope.expiry).toBeGreaterThan(envelope.time);
        }
  });
});

describe('what the simulated carrier says of how it ended', () => {
  it('CRR-001 a success repeats account and amount', () => {
    for (const digits of ['1234', '9912'])
      expect(completions(digits)[0]).toMatchObject({
        outcome: 'success',
        result: { account: phoneOf(digits), amountFen: 5_000 },
      });
    expect(completions('9912')).toHaveLength(2);
  });

  it('CRR-002 failure is said where it declined or nothing was sent, and nowhere else', () => {
    expect(completions('9901')).toMatchObject([{ outcome: 'failure', error: { effect: 'none' } }]);
    expect(completions('9909')).toMatchObject([
      { outcome: 'failure', error: { code: 'counterpart.unreachable', effect: 'none' } },
    ]);
    const failed = STORIES.filter((digits) =>
      completions(digits).some(({ outcome }) => outcome === 'failure'),
    );
    expect(failed).toEqual(['9901', '9909']);
  });

  it('CRR-003 a time-out is unknown, charged or not, and a later inquiry asks the books', () => {
    for (const [digits, standing] of [
      ['9907', 'succeeded'],
      ['9908', 'notFound'],
    ] as const) {
      expect(completions(digits)).toMatchObject([
        { outcome: 'unknown', error: { code: 'counterpart.timeout', effect: 'unknown' } },
      ]);
      const told = ofType('yizhan.carrier.inquire.completed').filter(
        ({ envelope }) => envelope.correlation === idOf(digits),
      );
      expect(told.at(-1)?.envelope.data).toMatchObject({ outcome: 'success', result: { standing } });
    }
  });
});
