import { openExternalBroker } from '../../bus/external-broker.ts';
import { realClock } from '../../service/clock.ts';
import type { Watch } from './commit-watch.ts';
import { type Life, NOT_SEEN, openLife } from './life.ts';
import type { FromPlatform, ToPlatform } from './telephone.ts';
import { settable } from './time.ts';

/** The platform in a process of its own: its time is told to it, and it kills itself where the scenario says so. */

let now = 0;
const due = new Set<{ time: number; act: () => void }>();
const told = settable({
  ...realClock(() => now),
  at(time, act) {
    const entry = { time, act };
    due.add(entry);
    return () => due.delete(entry);
  },
});
let life: Life | undefined;
let clockOffset = 0;
let watches: readonly Watch[] = [];

const say = (message: FromPlatform, then: () => void = () => {}) => void process.send?.(message, then);

function move(to: number): void {
  if (to > now) {
    now = to;
    life?.listener.up();
  }
  for (const entry of [...due].sort((a, b) => a.time - b.time))
    if (entry.time <= now && due.delete(entry)) entry.act();
}

function setClock(offset: number): void {
  told.set(offset - clockOffset);
  clockOffset = offset;
}

async function begin(message: Extract<ToPlatform, { begin: unknown }>): Promise<void> {
  const { begin: prepared, url, password } = message;
  now = message.now;
  watches = prepared.watches;
  setClock(message.clockOffset);
  let connected = () => {};
  const isConnected = new Promise<void>((resolve) => {
    connected = resolve;
  });
  life = await openLife(
    prepared,
    told,
    (heard) => {
      const up = () => {
        heard.up();
        connected();
      };
      return openExternalBroker({ url, password, listener: { ...heard, up } });
    },
    (index) => {
      const last: FromPlatform = { died: index === undefined ? {} : { index }, watches: prepared.watches };
      // The driver of the time must know before it is gone. Nothing else leaves: the life is silent.
      say(last, () => process.kill(process.pid, 'SIGKILL'));
    },
  );
  // By then it has heard who is there, too.
  await isConnected;
  say({ ready: { url: life.url } });
}

function hear(message: ToPlatform): void {
  if ('begin' in message) begin(message).catch((error: Error) => say({ refused: error.message }));
  else if ('no' in message) {
    move(message.now);
    const next = Math.min(...[...due].map(({ time }) => time));
    const idle = life?.idle() ?? false;
    const standing = life?.standing() ?? NOT_SEEN;
    say({ no: message.no, idle, standing, ...(Number.isFinite(next) ? { due: next } : {}) });
  } else if ('calm' in message) for (const watch of watches) watch.nth = Number.POSITIVE_INFINITY;
  else if ('clockOffset' in message) setClock(message.clockOffset);
  else if ('command' in message) void life?.command(message.principal, message.command);
  else void life?.close().then(() => process.exit(0));
}

process.on('message', hear);
// Whoever drives the time is gone: nobody would ever stop this process.
process.on('disconnect', () => process.exit(1));
