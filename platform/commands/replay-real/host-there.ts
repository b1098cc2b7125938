import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { BusListener } from '../../bus/bus.ts';
import { compiled } from './compiled.ts';
import type { Host } from './host.ts';
import { NOT_SEEN, type Prepared } from './life.ts';
import type { Mourner } from './mourner.ts';
import { openPlatformLine } from './platform-line.ts';
import type { FromPlatform, ToPlatform } from './telephone.ts';
import type { Time } from './time.ts';

/** What it said longer ago than this may be over, in real ms: it is asked at every look. */
const FRESH = 20;

/** The platform in a process of its own, which `kill -9` ends and `SIGSTOP` holds; its wire is real MQTT over TCP. */
export async function openHostThere(options: {
  prepared: Prepared;
  time: Time;
  attach: (listener: BusListener | undefined) => void;
  say: (topic: string, text: string) => void;
  mourner: Mourner;
}): Promise<Host> {
  const { prepared, time, attach, mourner } = options;
  const line = await openPlatformLine(options.say, () => {});
  let child: ChildProcess | undefined;
  let url: string | undefined;
  let clockOffset = 0;
  let paused = false;
  let starting = 0;
  let asked = 0;
  /** The question whose answer must be there before it is known how it stands: it was told of something. */
  let owed = 0;
  let answered = { no: 0, at: 0, idle: false, standing: NOT_SEEN };
  let alarm: { due: number; cancel: () => void } | undefined;

  const waiting: (() => void)[] = [];

  // Whoever has just been killed looks connected for a moment: it misses what it is told, and its `exit` says why (EPIPE).
  const tell = (message: ToPlatform) => child?.connected && child.send(message, () => {});
  const ask = () => tell({ now: time.now(), no: ++asked });
  const askFor = () => {
    ask();
    owed = asked;
  };

  const ring = () => {
    alarm = undefined;
    askFor();
  };
  const setAlarm = (due: number | undefined) => {
    if (alarm?.due === due) return;
    alarm?.cancel();
    alarm = due === undefined ? undefined : { due, cancel: time.clock.at(due, ring) };
  };

  const start = async (setUp: Prepared['setUp'] = []) => {
    starting += 1;
    try {
      const started = fork(compiled('platform/commands/replay-real/platform-process.js'), [], {
        execArgv: [],
      });
      child = started;
      await new Promise<void>((resolve, reject) => {
        started.on('message', (message: FromPlatform) => {
          if ('ready' in message) {
            url = message.ready.url;
            askFor();
            resolve();
          } else if ('refused' in message) {
            leave(started);
            started.once('exit', () => reject(new Error(message.refused)));
            started.kill('SIGKILL');
          } else if ('no' in message) {
            answered = { ...message, at: performance.now() };
            setAlarm(message.due);
            if (answered.no >= owed) for (const go of waiting.splice(0)) go();
          } else {
            const [own, theirs] = [mourner.watches(), message.watches];
            for (const watch of own)
              watch.seen =
                theirs.find((w) => w.index === watch.index && w.about === watch.about)?.seen ?? watch.seen;
            died(started, message.died.index);
            resolve();
          }
        });
        // The retained states come by its subscriptions, and the tap's own copies would come twice.
        attach(line.listener);
        tell({
          begin: { ...prepared, setUp, watches: mourner.watches() },
          url: line.url,
          password: '',
          now: time.now(),
          clockOffset,
        });
      });
    } finally {
      starting -= 1;
    }
  };

  /** It is as good as gone. */
  const leave = (dead: ChildProcess) => {
    if (child === dead) child = undefined;
    url = undefined;
    answered = { no: asked, at: performance.now(), idle: true, standing: NOT_SEEN };
    for (const go of waiting.splice(0)) go();
    setAlarm(undefined);
    attach(undefined);
  };

  const died = (dead: ChildProcess, index: number | undefined) => {
    leave(dead);
    const gone = dead.exitCode !== null || dead.signalCode !== null ? undefined : once(dead, 'exit');
    mourner.mourn(
      index,
      async () => void (await gone),
      () => start(),
    );
  };

  // Before anybody acts at the new time it is told.
  time.clock.onJump(askFor);
  await start(prepared.setUp);
  return {
    url: () => url,
    caughtUp: () =>
      new Promise((resolve) => {
        if (!child || paused || answered.no >= owed) resolve();
        else waiting.push(resolve);
      }),
    busy() {
      if (starting > 0) return true;
      if (!child || paused) return false;
      if (answered.no === asked) ask();
      const isFresh = answered.no >= owed && performance.now() - answered.at < FRESH;
      return !isFresh || !answered.idle;
    },
    standing: () => answered.standing,
    cutDay: () => void tell({ command: { type: 'cutDay' }, principal: { kind: 'system' } }),
    setClock(byMs) {
      clockOffset += byMs;
      tell({ clockOffset });
      askFor();
    },
    pause(on) {
      paused = on;
      child?.kill(on ? 'SIGSTOP' : 'SIGCONT');
      if (!on) askFor();
    },
    isPaused: () => paused,
    calm() {
      mourner.calm();
      tell({ calm: true });
      askFor();
    },
    async close() {
      setAlarm(undefined);
      attach(undefined);
      if (child) {
        child.kill('SIGCONT');
        const gone = once(child, 'exit');
        tell({ end: true });
        await gone;
      }
      await line.close();
    },
  };
}
