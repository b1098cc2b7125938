import Type from 'typebox';
import { isRevoked } from '../core/stations.ts';
import type { App, Context } from './app.ts';
import { COOKIE, sessionOf, whoIs } from './guard.ts';
import { createNonces } from './nonces.ts';
import { verifyPassword } from './password.ts';
import { Refused } from './problem.ts';
import { answers, sessionView } from './schemas.ts';
import type { Person } from './sessions.ts';
import { isTrusted } from './station-sessions.ts';

const short = (description: string) => Type.String({ minLength: 1, maxLength: 64, description });
const place = {
  organisation: short('Organisation code (机构号), 8 digits'),
  station: short('The station in it'),
};

/**
 * ACC-01: organisation, operator, password, and the station's own proof. Whatever of them is wrong, the answer is the same. The
 * shapes are not checked before, for the same reason.
 */
export function signIn(app: App, { platform, sessions, proof }: Context): void {
  const nonces = createNonces(platform.now);

  app.post(
    '/api/sign-in/challenge',
    {
      config: { open: true },
      schema: {
        summary: 'A nonce for the station to sign: good once, for two minutes',
        body: Type.Object(place),
        response: answers(200, Type.Object({ nonce: Type.String() })),
      },
    },
    (request) => ({ nonce: nonces.give(request.body.organisation, request.body.station) }),
  );

  app.post(
    '/api/sign-in',
    {
      config: { open: true },
      schema: {
        summary: 'Opens a session (ACC-01)',
        description:
          'signature: Ed25519, base64, by the station’s key over the text ' +
          '`yizhan sign-in v1\\n{organisation}\\n{station}\\n{nonce}`. The session comes as a cookie and as `token`.',
        body: Type.Object({
          ...place,
          operator: short('Operator number'),
          password: short('6 digits'),
          nonce: short('From the challenge'),
          signature: Type.String({ maxLength: 1024 }),
        }),
        response: answers(
          200,
          Type.Object({ token: Type.String(), ...sessionView.properties }),
          'platform.signInRefused',
        ),
      },
    },
    async (request, reply) => {
      const proven = await prove(request.body);
      const done = proven && (await platform.command(proven.who, { type: 'signIn' }));
      if (!proven || !done?.ok) throw new Refused('platform.signInRefused');
      const { who, publicKey } = proven;
      // A sign-in over a session ends that one.
      if (request.session) sessions.end(request.session);
      const session = sessions.open(who, publicKey);
      const { token } = session;
      // Its certificate may have been revoked while the answer was on its way: then nobody has ended this session.
      if (!(await platform.read((state) => isTrusted(state, session)))) {
        sessions.end(session);
        throw new Refused('platform.signInRefused');
      }
      reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: 'auto' });
      return { token, ...(await describe(who)) };
    },
  );

  async function prove(asked: {
    organisation: string;
    station: string;
    operator: string;
    password: string;
    nonce: string;
    signature: string;
  }): Promise<{ who: Person; publicKey: string } | undefined> {
    const { organisation, station, operator, nonce } = asked;
    const { counter, person } = await platform.read((state) => ({
      counter: isRevoked(state, organisation, station)
        ? undefined
        : structuredClone(state.stations.get(`${organisation}/${station}`)),
      person: structuredClone(state.people.get(`${organisation}/${operator}`)),
    }));
    if (!nonces.take(organisation, station, nonce)) return undefined;
    // Before the password: without a station's key nobody can make the platform do the costly work, nor guess a password.
    if (!counter || !proof.verify(counter, nonce, asked.signature)) return undefined;
    if (!(await verifyPassword(asked.password, person?.passwordHash)) || !person) return undefined;
    const who: Person = { kind: 'person', role: person.role, organisation, station, operator };
    return { who, publicKey: counter.publicKey };
  }

  app.post(
    '/api/sign-out',
    {
      schema: {
        summary: 'Ends the session',
        response: answers(200, Type.Object({ signedOut: Type.Boolean() })),
      },
    },
    (request, reply) => {
      sessions.end(sessionOf(request));
      reply.clearCookie(COOKIE, { path: '/' });
      return { signedOut: true };
    },
  );

  app.get(
    '/api/session',
    {
      schema: {
        summary: 'Who is signed in, where, on which business day',
        response: answers(200, sessionView),
      },
    },
    (request) => describe(whoIs(request)),
  );

  function describe({ organisation, station, operator, role }: Person) {
    return platform.read((state) => ({
      organisation,
      organisationName: state.organisations.get(organisation)?.name ?? '',
      station,
      operator,
      name: state.people.get(`${organisation}/${operator}`)?.name ?? '',
      role,
      businessDate: state.businessDate,
      now: platform.now(),
    }));
  }
}
