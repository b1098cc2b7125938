import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DriverConfiguration } from './configuration.ts';
import { MISCONFIGURED_CODE, VARIABLE } from './misconfigured.ts';
import { afterExit } from './restarts.ts';
import { watchBeats } from './watch-beats.ts';

/** How long a process may take to stop after SIGTERM, in ms. */
const STOP_MS = 5_000;

/** What can be seen of a driver's process. */
export interface DriverState {
  /** misconfigured: it said that it can't run with its configuration, and is not started again; `lastExit` says why. */
  phase: 'starting' | 'running' | 'backingOff' | 'stopped' | 'misconfigured';
  pid?: number;
  /** How the last process ended: its code or signal, and the last line it wrote as an error. */
  lastExit?: string;
  /** When the next one starts, in ms of this process's clock; only while backing off. */
  nextStart?: number;
  /** Exits in a row without a minute of health between them. */
  failures: number;
}

export interface SupervisedDriver {
  state(): DriverState;
  /** SIGTERM, and SIGKILL after 5 s. Resolves when the process is gone; it is not started again. */
  stop(): Promise<void>;
  /** SIGKILL: a crash, after which it is started again as after any other. */
  kill(): void;
}

/**
 * Runs a driver in a process of its own and starts it again when it ends or hangs: a device that fails takes nothing else with
 * it. Bad configuration disables this driver alone.
 * @param options.script the compiled entry; the driver host's own unless a test gives another
 */
export function superviseDriver(options: {
  name: string;
  config: DriverConfiguration;
  onState?: (state: DriverState) => void;
  log: (line: string) => void;
  script?: string;
}): SupervisedDriver {
  const { name, config, onState = () => {}, log } = options;
  const script = options.script ?? fileURLToPath(new URL('./process.js', import.meta.url));
  let state: DriverState = { phase: 'starting', failures: 0 };
  let child: ChildProcess | undefined;
  let pause: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | undefined;

  function become(next: DriverState): void {
    state = next;
    onState(next);
  }

  function start(): void {
    const env = { ...process.env, [VARIABLE]: JSON.stringify(config) };
    const started = fork(script, [], { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child = started;
    let since: number | undefined;
    let lastError = '';
    const watch = watchBeats((silence) => {
      lastError = silence;
      log(`[${name}] ${silence}; it is killed`);
      started.kill('SIGKILL');
    });
    const { lastExit, failures } = state;
    become({ phase: 'starting', pid: started.pid, lastExit, failures });
    if (started.stdout) createInterface(started.stdout).on('line', (line) => log(`[${name}] ${line}`));
    if (started.stderr)
      createInterface(started.stderr).on('line', (line) => {
        lastError = line;
        log(`[${name}] ${line}`);
      });
    started.on('message', (message) => {
      watch.beat();
      if (message !== 'ready' || since !== undefined || stopped) return;
      since = performance.now();
      become({ ...state, phase: 'running' });
    });
    started.on('error', (error) => {
      lastError = error.message;
      // Where it could not even be started there is no «close».
      if (started.pid === undefined) ended('did not start');
    });
    // «close» and not «exit»: by then its last lines have been read.
    started.on('close', (code, signal) => ended(signal ?? `code ${code}`));

    function ended(how: string): void {
      if (child !== started) return;
      child = undefined;
      watch.stop();
      const exit = lastError ? `${how}: ${lastError}` : how;
      if (stopped) {
        become({ phase: 'stopped', lastExit: exit, failures: state.failures });
        return;
      }
      if (how === `code ${MISCONFIGURED_CODE}`) {
        log(`[${name}] the driver is disabled until its configuration is corrected: ${lastError}`);
        become({ phase: 'misconfigured', lastExit: exit, failures: state.failures });
        return;
      }
      const next = afterExit(state.failures, since === undefined ? 0 : performance.now() - since);
      log(`[${name}] the driver ended (${exit}); it starts again in ${next.pauseMs / 1_000} s`);
      pause = setTimeout(start, next.pauseMs);
      become({
        phase: 'backingOff',
        lastExit: exit,
        nextStart: Date.now() + next.pauseMs,
        failures: next.failures,
      });
    }
  }

  async function end(): Promise<void> {
    clearTimeout(pause);
    const running = child;
    if (!running) {
      become({ phase: 'stopped', lastExit: state.lastExit, failures: state.failures });
      return;
    }
    const gone = new Promise<void>((resolve) => running.once('close', () => resolve()));
    const force = setTimeout(() => running.kill('SIGKILL'), STOP_MS);
    running.kill('SIGTERM');
    await gone;
    clearTimeout(force);
  }

  start();
  return {
    state: () => state,
    stop() {
      stopped ??= end();
      return stopped;
    },
    kill() {
      child?.kill('SIGKILL');
    },
  };
}
