import { afterEach, expect, test } from 'vitest';
import { type EmbeddedBroker, openEmbeddedBroker } from '../../../platform/bus/embedded-broker.ts';
import { watchRevocations } from '../../../platform/commands/revoked-devices.ts';
import { orderId } from '../../support/ids.ts';
import { memoryPlatform, OTHER_OUTLET } from '../../support/memory-platform.ts';
import { OUTLET, SYSTEM } from '../../support/small-platform.ts';
import { closer, dial, issue, recorder, temporaryFolder } from '../bus/support.ts';

const closing = closer();
afterEach(() => closing.close());
const PRINTER = `dev.${OUTLET}.1.printer`;
const READER = `dev.${OUTLET}.1.card-reader`;
const SECOND = `dev.${OUTLET}.2.printer`;
const ELSEWHERE = `dev.${OTHER_OUTLET}.1.printer`;
const CARRIER = 'cp.china-mobile.1';

async function open() {
  const platform = await memoryPlatform();
  const folder = temporaryFolder(closing);
  const { credentials: kept, secrets } = issue(folder, [PRINTER, READER, SECOND, ELSEWHERE, CARRIER]);
  let broker: EmbeddedBroker | undefined;
  const lines: string[] = [];
  const watch = () =>
    watchRevocations(
      platform.api,
      kept,
      (name) => broker?.dropClient(name),
      (line) => lines.push(line),
    );
  const { credentials, stop } = await watch();
  closing.add(stop);
  const opened = await openEmbeddedBroker({ port: 0, credentials, listener: recorder().listener });
  broker = opened;
  closing.add(() => opened.close());
  const connect = async (name: string, secret = secrets.get(name)) => {
    const client = await dial(opened.url, name, secret);
    closing.add(() => client.mqtt.end(true));
    return client;
  };
  const command = (asked: Parameters<typeof platform.api.command>[1]) => platform.api.command(SYSTEM, asked);
  const revoke = () =>
    command({ type: 'revokeStation', id: orderId(1), organisation: OUTLET, station: '1', reason: 'stolen' });
  return { platform, kept, connect, command, revoke, watch, lines };
}

test('DEV-03 a revocation drops the station’s devices, whose secrets let them in no more; nobody else is touched', async () => {
  const { kept, connect, revoke } = await open();
  const printer = await connect(PRINTER);
  const others = [await connect(SECOND), await connect(ELSEWHERE), await connect(CARRIER)];
  const gone = new Promise<void>((resolve) => printer.mqtt.once('close', () => resolve()));
  expect(await revoke()).toEqual({ ok: true });
  await gone;
  await expect(connect(PRINTER)).rejects.toThrow();
  await expect(connect(READER)).rejects.toThrow();
  expect(kept.names()).toEqual([CARRIER, SECOND, ELSEWHERE].sort());
  expect(others.map(({ mqtt }) => mqtt.connected)).toEqual([true, true, true]);
});

test('DEV-03 a secret issued after the revocation lets nobody in before the station is enrolled again', async () => {
  const { kept, connect, revoke, command } = await open();
  await revoke();
  const secret = kept.issueCredential(PRINTER);
  await expect(connect(PRINTER, secret)).rejects.toThrow();
  const enrolled = { type: 'enrolStation', id: orderId(2), organisation: OUTLET, station: '1' } as const;
  expect(await command({ ...enrolled, publicKey: 'another key' })).toEqual({ ok: true });
  expect((await connect(PRINTER, secret)).mqtt.connected).toBe(true);
});

test('DEV-03 what was revoked just before a crash is withdrawn at the next start', async () => {
  const { kept, revoke, watch } = await open();
  await revoke();
  kept.issueCredential(PRINTER);
  const { stop } = await watch();
  closing.add(stop);
  expect(kept.names()).not.toContain(PRINTER);
});
