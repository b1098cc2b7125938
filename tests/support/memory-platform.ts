import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { Envelope } from '../../contracts/envelope.ts';
import { decode } from '../../contracts/envelope.ts';
import { wireError } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';
import { nameOf, type Place, parseTopic } from '../../contracts/topics.ts';
import type { Order } from '../../platform/core/order.ts';
import { orderOfRow } from '../../platform/core/orders.ts';
import { emptyState, findOrder, type Role } from '../../platform/core/state.ts';
import { findByJournalNo } from '../../platform/core/views.ts';
import { hashPassword } from '../../platform/http/password.ts';
import type { PlatformApi } from '../../platform/http/platform.ts';
import { signInText } from '../../platform/http/station-proof.ts';
import { GENESIS } from '../../platform/runtime/block.ts';
import { createRuntime } from '../../platform/runtime/runtime.ts';
import { createSightings } from '../../platform/service/sightings.ts';
import { createWatchers } from '../../platform/service/watchers.ts';
import { CARRIER, CLERK, OFFICE, OUTLET, PRINTER, START, SYSTEM } from './small-platform.ts';

export const OTHER_OUTLET = '51010002';
export const AREA = '51010000';
/** An area beside it, with an outlet of its own. */
export const OTHER_AREA = '52010000';
export const FOREIGN_OUTLET = '52010001';
export const PASSWORD = '271828';

/** Everybody on the memory platform: operator by role and place; all have {@link PASSWORD}. */
export const PEOPLE: readonly { organisation: string; operator: string; role: Role }[] = [
  { organisation: OUTLET, operator: 'T001', role: 'teller' },
  { organisation: OUTLET, operator: 'S001', role: 'supervisor' },
  { organisation: OTHER_OUTLET, operator: 'T001', role: 'teller' },
  { organisation: OFFICE, operator: 'C001', role: 'clerk' },
  { organisation: AREA, operator: 'A001', role: 'administrator' },
  { organisation: OTHER_AREA, operator: 'A002', role: 'administrator' },
];

const keys = new Map(
  [OUTLET, OTHER_OUTLET, OFFICE, AREA, OTHER_AREA, FOREIGN_OUTLET].map((organisation) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const pem = { type: 'spki', format: 'pem' } as const;
    return [
      organisation,
      {
        publicKey: publicKey.export(pem).toString(),
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    ];
  }),
);

/** The signature of an organisation's station 1, over what it is told to sign. */
export function signAt(
  keyOf: string,
  nonce: string,
  place = { organisation: keyOf, station: '1' },
): string | undefined {
  const key = keys.get(keyOf);
  if (!key) return undefined;
  const text = Buffer.from(signInText(place.organisation, place.station, nonce));
  return sign(null, text, key.privateKey).toString('base64');
}

let passwordHash: Promise<string> | undefined;

export type MemoryPlatform = Awaited<ReturnType<typeof memoryPlatform>>;

/**
 * The real core and runtime over a store that is a Map and a clock that is a variable. A block is durable a microtask after it
 * was appended, so that what is asked meanwhile gathers, as on a disk. The test plays the carrier and the printer.
 */
export async function memoryPlatform({ creditFen = 100_000 } = {}) {
  let now = START;
  const rows = new Map<string, Order>();
  const watchers = createWatchers();
  const sightings = createSightings();
  const published: { place: Place; envelope: Envelope }[] = [];
  const alerts: { at: number; code: string; about: string }[] = [];
  const counts = { blocks: 0, records: 0 };
  /** By the question's type: the answer to it. */
  const answers = new Map<string, (place: Place, data: object) => Completion | undefined>();

  const runtime = createRuntime(
    { state: emptyState(), last: 0, sinceSnapshot: 0, hash: GENESIS },
    {
      now: () => now,
      setAlarm: () => {},
      append(block) {
        for (const row of block.rows) rows.set(row.id, orderOfRow(row));
        counts.blocks++;
        counts.records += block.last - block.first + 1;
        queueMicrotask(() => runtime.durable());
      },
      load: (ids) => runtime.loaded(ids.flatMap((id) => structuredClone(rows.get(id)) ?? [])),
      publish(topic, text) {
        const place = parseTopic(topic)?.place;
        const read = decode(text);
        if (place && read.ok) published.push({ place, envelope: read.envelope });
      },
      changed(outlet, order) {
        watchers.tell({ outlet, ...(order ? { order } : {}) });
      },
      alert: (code, about) => alerts.push({ at: now, code, about }),
      marked: () => {},
      fatal(error) {
        throw error;
      },
      hash: (text) => createHash('sha256').update(text).digest('hex'),
    },
  );

  const api: PlatformApi = {
    now: () => now,
    command: (principal, command) => new Promise((done) => runtime.command(principal, command, done)),
    read: (look) =>
      new Promise((done, fail) => {
        try {
          runtime.read(look, done);
        } catch (error) {
          fail(error);
        }
      }),
    // Whoever is asked answers what the test wants, or nothing.
    ask: (place, types, data) => Promise.resolve(answers.get(types.request)?.(place, data)),
    async order(id) {
      return (
        (await api.read((state) => structuredClone(findOrder(state, id)))) ?? structuredClone(rows.get(id))
      );
    },
    findByJournalNo: async (outlet, journalNo) =>
      (await api.read((state) => findByJournalNo(state, outlet, journalNo))) ??
      [...rows.values()].find((row) => row.outlet === outlet && row.journalNo === journalNo)?.id,
    subscribe: watchers.add,
    alerts: () => alerts,
    sightings: sightings.all,
    health: () => ({ ok: true, detail: { blocks: counts.blocks } }),
    counters: () => ({ ...counts }),
  };

  const online = (place: Place, profile: string, there = true, status: object = {}) => {
    const change = { place, online: there, epoch: 'epoch-1', profile, status, capabilities: {} };
    sightings.note(change, now);
    runtime.input({ kind: 'presence', change });
  };

  /** A reply of the place to the last request it was sent about the order. */
  async function reply(
    place: Place,
    orderId: string,
    suffix: 'accepted' | 'processing' | 'completed',
    data: unknown,
  ) {
    const request = published.findLast(
      (sent) => nameOf(sent.place) === nameOf(place) && sent.envelope.correlation === orderId,
    )?.envelope;
    if (!request) throw new Error(`${nameOf(place)} was asked nothing about ${orderId}`);
    const { key } = request;
    runtime.input({
      kind: 'message',
      place,
      leaf: 'rep',
      envelope: {
        id: `${request.id}/${suffix}`,
        source: nameOf(place),
        type: `${request.type}.${suffix}`,
        time: now,
        correlation: orderId,
        causation: request.id,
        ...(key ? { key } : {}),
        data,
      },
    });
    // What it led to is durable, and what had to leave has left.
    await api.read(() => undefined);
  }

  runtime.input({ kind: 'started', epoch: 'platform-1' });
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  const system = (command: Parameters<typeof api.command>[1]) => api.command(SYSTEM, command);
  for (const organisation of [
    { code: AREA, kind: 'area', name: '成都市' },
    { code: OUTLET, kind: 'outlet', name: '春熙路报刊亭', parent: AREA },
    { code: OTHER_OUTLET, kind: 'outlet', name: '天府广场报刊亭', parent: AREA },
    { code: OFFICE, kind: 'office', name: '春熙路邮政支局', parent: AREA },
    { code: OTHER_AREA, kind: 'area', name: '贵阳市' },
    { code: FOREIGN_OUTLET, kind: 'outlet', name: '甲秀楼报刊亭', parent: OTHER_AREA },
  ] as const)
    await system({ type: 'registerOrganisation', organisation });
  for (const [organisation, { publicKey }] of keys)
    await system({ type: 'registerStation', station: { organisation, station: '1', publicKey } });
  for (const person of PEOPLE)
    await system({ type: 'registerPerson', person: { ...person, name: '王芳', passwordHash: hash } });
  online(CARRIER, 'carrier');
  online(PRINTER, 'printer');
  if (creditFen > 0)
    await api.command(CLERK, {
      type: 'buyCredit',
      id: '01JCREDT000000000000000000',
      outlet: OUTLET,
      amountFen: creditFen,
    });

  return {
    api,
    online,
    published,
    answers,
    reply,
    /** Time passes; what is due happens. */
    advance(ms: number) {
      now += ms;
      runtime.alarm();
    },
    /** The carrier did it, or declined it. */
    carrierSays(orderId: string, outcome: 'success' | 'declined') {
      const asked = published.find(({ envelope }) => envelope.key === `${orderId}.1`)?.envelope.data as
        | { account: string; amountFen: number }
        | undefined;
      return reply(
        CARRIER,
        orderId,
        'completed',
        outcome === 'success'
          ? { outcome: 'success', result: { ...asked, counterpartNo: 'CM20261123000042' } }
          : { outcome: 'failure', error: wireError('counterpart.accountClosed') },
      );
    },
    /** The printer finished the order's latest sheet. */
    async printed(orderId: string) {
      await reply(PRINTER, orderId, 'accepted', {});
      await reply(PRINTER, orderId, 'completed', { outcome: 'success', result: { proof: 'processId' } });
    },
  };
}
