import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signInText } from '../../../platform/http/station-proof.ts';
import { orderId } from '../../support/ids.ts';
import { AREA, OTHER_OUTLET } from '../../support/memory-platform.ts';
import { OFFICE, OUTLET, SYSTEM } from '../../support/small-platform.ts';
import { httpOver, payment, signedIn, signInBody } from './client.ts';

/** Of a key of its own, valid for a hundred years from 2026-12-01. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBQDCB86ADAgECAhQSJnNBrYzsVpHmQgPRZCsbFxZVsDAFBgMrZXAwFTETMBEG
A1UEAwwKNTEwMTAwMDEtMTAgFw0yNjEyMDExMTEyNTNaGA8yMTI2MTEwNzExMTI1
M1owFTETMBEGA1UEAwwKNTEwMTAwMDEtMTAqMAUGAytlcAMhAPKDu6ckszWTtn/j
uyl9G6v/pAZqY5r9/yScvNC7sE1Eo1MwUTAdBgNVHQ4EFgQUbQyrmS8HmAjZCa8N
WMFr6ca2mZgwHwYDVR0jBBgwFoAUbQyrmS8HmAjZCa8NWMFr6ca2mZgwDwYDVR0T
AQH/BAUwAwEB/zAFBgMrZXADQQBmFBX6sS8JoNMQgAELngHyWwXYtaogVGpbDl35
4C5S3OsRQQKv0FuByI8R6d6ORKMAwr2q4beYh/R5psokhZkN
-----END CERTIFICATE-----
`;
const KEY = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA8oO7pySzNZO2f+O7KX0bq/+kBmpjmv3/JJy80LuwTUQ=\n';
const place = { organisation: OUTLET, station: '1' };

/** A new UKey: what is enrolled of it, and what it signs. */
function newUkey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    signIn: (nonce: string) =>
      sign(null, Buffer.from(signInText(OUTLET, '1', nonce)), privateKey).toString('base64'),
  };
}

async function atOffice() {
  const { app, platform } = await httpOver();
  const admin = await signedIn(app, AREA, 'administrator');
  const teller = await signedIn(app);
  const revoke = (n: number, more: object = {}) =>
    admin('POST', '/api/stations/revocations', { id: orderId(n), ...place, reason: 'UKey lost', ...more });
  const enrol = (n: number, key: string, more: object = {}) =>
    admin('POST', '/api/stations', { id: orderId(n), ...place, key, ...more });
  const signIn = async (signature?: (nonce: string) => string) => {
    const body = await signInBody(app, OUTLET, 'T001');
    const payload = signature ? { ...body, signature: signature(body.nonce) } : body;
    return app.inject({ method: 'POST', url: '/api/sign-in', payload });
  };
  return { app, platform, admin, teller, revoke, enrol, signIn };
}

describe('certificates of stations over HTTP', () => {
  it('DEV-03 a revocation ends the station’s sessions: the next request is refused, and nothing is paid', async () => {
    const { platform, teller, revoke } = await atOffice();
    expect((await teller('GET', '/api/session')).status).toBe(200);
    const revoked = await revoke(1);
    expect(revoked.status).toBe(200);
    expect(revoked.body).toMatchObject({ ...place, state: 'revoked' });
    for (const answer of [
      await teller('GET', '/api/session'),
      await teller('POST', '/api/payments', payment(orderId(2))),
    ])
      expect([answer.status, answer.body.code, answer.body.title, answer.body.titleEn]).toEqual([
        401,
        'platform.stationRevoked',
        '本台席的证书已更换、吊销或到期',
        'This station’s certificate was replaced, revoked or has run out',
      ]);
    expect(await platform.api.order(orderId(2))).toBeUndefined();
    expect(platform.published.filter(({ place: { kind } }) => kind === 'counterpart')).toEqual([]);
  });

  it('ACC-01 a sign-in from a revoked station is refused like one with a wrong password: word for word', async () => {
    const { app, revoke, signIn } = await atOffice();
    const wrong = { ...(await signInBody(app, OUTLET, 'T001')), password: '314159' };
    const refused = await app.inject({ method: 'POST', url: '/api/sign-in', payload: wrong });
    await revoke(1);
    const answer = await signIn();
    expect([answer.statusCode, answer.body]).toEqual([401, refused.body]);
  });

  it('DEV-03 another key takes the place of the first at once: its sessions end, and only it signs in', async () => {
    const { teller, enrol, signIn } = await atOffice();
    const ukey = newUkey();
    const enrolled = await enrol(1, ukey.key);
    expect(enrolled.body).toMatchObject({
      state: 'valid',
      changes: [{ what: 'enrolled', by: `${AREA}/A001` }],
    });
    expect((await teller('GET', '/api/session')).body).toMatchObject({ code: 'platform.stationRevoked' });
    expect((await signIn()).statusCode).toBe(401);
    expect((await signIn(ukey.signIn)).statusCode).toBe(200);
  });

  it('DEV-03 a station revoked while its sign-in is under way gets no session', async () => {
    const { app, platform, signIn } = await atOffice();
    // The sign-in is on the record and not yet answered when the revocation comes.
    const command = platform.api.command;
    platform.api.command = (who, asked) => {
      const done = command(who, asked);
      if (asked.type === 'signIn')
        void command(SYSTEM, { type: 'revokeStation', id: orderId(1), ...place, reason: 'x' });
      return done;
    };
    const answer = await signIn();
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(app.hasRoute({ method: 'GET', url: '/api/stations' })).toBe(true);
  });

  it('DEV-03 takes a public key or a certificate of one, and never a private key', async () => {
    const { enrol, admin } = await atOffice();
    const certified = await enrol(1, CERTIFICATE, { station: '2' });
    expect(certified.body).toMatchObject({ state: 'valid', expiresAt: Date.UTC(2126, 10, 7, 11, 12, 53) });
    // The same key bare: already enrolled there, and at no other place.
    expect((await enrol(2, `${KEY}-----END PUBLIC KEY-----\n`, { station: '2' })).status).toBe(200);
    expect((await enrol(3, `${KEY}-----END PUBLIC KEY-----\n`)).body.code).toBe('platform.stationKeyUsed');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
      type: 'spki',
      format: 'pem',
    });
    for (const key of ['no key', newUkey().privateKey, rsa.toString()])
      expect((await enrol(4, key)).body.code).toBe('platform.stationKeyInvalid');
    const { body } = await admin('GET', '/api/stations');
    const listed = body.stations as { organisation: string; station: string; fingerprint: string }[];
    expect(listed.map((each) => `${each.organisation}/${each.station}`).sort()).toEqual(
      [`${AREA}/1`, `${OUTLET}/1`, `${OUTLET}/2`, `${OTHER_OUTLET}/1`, `${OFFICE}/1`].sort(),
    );
    expect(listed.every(({ fingerprint }) => /^[0-9a-f]{64}$/.test(fingerprint))).toBe(true);
  });

  it('ACC-03 is the administrator’s alone; what does not fit is named', async () => {
    const { app, teller, enrol, revoke } = await atOffice();
    const clerk = await signedIn(app, OFFICE, 'clerk');
    for (const ask of [teller, clerk]) {
      const body = { id: orderId(1), ...place, reason: 'x' };
      expect((await ask('POST', '/api/stations/revocations', body)).status).toBe(403);
      expect((await ask('GET', '/api/stations')).status).toBe(403);
    }
    expect((await revoke(1, { station: 'no such' })).status).toBe(400);
    expect((await revoke(1, { station: '9' })).status).toBe(404);
    expect((await revoke(1, { reason: '' })).body.detail).toContain('reason');
    expect((await enrol(1, newUkey().key, { organisation: '51019999' })).body.code).toBe(
      'platform.forbidden',
    );
  });
});
