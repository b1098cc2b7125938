import { join } from 'node:path';
import { printer } from '../../contracts/devices/printer.ts';
import { type Connection, connectEndpoint } from '../../contracts/endpoint/connect.ts';
import { openJournal } from '../../contracts/endpoint/journal-file.ts';
import { steadyClock } from '../../contracts/endpoint/steady-clock.ts';
import { placeOfName } from '../../contracts/topics.ts';
import { createEscposDriver } from '../printer-escpos/driver.ts';
import { MODELS } from '../printer-escpos/models.ts';
import { keepOpen } from '../transports/reopen.ts';
import { serialTransport } from '../transports/serial.ts';
import { tcpTransport } from '../transports/tcp.ts';
import type { OpenTransport } from '../transports/transport.ts';
import type { DriverConfiguration, TransportConfiguration } from './configuration.ts';

/** Runs one driver between its device and the broker until it is closed. Rejects where its journal cannot be read. */
export async function runDriver(
  config: DriverConfiguration,
  log: (line: string) => void,
): Promise<{ close(): Promise<void> }> {
  const { name, url, password, model } = config;
  const place = placeOfName(name);
  if (!place) throw new Error(`«${name}» is no device’s name`);
  const journalFile = join(config.journalFolder, `${name}.jsonl`);

  let timer: NodeJS.Timeout | undefined;
  let connection: Connection | undefined;
  const driver = createEscposDriver({
    model: MODELS[model],
    unfinished: await hasUnfinished(journalFile),
    port: {
      write: (bytes) => link.write(bytes),
      setTimer(ms) {
        clearTimeout(timer);
        if (ms !== undefined) timer = setTimeout(driver.timer, ms);
      },
      statusChanged: () => connection?.statusChanged(),
      reopen(reason) {
        log(`${name}: ${reason}; connecting again`);
        link.reopen();
      },
    },
  });
  // The device is connected to last: before, nobody could be told what it says.
  connection = await connectEndpoint({
    place,
    profile: printer,
    behaviour: driver,
    url,
    password,
    journalFile,
    log,
  });
  const link = keepOpen(transportOf(config.transport), {
    opened() {
      log(`${name}: the printer is connected`);
      driver.opened();
    },
    bytes: driver.bytes,
    lost(reason) {
      log(`${name}: no printer: ${reason}`);
      driver.lost(reason);
    },
  });
  const open = connection;
  return {
    async close() {
      link.close();
      // Ends the job under way as far as it can be proved, so that the journal closes with it.
      driver.lost('the driver is being stopped');
      await open.close();
    },
  };
}

function transportOf(at: TransportConfiguration): OpenTransport {
  return at.kind === 'tcp' ? tcpTransport(at) : serialTransport(at);
}

/** A process that died in a job may have left a part of it on the paper. Looked up before the endpoint ends such keys. */
async function hasUnfinished(journalFile: string): Promise<boolean> {
  const journal = await openJournal(journalFile, { now: steadyClock(), failed: () => {} });
  await journal.close();
  return journal.known.some((record) => !record.completion);
}
