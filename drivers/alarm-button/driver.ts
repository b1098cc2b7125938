import Type from 'typebox';
import { alarmButton } from '../../contracts/devices/alarm-button.ts';
import { failure } from '../../contracts/endpoint/served.ts';
import type { RequestOf } from '../../contracts/operation.ts';
import { type Driver, type DriverHost, defineDriver } from '../kit/define-driver.ts';

type Acknowledge = RequestOf<typeof alarmButton.operations.acknowledge>;

/**
 * The contact's adapter, 9600 8N1: it says P when the contact closes and R when it opens, and the same as an answer to «?», as
 * the contact is then. So what was said to nobody is learnt by asking.
 */
const CLOSED = 0x50;
const OPEN = 0x52;
const ASK = Uint8Array.of(0x3f);

/** Contacts bounce for so long (ALM-003). How long an answer may take, and how often an idle button is asked. In ms. */
const BOUNCE_MS = 50;
const ANSWER_MS = 1_000;
const IDLE_MS = 1_000;
const MISSES = 2;

/** What has to outlive the process. */
interface Kept {
  press: number;
  acknowledged: number;
  /** Platform time in ms. */
  pressedAt?: number;
  /** The last press is still being held: a restart must not count it again. */
  held: boolean;
}

/** The alarm button's driver: a press counts when it is on the disk, and is told until the centre has it. */
export function createAlarmButton(port: Omit<DriverHost, 'unfinished'>): Driver {
  let kept = (port.note.before as Kept | undefined) ?? { press: 0, acknowledged: 0, held: false };
  /** As far as it is on stable storage: nothing else is told (ALM-001). */
  let durable = kept;
  let device: 'starting' | 'online' | 'offline' = 'starting';
  let phase: 'closed' | 'asking' | 'idle' | 'bouncing' = 'closed';
  let isClosed = kept.held;
  let armed = !kept.held;
  let misses = 0;

  function keep(next: Kept, then = () => {}): void {
    kept = next;
    port.note.write(next, () => {
      durable = next;
      port.statusChanged();
      then();
    });
  }

  function become(next: typeof device): void {
    if (device === next) return;
    device = next;
    port.statusChanged();
  }

  function ask(): void {
    phase = 'asking';
    port.setTimer(ANSWER_MS);
    port.write(ASK);
  }

  function heard(closed: boolean): void {
    misses = 0;
    become('online');
    if (closed === isClosed) {
      if (phase === 'asking') {
        phase = 'idle';
        port.setTimer(IDLE_MS);
      }
      return;
    }
    isClosed = closed;
    if (closed && armed) {
      const pressedAt = port.platformTime();
      const { press, acknowledged } = kept;
      keep({ press: press + 1, acknowledged, held: true, ...(pressedAt === undefined ? {} : { pressedAt }) });
    }
    // Whatever it does now is the same push, or the same letting go, until it has been quiet (ALM-003).
    armed = false;
    phase = 'bouncing';
    port.setTimer(BOUNCE_MS);
  }

  /** The contact has been quiet. */
  function settle(): void {
    armed = !isClosed;
    if (kept.held !== isClosed) keep({ ...kept, held: isClosed });
  }

  function disconnect(): void {
    if (phase === 'bouncing') settle();
    phase = 'closed';
    port.setTimer(undefined);
    become('offline');
  }

  return {
    capabilities: {},
    status: () => {
      const { press, acknowledged, pressedAt } = durable;
      return { device, press, acknowledged, ...(pressedAt === undefined ? {} : { pressedAt }) };
    },
    command(command) {
      const { press } = command.data as Acknowledge;
      if (press > durable.press)
        // ALM-002
        return command.complete(
          failure('contract.invalidData', `there were ${durable.press} presses, not ${press}`),
        );
      const acknowledged = Math.max(press, kept.acknowledged);
      keep({ ...kept, acknowledged }, () => command.complete({ outcome: 'success', result: { press } }));
    },
    // Its class has none.
    question() {},
    opened() {
      misses = 0;
      ask();
    },
    lost: disconnect,
    bytes(chunk) {
      if (phase === 'closed') return;
      for (const byte of chunk) if (byte === CLOSED || byte === OPEN) heard(byte === CLOSED);
    },
    timer() {
      if (phase === 'closed') return;
      if (phase === 'bouncing') settle();
      if (phase === 'asking' && ++misses === MISSES) {
        const reason = `no answer to ${MISSES} questions`;
        disconnect();
        return port.reopen(reason);
      }
      ask();
    },
  };
}

export const alarmButtonDriver = defineDriver({
  class: alarmButton,
  settings: Type.Object({}),
  create: (host) => createAlarmButton(host),
});
