import { readFileSync } from 'node:fs';
import { ulid } from 'ulid';
import { tell } from './control/tell.ts';
import { readOptions, UsageError } from './options.ts';

const OPTIONS = {
  outlet: { type: 'string', what: 'the organisation code of the shop, office or area, 8 digits' },
  station: { type: 'string', default: '1', what: 'which station in it' },
  key: { type: 'string', what: 'a PEM file: the UKey’s Ed25519 public key, or a certificate of it' },
  revoke: { type: 'boolean', what: 'the certificate counts no longer; with --reason' },
  reason: { type: 'string', what: 'why: it is kept with the revocation' },
  data: { type: 'string', default: '.yizhan', what: 'the folder of the running station' },
} as const;

/**
 * `yizhan enrol`: DEV-03 from the platform's own machine, as whoever holds its folder. The platform must be running, for a
 * revocation counts when its writer has it on the disk and has ended what rests on the certificate.
 */
export async function enrol(args: string[]): Promise<number> {
  const read = readOptions('enrol --outlet … --station … --key FILE | --revoke --reason …', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const { outlet, station = OPTIONS.station.default, key, revoke, reason, data } = read.values;
  if (outlet === undefined || !/^\d{8}$/.test(outlet))
    throw new UsageError(`--outlet ${outlet ?? ''}: must be an organisation code of 8 digits`);
  if (!/^[a-z0-9-]{1,32}$/.test(station))
    throw new UsageError(`--station ${station}: must be 1 to 32 of a–z, 0–9 and -`);
  if (revoke ? key !== undefined || !reason?.trim() : key === undefined || reason !== undefined)
    throw new UsageError('give --key FILE to enrol a station, or --revoke with --reason to end it');
  const told = await tell<{ state: string; fingerprint: string }>(data ?? OPTIONS.data.default, 'stations', {
    id: ulid(),
    organisation: outlet,
    station,
    ...(key === undefined ? { reason } : { key: readKey(key) }),
  });
  const word = revoke ? '已吊销 revoked' : '已登记 enrolled';
  console.log(`${outlet}/${station}   ${word}   SHA-256 ${told.fingerprint}`);
  if (revoke)
    console.log(
      '该台席的会话已结束,其设备已断开;重新登记后须用 yizhan credential 重新发放设备密钥\n' +
        'its sessions have ended and its devices are cut off; once it is enrolled again they need new secrets (yizhan credential)',
    );
  return 0;
}

function readKey(path: string): string {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--key ${path}: can not be read (${(error as NodeJS.ErrnoException).code})`);
  }
  // It must not even leave this process.
  if (/PRIVATE KEY/.test(pem))
    throw new UsageError(
      `--key ${path} is a private key: it stays in the UKey. Give the public half: openssl pkey -in ${path} -pubout`,
    );
  return pem;
}
