import type { IClientOptions } from 'mqtt';
import type { Profile } from '../operation.ts';
import { assertPlace, nameOf, type Place } from '../topics.ts';
import type { Behaviour } from './behaviour.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { memoryJournal, openJournal } from './journal-file.ts';
import { openSession, type Session } from './session.ts';
import { steadyClock } from './steady-clock.ts';

export interface ConnectOptions {
  place: Place;
  profile: Profile;
  behaviour: Behaviour;
  /** `mqtt://127.0.0.1:1883`, `mqtts://…` */
  url: string;
  password: string;
  /** Where accepted keys are kept over restarts. Without it they are kept in memory, which is enough for tests only. */
  journalFile?: string;
  /** PEM texts, for `mqtts:`. */
  tls?: Pick<IClientOptions, 'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'>;
  log?: (line: string) => void;
  /** Called when a connection stands, after its birth was said, and when it was lost. */
  onLine?: (online: boolean) => void;
  /** The place's clock in ms; it must not go back. */
  now?: () => number;
  /** The first pause before a new connection, in ms; it doubles up to fifty times as much. */
  reconnectMs?: number;
}

export interface Connection {
  /** Says the death, waits until the broker has it, and disconnects. The journal is closed; the behaviour is not told. */
  close(): Promise<void>;
  /** The behaviour's status is another one. */
  statusChanged(): void;
  online(): boolean;
  /** Platform time in ms; `undefined` where none has been heard for a minute. */
  platformTime(): number | undefined;
}

/**
 * Connects a place to the broker and keeps it connected. Resolves when the journal is open; the connection comes in the
 * background. Rejects where the journal can't be read; throws RangeError where the place is none.
 */
export async function connectEndpoint(options: ConnectOptions): Promise<Connection> {
  const { place, profile, behaviour, url, log = () => {}, onLine = () => {}, reconnectMs = 200 } = options;
  assertPlace(place);
  const name = nameOf(place);
  const now = options.now ?? steadyClock();

  let session: Session | undefined;
  let pause: NodeJS.Timeout | undefined;
  let closed = false;
  let failures = 0;
  let stood = false;
  let lastTrouble = '';

  const stop = async () => {
    closed = true;
    clearTimeout(pause);
    await session?.end();
  };
  const failed = (error: Error) => {
    // Without a journal no command may be accepted: it is better to be seen offline than to be silent.
    log(`${name}: ${error.message}. It stays offline until then`);
    void stop();
  };
  const journal = options.journalFile
    ? await openJournal(options.journalFile, { now, failed })
    : memoryJournal();
  let durable = 0;
  const endpoint: Endpoint = createEndpoint({
    place,
    profile,
    behaviour,
    known: journal.known,
    ports: {
      now,
      publish: (topic, text, retain) => session?.publish(topic, text, retain),
      journal: (record) => journal.append(record, () => endpoint.durable(++durable)),
    },
  });

  const open = () => {
    session = openSession({ place, url, password: options.password, tls: options.tls }, endpoint, {
      born() {
        log(`${name}: connected to ${url}`);
        stood = true;
        onLine(true);
      },
      // Not at birth: where two programs use one name, they would throw each other out without a pause.
      settled: () => {
        failures = 0;
        lastTrouble = '';
      },
      over(trouble, refused) {
        session = undefined;
        if (closed) return;
        if (stood) onLine(false);
        stood = false;
        const text = refused
          ? `${name}: ${url} refused the name or its password: check the credential that was issued for «${name}»`
          : `${name}: no connection to ${url} (${trouble}); trying again`;
        if (text !== lastTrouble) log(text);
        lastTrouble = text;
        failures = refused ? Number.POSITIVE_INFINITY : failures + 1;
        const longest = Math.min(reconnectMs * 50, reconnectMs * 2 ** (failures - 1));
        pause = setTimeout(open, longest * (0.5 + Math.random() / 2));
      },
    });
  };
  open();

  return {
    async close() {
      await stop();
      await journal.close();
    },
    statusChanged: endpoint.statusChanged,
    online: () => session?.online() ?? false,
    platformTime: endpoint.platformTime,
  };
}
