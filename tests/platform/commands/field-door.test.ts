import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readFieldDoor } from '../../../platform/commands/field-door.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function files() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-door-'));
  folders.push(folder);
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    cert: put('cert.pem', '-----BEGIN CERTIFICATE-----\n'),
    key: put('key.pem', '-----BEGIN PRIVATE KEY-----\n'),
    other: put('notes.txt', 'nothing\n'),
  };
}

it('DEV-03 without a port nobody else comes in, and what belongs to one says so', () => {
  expect(readFieldDoor({})).toBeUndefined();
  expect(() => readFieldDoor({ 'mqtts-ca': 'ca.pem' })).toThrow(
    '--mqtts-ca says nothing without --mqtts-port, mostly 8883',
  );
});

it('DEV-03 SEC-01 other machines come in through TLS only', () => {
  const { cert, key } = files();
  expect(() => readFieldDoor({ 'mqtts-port': '8883', 'mqtts-cert': cert })).toThrow(
    'needs --mqtts-cert and --mqtts-key',
  );
  expect(readFieldDoor({ 'mqtts-port': '8883', 'mqtts-cert': cert, 'mqtts-key': key })).toEqual({
    port: 8_883,
    tls: { cert: '-----BEGIN CERTIFICATE-----\n', key: '-----BEGIN PRIVATE KEY-----\n' },
  });
});

it('a file that is missing, or is no PEM, is named with its option', () => {
  const { cert, key, other } = files();
  const asked = { 'mqtts-port': '0', 'mqtts-cert': cert, 'mqtts-key': key };
  expect(() => readFieldDoor({ ...asked, 'mqtts-ca': `${cert}.no` })).toThrow(
    /--mqtts-ca \S+\.no: can not be read: ENOENT/,
  );
  expect(() => readFieldDoor({ ...asked, 'mqtts-key': other })).toThrow(
    /--mqtts-key \S+: must be a PEM file/,
  );
});
