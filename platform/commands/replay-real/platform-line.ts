import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { parseTopic } from '../../../contracts/topics.ts';
import type { BusListener } from '../../bus/bus.ts';

/** The broker as a platform in another process sees it: behind it the tap stands between the platform and the places. */
export interface PlatformLine {
  readonly url: string;
  /** What the platform hears from now on. */
  readonly listener: BusListener;
  close(): Promise<void>;
}

/** @param say takes what the platform publishes */
export async function openPlatformLine(
  say: (topic: string, text: string) => void,
  connected: () => void,
): Promise<PlatformLine> {
  const broker = await Aedes.createBroker({ concurrency: 0 });
  broker.on('publish', (packet, client) => {
    if (client) say(packet.topic, packet.payload.toString());
  });
  // All its subscriptions stand: of each topic it has heard what is retained.
  broker.on('subscribe', (_subscriptions, client) => {
    if (client) connected();
  });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listener: {
      message(topic, payload) {
        const retain = parseTopic(topic)?.leaf === 'state';
        const packet = { topic, payload: Buffer.from(payload), qos: 1, retain, dup: false } as const;
        broker.publish({ cmd: 'publish', ...packet }, () => {});
      },
      up: () => {},
      down: () => {},
    },
    async close() {
      const ended = once(server, 'close');
      server.close();
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}
