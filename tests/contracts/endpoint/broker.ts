import { type AddressInfo, createServer, type Server } from 'node:net';
import { Aedes, type AuthenticateError } from 'aedes';
import { decode, type Envelope } from '../../../contracts/envelope.ts';

export interface Heard {
  topic: string;
  retain: boolean;
  envelope: Envelope;
}

/** A bare broker over TCP that hears everything; `password` is the only thing it checks. */
export class Broker {
  readonly heard: Heard[] = [];
  private waiting: (() => void)[] = [];
  readonly aedes: Aedes;
  readonly server: Server;
  readonly port: number;
  private constructor(aedes: Aedes, server: Server) {
    this.aedes = aedes;
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async open(port = 0, password = 'secret'): Promise<Broker> {
    const aedes = await Aedes.createBroker();
    aedes.authenticate = (_client, _user, given, done) => {
      const error = Object.assign(new Error('no'), { returnCode: 4 }) as AuthenticateError;
      if (given?.toString() === password) done(null, true);
      else done(error, null);
    };
    const server = createServer({ noDelay: true }, (socket) => aedes.handle(socket));
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    const broker = new Broker(aedes, server);
    aedes.subscribe(
      'yz/#',
      (packet, done) => {
        const decoded = decode(packet.payload as Uint8Array);
        if (decoded.ok)
          broker.heard.push({ topic: packet.topic, retain: packet.retain, envelope: decoded.envelope });
        for (const wake of broker.waiting.splice(0)) wake();
        done();
      },
      () => {},
    );
    aedes.on('subscribe', (subscriptions) => broker.subscribed.push(subscriptions.map(({ topic }) => topic)));
    return broker;
  }

  /** Waits until something heard fits. */
  async hears<T>(find: (heard: readonly Heard[]) => T | undefined): Promise<T> {
    for (;;) {
      const found = find(this.heard);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => this.waiting.push(wake));
    }
  }

  say(topic: string, payload: Uint8Array, retain = false): void {
    this.aedes.publish(
      { cmd: 'publish', qos: 1, dup: false, topic, payload: Buffer.from(payload), retain },
      () => {},
    );
  }

  /** The filters of each SUBSCRIBE. */
  readonly subscribed: string[][] = [];

  cut(): void {
    for (const client of Object.values(
      (this.aedes as unknown as { clients: Record<string, { conn: { destroy(): void } }> }).clients,
    ))
      client.conn.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    const closed = new Promise<void>((done) => this.server.close(() => done()));
    await new Promise<void>((done) => this.aedes.close(done));
    await closed;
  }
}
