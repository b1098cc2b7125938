import type { Envelope } from '../../contracts/envelope.ts';
import { type WireErrorCode, wireError } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';

/** What happens to a print request on its way: it is lost, or the driver does this with it. */
export type Fate = 'lost' | 'printed' | 'paperOut' | 'partly' | 'unsure' | 'unsurePrinted' | 'slow';

/**
 * A printer's driver that keeps its contract, with paper that is looked at afterwards. Its replies go into a pool, from
 * which they are delivered late, twice, out of order or never.
 */
export function driverTwin(name: string) {
  const journal = new Map<string, Completion | 'inProgress'>();
  /** What is on the paper: order and copy number, 0 for an original. */
  const paper: { order: string; copy: number }[] = [];
  const replies: Envelope[] = [];

  const reply = (request: Envelope, type: string, now: number, data: object) =>
    replies.push({
      id: `${request.id}/${type}/${replies.length}`,
      source: name,
      type: `yizhan.printer.${type}`,
      time: now,
      causation: request.id,
      ...(request.correlation ? { correlation: request.correlation } : {}),
      ...(request.key ? { key: request.key } : {}),
      data,
    });

  function put(request: Envelope): void {
    const { lines } = request.data as { lines: { text: string }[] };
    const mark = lines.map((line) => /COPY (\d+)/.exec(line.text)?.[1]).find(Boolean);
    paper.push({ order: request.correlation ?? '', copy: Number(mark ?? 0) });
  }

  const failure = (code: WireErrorCode): Completion => ({ outcome: 'failure', error: wireError(code) });
  const SUCCESS: Completion = { outcome: 'success', result: { proof: 'processId' } };
  const UNSURE: Completion = { outcome: 'unknown', error: wireError('device.printUncertain') };

  function carryOut(request: Envelope, fate: Fate): Completion | 'inProgress' {
    if (fate === 'printed' || fate === 'unsurePrinted' || fate === 'partly') put(request);
    if (fate === 'printed') return SUCCESS;
    if (fate === 'partly') return failure('device.printIncomplete');
    if (fate === 'paperOut') return failure('device.paperOut');
    return fate === 'slow' ? 'inProgress' : UNSURE;
  }

  return {
    paper,
    replies,
    print(request: Envelope, fate: Fate, now: number): void {
      const key = request.key ?? '';
      if (fate === 'lost') return;
      let known = journal.get(key);
      if (known === undefined) {
        if (now > (request.expiry ?? 0)) known = failure('contract.expired');
        else known = carryOut(request, fate);
        journal.set(key, known);
      }
      reply(request, 'print.accepted', now, {});
      if (known !== 'inProgress') reply(request, 'print.completed', now, known);
    },
    inquire(request: Envelope, now: number): void {
      const known = journal.get((request.data as { originalKey: string }).originalKey);
      const standing =
        known === undefined
          ? { standing: 'notFound' }
          : known === 'inProgress'
            ? { standing: 'inProgress' }
            : known.outcome === 'success'
              ? { standing: 'printed' }
              : {
                  standing: known.outcome === 'failure' ? 'failed' : 'uncertain',
                  errorCode: known.error?.code,
                };
      reply(request, 'inquire.completed', now, { outcome: 'success', result: standing });
    },
  };
}
