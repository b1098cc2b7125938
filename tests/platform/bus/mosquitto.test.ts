import { pbkdf2Sync } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { mosquittoFiles } from '../../../platform/bus/mosquitto.ts';
import { closer, temporaryFolder } from './support.ts';

// That mosquitto itself reads and obeys these files is shown in access.test.ts.
const closing = closer();
afterEach(() => closing.close());
const SECRETS = new Map([
  ['platform', 'p-secret'],
  ['dev.37010001.c1.printer', 'd-secret'],
]);

test('TOP-004 the access list says for each principal exactly what it may write and read', () => {
  const folder = temporaryFolder(closing);
  mosquittoFiles({ credentials: SECRETS, folder, port: 1883 });
  expect(readFileSync(join(folder, 'acl_file'), 'utf8').trim().split('\n')).toEqual([
    'user platform',
    'topic write yz/1/dev/+/+/+/req',
    'topic write yz/1/cp/+/+/req',
    'topic write yz/1/platform/time',
    ...['rep', 'evt', 'state'].flatMap((leaf) => [
      `topic read yz/1/dev/+/+/+/${leaf}`,
      `topic read yz/1/cp/+/+/${leaf}`,
    ]),
    '',
    'user dev.37010001.c1.printer',
    ...['rep', 'evt', 'state'].map((leaf) => `topic write yz/1/dev/37010001/c1/printer/${leaf}`),
    'topic read yz/1/dev/37010001/c1/printer/req',
    'topic read yz/1/platform/time',
  ]);
});

test('the password file holds salted PBKDF2-SHA512 hashes, no secret, and belongs to its owner', () => {
  const folder = temporaryFolder(closing);
  mosquittoFiles({ credentials: SECRETS, folder, port: 1883 });
  const file = join(folder, 'password_file');
  const text = readFileSync(file, 'utf8');
  const [, rounds, salt, hash] = /^platform:\$7\$(\d+)\$([^$]+)\$(\S+)$/m.exec(text) ?? [];
  const expected = pbkdf2Sync('p-secret', Buffer.from(salt ?? '', 'base64'), Number(rounds), 64, 'sha512');
  expect(hash).toBe(expected.toString('base64'));
  expect(text).not.toContain('secret');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('TOP-005 ENV-001 the configuration binds the client id, bounds the size and lets nobody in unnamed', () => {
  const folder = temporaryFolder(closing);
  const lines = readFileSync(mosquittoFiles({ credentials: SECRETS, folder, port: 1883 }), 'utf8').split(
    '\n',
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'listener 1883 127.0.0.1',
      'allow_anonymous false',
      'use_username_as_clientid true',
      'message_size_limit 65536',
      'max_packet_size 1048576',
    ]),
  );
});

test('SEC-01 it listens beyond this machine only with a certificate', () => {
  const folder = temporaryFolder(closing);
  const tls = { certificateFile: '/etc/yizhan/cert.pem', keyFile: '/etc/yizhan/key.pem' };
  const text = readFileSync(mosquittoFiles({ credentials: SECRETS, folder, port: 8883, tls }), 'utf8');
  expect(text).toMatch(/^listener 8883\ncertfile \/etc\/yizhan\/cert.pem\nkeyfile \/etc\/yizhan\/key.pem\n/);
});

test('a missing platform and a name that is no place are named', () => {
  const folder = temporaryFolder(closing);
  expect(() => mosquittoFiles({ credentials: new Map(), folder, port: 1883 })).toThrow(/«platform»/);
  const odd = new Map([...SECRETS, ['admin\ntopic #', 'x']]);
  expect(() => mosquittoFiles({ credentials: odd, folder, port: 1883 })).toThrow(/«admin\ntopic #»/);
});
