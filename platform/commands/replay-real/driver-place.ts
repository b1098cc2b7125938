import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type DriverConfiguration, VARIABLE } from '../../../drivers/host/configuration.ts';
import { runDriver } from '../../../drivers/host/run-driver.ts';
import { compiled } from './compiled.ts';

/** A driver that runs; in a process of its own where the scenario kills it. */
export interface RunningDriver {
  close(): Promise<void>;
  /** `kill -9`. Only a process of its own can be. */
  kill(): Promise<void>;
}

export async function startDriver(config: DriverConfiguration, ownProcess: boolean): Promise<RunningDriver> {
  if (!ownProcess) {
    const driver = await runDriver(config, () => {});
    return { close: driver.close, kill: driver.close };
  }
  const child: ChildProcess = fork(compiled('drivers/host/process.js'), [], {
    env: { ...process.env, [VARIABLE]: JSON.stringify(config) },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return { close: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
