import Type from 'typebox';
import type { App, Context } from './app.ts';
import { Refused } from './problem.ts';

/** What stands in for the counter on a bench. In the field these routes are not there. */
export function benchRoutes(app: App, { bench }: Context): void {
  if (!bench) return;

  app.post(
    '/bench/sign',
    {
      schema: {
        summary: 'Bench only: the software UKey signs a challenge',
        body: Type.Object({
          organisation: Type.String({ maxLength: 64 }),
          station: Type.String({ maxLength: 64 }),
          nonce: Type.String({ maxLength: 64 }),
        }),
      },
    },
    (request) => {
      const { organisation, station, nonce } = request.body;
      const signature = bench.sign(organisation, station, nonce);
      if (signature === undefined)
        throw new Refused('platform.notFound', {
          detail: `the bench has no UKey for station ${station} of organisation ${organisation}`,
        });
      return { signature };
    },
  );

  app.get(
    '/bench/receipts/:journalNo/:sheet',
    {
      schema: {
        summary: 'Bench only: what the printer emulator put on the paper',
        params: Type.Object({
          journalNo: Type.String({ pattern: '^\\d{11,14}$' }),
          sheet: Type.String({
            pattern: '^\\d{1,3}\\.(png|svg|txt)$',
            description: 'The copy (0: the original) and the form: 0.png, 1.txt',
          }),
        }),
      },
    },
    async (request, reply) => {
      const { journalNo, sheet } = request.params;
      const [copy, form] = sheet.split('.');
      const picture = await bench.picture(journalNo, Number(copy));
      if (!picture)
        throw new Refused('platform.notFound', { detail: `no paper of ${journalNo}, copy ${copy}` });
      reply.header('cache-control', 'no-store');
      if (form === 'png') return reply.type('image/png').send(picture.png);
      if (form === 'svg') return reply.type('image/svg+xml').send(picture.svg);
      return reply.type('text/plain; charset=utf-8').send(picture.text);
    },
  );
}
