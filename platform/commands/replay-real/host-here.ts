import type { Bus, BusListener } from '../../bus/bus.ts';
import type { Principal } from '../../core/authorize.ts';
import type { Host } from './host.ts';
import { type Life, NOT_SEEN, openLife, type Prepared } from './life.ts';
import type { Mourner } from './mourner.ts';
import { settable, type Time } from './time.ts';

const SYSTEM: Principal = { kind: 'system' };

/** The platform in this process. A death leaves its objects behind, cut off from everything, and its file as it was. */
export async function openHostHere(options: {
  prepared: Prepared;
  time: Time;
  /** Its wire: what it says goes to the tap. */
  attach: (listener: BusListener | undefined) => void;
  say: (topic: string, text: string) => void;
  mourner: Mourner;
}): Promise<Host> {
  const { prepared, time, attach, say, mourner } = options;
  const clock = settable(time.clock);
  let life: Life | undefined;
  let starting = 0;

  const start = async (setUp: Prepared['setUp'] = []) => {
    starting += 1;
    try {
      let isDead = false;
      const opening: Promise<Life> = openLife(
        { ...prepared, setUp, watches: mourner.watches() },
        clock,
        (listener): Bus => {
          attach(listener);
          return { url: '', publish: say, close: async () => {} };
        },
        (index) => {
          isDead = true;
          life = undefined;
          attach(undefined);
          mourner.mourn(
            index,
            async () => (await opening).close(),
            () => start(),
          );
        },
      );
      const opened = await opening;
      if (!isDead) life = opened;
    } finally {
      starting -= 1;
    }
  };

  // A place starts nothing without a fresh time, and a jump makes the old one stale.
  time.clock.onJump(() => life?.listener.up());
  await start(prepared.setUp);
  return {
    url: () => life?.url,
    caughtUp: () => Promise.resolve(),
    busy: () => starting > 0 || life?.idle() === false,
    standing: () => life?.standing() ?? NOT_SEEN,
    cutDay: () => void life?.command(SYSTEM, { type: 'cutDay' }),
    setClock: clock.set,
    pause() {
      throw new Error('a platform in this process can not stand still: it needs a process of its own');
    },
    isPaused: () => false,
    calm: mourner.calm,
    async close() {
      attach(undefined);
      await life?.close();
    },
  };
}
