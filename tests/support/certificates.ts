import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPENSSL = ['/usr/bin/openssl', '/usr/local/bin/openssl'].find((file) => existsSync(file));

/** Whether certificates can be made: node has nothing that signs one. */
export const CAN_CERTIFY = OPENSSL !== undefined;

/** An authority of our own, as PEM files in this folder. */
export function authority(folder: string, name = 'ca') {
  const files = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  const openssl = (...args: string[]) => execFileSync(OPENSSL ?? 'openssl', args, { stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    files.key,
    '-out',
    files.cert,
    '-days',
    '30',
    '-subj',
    `/CN=${name}`,
  );
  return {
    ca: files.cert,
    /** A certificate for this name, valid at 127.0.0.1; the key is for its owner only. */
    issue(subject: string) {
      const [key, request, cert, extensions] = ['key', 'csr', 'pem', 'ext'].map((kind) =>
        join(folder, `${subject}.${kind}`),
      );
      if (!key || !request || !cert || !extensions) throw new Error('four names give four paths');
      openssl('req', ...newKey, '-keyout', key, '-out', request, '-subj', `/CN=${subject}`);
      writeFileSync(extensions, 'subjectAltName=IP:127.0.0.1\n');
      openssl(
        'x509',
        '-req',
        '-in',
        request,
        '-CA',
        files.cert,
        '-CAkey',
        files.key,
        '-CAcreateserial',
        '-days',
        '30',
        '-extfile',
        extensions,
        '-out',
        cert,
      );
      chmodSync(key, 0o600);
      return { key, cert };
    },
  };
}
