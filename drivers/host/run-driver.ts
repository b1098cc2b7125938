import { join } from 'node:path';
import { type Connection, connectEndpoint } from '../../contracts/endpoint/connect.ts';
import { openJournal } from '../../contracts/endpoint/journal-file.ts';
import { steadyClock } from '../../contracts/endpoint/steady-clock.ts';
import { checkOf } from '../../contracts/operation.ts';
import { placeOfName } from '../../contracts/topics.ts';
import type { Driver, DriverDefinition, DriverHost } from '../kit/define-driver.ts';
import { type KeptOpen, keepOpen } from '../transports/reopen.ts';
import type { OpenTransport } from '../transports/transport.ts';
import { chosenDriver } from './chosen-driver.ts';
import type { DriverConfiguration } from './configuration.ts';
import { Misconfigured } from './misconfigured.ts';
import { openNote } from './note.ts';
import { readTls } from './tls.ts';
import { transportOf } from './transports.ts';

/**
 * Runs one driver between its device and the broker until it is closed. Rejects where its journal or its note can't be read,
 * and with Misconfigured where there is no such driver or its settings are not fit.
 * @param open instead of the configured transport: an emulator in this process
 */
export async function runDriver(
  config: DriverConfiguration,
  log: (line: string) => void,
  open: OpenTransport = transportOf(config.transport),
): Promise<{ close(): Promise<void> }> {
  const { name, url, password } = config;
  const place = placeOfName(name);
  if (!place) throw new Misconfigured(`«${name}» is no device’s name`);
  const { definition, settings } = await chosenDriver(config);
  const tls = config.tls && readTls(config.tls);
  const journalFile = join(config.journalFolder, `${name}.jsonl`);
  const unfinished = await hasUnfinished(journalFile);
  let timer: NodeJS.Timeout | undefined;
  let connection: Connection | undefined;
  let link: KeptOpen | undefined;
  const note = await openNote(join(config.journalFolder, `${name}.note.jsonl`), (error) => {
    // What it can't keep it may not tell: better seen offline than believed.
    log(`${name}: ${error.message}. It stays offline until then`);
    connection?.close().catch(() => {});
  });
  const host: DriverHost = {
    write: (bytes) => link?.write(bytes),
    setTimer(ms) {
      clearTimeout(timer);
      if (ms !== undefined) timer = setTimeout(() => driver.timer(), ms);
    },
    statusChanged: () => connection?.statusChanged(),
    reopen(reason) {
      log(`${name}: ${reason}; connecting again`);
      link?.reopen();
    },
    unfinished,
    platformTime: () => connection?.platformTime(),
    note,
  };
  const driver = definition.create(host, settings);
  mustSpeakItsClass(driver, definition);
  // The device is connected to last: before, nobody could be told what it says.
  connection = await connectEndpoint({
    place,
    profile: definition.class,
    behaviour: driver,
    url,
    password,
    ...(tls ? { tls } : {}),
    journalFile,
    log,
  });
  link = keepOpen(open, {
    opened() {
      log(`${name}: the device is connected`);
      driver.opened();
    },
    bytes: (chunk) => driver.bytes(chunk),
    lost(reason) {
      log(`${name}: no device: ${reason}`);
      driver.lost(reason);
    },
  });
  return {
    async close() {
      link?.close();
      // Ends the command under way as far as it can be proved, so that the journal closes with it.
      driver.lost('the driver is being stopped');
      clearTimeout(timer);
      await connection?.close();
      await note.close();
    },
  };
}

/** Said at the start, to the driver's author; on the wire it would only be found by whoever reads the state. */
function mustSpeakItsClass(driver: Driver, { class: { name, ...profile } }: DriverDefinition): void {
  for (const [what, value] of [
    ['capabilities', driver.capabilities],
    ['status', driver.status()],
  ] as const) {
    const wrong = checkOf(profile[what])(value);
    if (wrong) throw new Error(`the driver’s ${what} break the class ${name}: ${wrong}`);
  }
}

/** A process that died in a command may have left a part of it in the device. Looked up before the endpoint ends such keys. */
async function hasUnfinished(journalFile: string): Promise<boolean> {
  const journal = await openJournal(journalFile, { now: steadyClock(), failed: () => {} });
  await journal.close();
  return journal.known.some((record) => !record.completion);
}
