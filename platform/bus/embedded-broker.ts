import type { EventEmitter } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes, type AedesPublishPacket, type Client } from 'aedes';
import { subscriptionsOf } from '../../contracts/access.ts';
import type { Bus, BusListener } from './bus.ts';
import type { Credentials } from './credentials.ts';
import { gatekeeper, STILL_CONNECTED } from './gatekeeper.ts';

export interface EmbeddedBrokerOptions {
  /** Where to listen; only this machine by default. */
  host?: string;
  /** 0 takes any free port. */
  port: number;
  credentials: Credentials;
  listener: BusListener;
  /** PEM texts; with them the broker speaks TLS only. */
  tls?: Tls;
  /** A second door, for kiosks and partners elsewhere: on every address of this machine, in TLS. */
  field?: { port: number; tls: Tls };
}

export interface Tls {
  key: string | Buffer;
  cert: string | Buffer;
  /** Whose certificates a client must show one of; without it a client shows only its secret. */
  ca?: string | Buffer;
}

export interface EmbeddedBroker extends Bus {
  readonly port: number;
  /** Of the second door, where there is one. */
  readonly fieldPort: number | undefined;
  /** Cuts a client's connection; its will follows. It may connect again while it has its credential. */
  dropClient(name: string): void;
}

const EVERYWHERE = '0.0.0.0';

/** What a stranger may send before it has shown a secret: a CONNECT with a will fits in. */
const MAX_BEFORE_PASSWORD = 128 * 1024;

/**
 * A broker in the platform's own process, for MQTT 3.1.1 (it refuses 5). The platform uses the broker's own API, with
 * no client of its own in between: less than half the time a message. A refused publish is acked, led to quarantine
 * and told to `listener.denied`, so that one bad message does not become a reconnect loop.
 * @throws Error where the port is taken or may not be used
 */
export async function openEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const { host = '127.0.0.1', port, credentials, listener, tls, field } = options;
  let closed = false;
  const broker = await Aedes.createBroker({
    ...gatekeeper(credentials, (who, what) => {
      if (!closed) listener.denied?.(who, what);
    }),
    // No bound on messages in delivery: with one, the messages for a frozen client use it up and everybody waits with it.
    concurrency: 0,
    // That client is cut after 10 s, which frees what waits in memory for it.
    drainTimeout: 10_000,
    connectTimeout: 10_000,
  });
  // The broker's own types leave this event out.
  (broker as EventEmitter).on('error', (error: Error) => {
    if (error !== STILL_CONNECTED) throw error;
  });

  const clients = trackClients(broker);
  const sockets = new Set<Socket>();
  const server = door(tls);
  const fieldServer = field && door(field.tls);
  const servers = fieldServer ? [server, fieldServer] : [server];

  function door(tls: Tls | undefined): Server {
    // Without noDelay on the listening side a round trip takes 40 ms: Nagle waits for the client's delayed ack.
    const server = tls
      ? createTlsServer({ ...tls, noDelay: true, requestCert: tls.ca !== undefined }, accept)
      : createServer({ noDelay: true }, accept);
    // Before any handshake, so that an unfinished one can't hold up the end.
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    // A failed handshake is the stranger's matter; without this listener it would be ours.
    server.on('tlsClientError', () => {});
    return server;
  }
  function accept(socket: Socket): void {
    const client = broker.handle(socket);
    // The parser collects a packet of up to 256 MB before it looks at it.
    socket.on('readable', () => {
      if (!client.connected && socket.bytesRead > MAX_BEFORE_PASSWORD) socket.destroy();
    });
  }

  const deliver = (packet: AedesPublishPacket, done: () => void) => {
    if (!closed) listener.message(packet.topic, packet.payload as Buffer);
    done();
  };
  for (const filter of subscriptionsOf({ role: 'platform', name: 'platform' }))
    await new Promise<void>((resolve) => broker.subscribe(filter, deliver, resolve));

  try {
    await listen(server, host, port, '--mqtt-port');
    if (fieldServer && field) await listen(fieldServer, EVERYWHERE, field.port, '--mqtts-port');
  } catch (error) {
    server.close();
    await new Promise<void>((resolve) => broker.close(resolve));
    throw error;
  }
  const portOf = (server: Server) => (server.address() as { port: number }).port;
  const bound = portOf(server);
  // Only after the caller has the bus in hand.
  setImmediate(() => {
    if (!closed) listener.up();
  });

  return {
    url: `${tls ? 'mqtts' : 'mqtt'}://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    fieldPort: fieldServer && portOf(fieldServer),
    publish(topic, text) {
      if (closed) return;
      const packet = { topic, payload: Buffer.from(text), qos: 1, retain: false, dup: false } as const;
      broker.publish({ cmd: 'publish', ...packet }, () => {});
    },
    dropClient: (name) => clients.get(name)?.close(),
    async close() {
      if (closed) return;
      closed = true;
      const ended = servers.map((each) => new Promise<void>((resolve) => each.close(() => resolve())));
      await new Promise<void>((resolve) => broker.close(resolve));
      for (const socket of sockets) socket.destroy();
      await Promise.all(ended);
    },
  };
}

/** The connected clients by name, exactly one of each. */
function trackClients(broker: Aedes): Map<string, Client> {
  const clients = new Map<string, Client>();
  broker.on('client', (client) => {
    // The broker forgets the new session where the old one is just closing: then it would not end it at the next takeover.
    const old = clients.get(client.id);
    clients.set(client.id, client);
    if (old && old !== client) old.close();
  });
  broker.on('clientDisconnect', (client) => {
    if (clients.get(client.id) === client) clients.delete(client.id);
  });
  return clients;
}

function listen(server: Server, host: string, port: number, option: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      const remedy = `choose another with ${option}, or 0 for any free one`;
      if (error.code === 'EADDRINUSE')
        reject(
          new Error(`MQTT port ${port} on ${host} is taken by another program: ${remedy}`, { cause: error }),
        );
      else
        reject(
          new Error(`MQTT port ${port} on ${host} can't be used (${error.message}): ${remedy}`, {
            cause: error,
          }),
        );
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}
