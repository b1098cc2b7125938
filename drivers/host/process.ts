import { readConfiguration } from './configuration.ts';
import { MISCONFIGURED_CODE, Misconfigured, VARIABLE } from './misconfigured.ts';
import { runDriver } from './run-driver.ts';

/** Below the supervisor's own limit, so that a stuck broker does not turn a stop into a kill. */
const STOP_MS = 4_000;

/** How often it shows its parent that its event loop turns. */
const BEAT_MS = 1_000;

const log = (line: string) => console.log(line);

async function main(): Promise<void> {
  const driver = await runDriver(readConfiguration(process.env[VARIABLE]), log);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    driver.close().then(
      () => process.exit(0),
      (error: Error) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The parent is gone: without it nobody would ever stop this process, and its successor needs the device.
  process.on('disconnect', stop);
  process.send?.('ready');
  // A parent that goes in between is told of by «disconnect», not by an error here.
  const beat = () => process.connected && process.send?.('beat', undefined, undefined, () => {});
  setInterval(beat, BEAT_MS).unref();
}

function fail(error: Error): never {
  console.error(error.message);
  process.exit(error instanceof Misconfigured ? MISCONFIGURED_CODE : 1);
}

// The stack for the log; the message comes last, for the supervisor shows the last line.
process.on('uncaughtException', (error) => {
  console.error(error.stack);
  fail(error);
});
main().catch(fail);
