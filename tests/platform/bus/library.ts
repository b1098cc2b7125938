import { createServer, type Socket } from 'node:net';
import { duplexPair } from 'node:stream';
import { Aedes, type AedesOptions } from 'aedes';
import { type IClientOptions, MqttClient } from 'mqtt';
import { type closer, journal, type TestClient } from './support.ts';

/** The library's broker as it is, for tests of what it does by itself. */
export async function bareBroker(
  closing: ReturnType<typeof closer>,
  options: AedesOptions = {},
): Promise<Aedes> {
  const broker = await Aedes.createBroker(options);
  closing.add(() => new Promise<void>((resolve) => broker.close(resolve)));
  return broker;
}

/** Lets a bare broker listen on TCP, with or without Nagle's algorithm on its side. */
export async function onTcp(
  closing: ReturnType<typeof closer>,
  broker: Aedes,
  noDelay: boolean,
): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay }, (socket) => {
    sockets.add(socket);
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.add(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `mqtt://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** A client on an in-memory line. */
export function inMemory(
  closing: ReturnType<typeof closer>,
  broker: Aedes,
  clientId: string,
  options: IClientOptions = {},
): TestClient {
  const mqtt = new MqttClient(
    () => {
      const [ours, theirs] = duplexPair();
      // A pair does not tell one side that the other is gone; a line does.
      ours.on('close', () => theirs.destroy());
      theirs.on('close', () => ours.destroy());
      broker.handle(theirs);
      return ours;
    },
    { clientId, protocolVersion: 4, reconnectPeriod: 0, ...options },
  );
  closing.add(() => mqtt.end(true));
  mqtt.on('error', () => {});
  const messages: TestClient['messages'] = journal();
  mqtt.on('message', (topic, payload, { retain, dup }) =>
    messages.push({ topic, text: payload.toString(), retain, dup }),
  );
  const cut = () =>
    new Promise<void>((resolve) => {
      mqtt.stream.once('close', resolve);
      mqtt.stream.destroy();
    });
  return { mqtt, messages, cut };
}

export function once(client: MqttClient, event: 'connect' | 'close'): Promise<void> {
  return new Promise((resolve) => client.once(event, () => resolve()));
}
