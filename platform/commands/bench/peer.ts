import { Socket } from 'node:net';
import mqtt from 'mqtt';
import { encode } from '../../../contracts/envelope.ts';
import { STATE_TYPE } from '../../../contracts/state.ts';
import { nameOf, type Place, topicOf } from '../../../contracts/topics.ts';
import { answersTo } from './answer.ts';
import { PLACES } from './network.ts';

/**
 * The other process of the bench: the carrier and the printers as MQTT clients that answer at once. With `echo` they send
 * what they get straight back: the bare round trip that payments are measured against.
 */
async function connect(url: string, place: Place, password: string, echo: boolean): Promise<void> {
  const name = nameOf(place);
  const client = await mqtt.connectAsync(url, {
    clientId: name,
    username: name,
    password,
    protocolVersion: 4,
    clean: true,
  });
  // As every endpoint does: Nagle would hold a reply back behind an acknowledgement.
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  const reply = topicOf(place, 'rep');
  client.on('message', (_topic, payload) => {
    if (echo) return void client.publish(reply, payload, { qos: 1 });
    for (const answer of answersTo(name, payload.toString())) client.publish(reply, answer, { qos: 1 });
  });
  await client.subscribeAsync(topicOf(place, 'req'), { qos: 1 });
  const birth = {
    online: true,
    epoch: 'bench-epoch-1',
    sequence: 0,
    contract: '1.0',
    profile: place.kind === 'device' ? 'printer' : 'carrier',
  };
  const state = encode({
    id: `${name}/birth`,
    source: name,
    type: STATE_TYPE,
    time: Date.now(),
    data: birth,
  });
  await client.publishAsync(topicOf(place, 'state'), state, { qos: 1, retain: true });
}

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ url, secrets, echo }: { url: string; secrets: string[]; echo: boolean }) => {
  await Promise.all(PLACES.map((place, i) => connect(url, place, secrets[i] ?? '', echo)));
  process.send?.('ready');
});
