import { readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { mustKnow, refuse } from './misconfigured.ts';

const file = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));

/** Paths and no texts: what a process is configured with may be seen by more people than a key. */
export const tlsFiles = Type.Object(
  {
    ca: file('the path of a PEM file with the authority that signed the broker’s certificate'),
    cert: file('the path of a PEM file with our own certificate, where the broker asks for one'),
    key: file('the path of a PEM file with the key of our own certificate'),
  },
  { description: 'an object with «ca», and «cert» with «key» where the broker asks for a certificate' },
);

export type TlsFiles = Static<typeof tlsFiles>;

/** Throws Misconfigured where the members don’t belong together, or to this address. */
export function mustBeTls(tls: TlsFiles, url: string): void {
  mustKnow(tls, Object.keys(tlsFiles.properties), 'tls.');
  if (!url.startsWith('mqtts:'))
    refuse('url', url, 'mqtts://host:port where «tls» is given: over mqtt:// nothing is encrypted');
  if ((tls.cert === undefined) !== (tls.key === undefined))
    refuse(tls.cert === undefined ? 'tls.cert' : 'tls.key', undefined, '«cert» and «key» together');
}

/** The files’ texts. Throws Misconfigured, which names the file that can’t be read. */
export function readTls(tls: TlsFiles): { ca?: string; cert?: string; key?: string } {
  const read = (member: keyof TlsFiles) => {
    const path = tls[member];
    if (path === undefined) return {};
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      return refuse(`tls.${member}`, path, `a file that can be read (${(error as Error).message})`);
    }
    if (!text.includes('-----BEGIN ')) refuse(`tls.${member}`, path, 'a file in the PEM format');
    return { [member]: text };
  };
  return { ...read('ca'), ...read('cert'), ...read('key') };
}
