import { EventEmitter, once } from 'node:events';
import type { TransportHandlers } from '../../../drivers/transports/transport.ts';

/** Handlers that write down what they hear; `next` waits for the next of a kind that has not been waited for. */
export function recorder() {
  const all: [keyof TransportHandlers, unknown][] = [];
  const taken = { opened: 0, bytes: 0, lost: 0 };
  const events = new EventEmitter();
  const hear = (what: keyof TransportHandlers, value?: unknown) => {
    all.push([what, value]);
    events.emit(what);
  };
  const handlers: TransportHandlers = {
    opened: () => hear('opened'),
    bytes: (chunk) => hear('bytes', Array.from(chunk)),
    lost: (reason) => hear('lost', reason),
  };
  return {
    handlers,
    all,
    async next(what: keyof TransportHandlers): Promise<unknown> {
      const heard = () => all.filter(([kind]) => kind === what);
      const place = taken[what]++;
      while (heard().length <= place) await once(events, what);
      return heard()[place]?.[1];
    },
  };
}
