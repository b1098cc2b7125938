import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from '../../../contracts/envelope.ts';
import type { Completion } from '../../../contracts/operation.ts';
import { type State, TIME_TYPE } from '../../../contracts/state.ts';
import { placeOfName, TIME_TOPIC, topicOf } from '../../../contracts/topics.ts';
import type { DriverConfiguration } from '../../../drivers/host/configuration.ts';
import { Broker } from '../../contracts/endpoint/broker.ts';

/** A broker and the platform's side of the wire, for devices of any class. */
export async function stationOf() {
  const broker = await Broker.open();
  const journalFolder = mkdtempSync(join(tmpdir(), 'yizhan-driver-'));
  const placeOf = (device: string) => {
    const place = placeOfName(`dev.13000001.s1.${device}`);
    if (!place) throw new Error(`${device} is no device's name`);
    return place;
  };
  const say = (topic: string, type: string, data: object, more: object = {}) =>
    broker.say(
      topic,
      Buffer.from(
        encode({ id: crypto.randomUUID(), source: 'platform', type, time: Date.now(), data, ...more }),
      ),
    );

  return {
    broker,
    journalFolder,
    config: (device: string, more: object): DriverConfiguration => ({
      url: `mqtt://127.0.0.1:${broker.port}`,
      name: `dev.13000001.s1.${device}`,
      password: 'secret',
      driver: device,
      transport: { kind: 'tcp', host: '127.0.0.1', port: 1 },
      journalFolder,
      ...more,
    }),
    beat: () => say(TIME_TOPIC, TIME_TYPE, { now: Date.now(), epoch: 'platform-1' }),
    /** Sends a command and waits for its end. */
    async command(device: string, type: string, key: string, data: object): Promise<Completion> {
      say(TIME_TOPIC, TIME_TYPE, { now: Date.now(), epoch: 'platform-1' });
      say(topicOf(placeOf(device), 'req'), type, data, { key, expiry: Date.now() + 60_000 });
      return await broker.hears((heard) => {
        const reply = heard.find(
          ({ envelope }) => envelope.type === `${type}.completed` && envelope.key === key,
        );
        return reply && (reply.envelope.data as Completion);
      });
    },
    /** Waits until the latest state told of the device fits. */
    state: (device: string, fits: (state: State) => boolean): Promise<State> =>
      broker.hears((heard) => {
        const last = heard.findLast(({ topic }) => topic === topicOf(placeOf(device), 'state'));
        const state = last && (last.envelope.data as State);
        return state && fits(state) ? state : undefined;
      }),
    async close() {
      await broker.close();
      rmSync(journalFolder, { recursive: true, force: true });
    },
  };
}
