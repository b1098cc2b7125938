import type { Message } from './tap.ts';

/** Requests that are on their way or being worked at: while there is one, no time passes. */
export function createOpenRequests() {
  const open = new Map<string, { place: string; until: string }>();
  return {
    sent({ place, name, envelope }: Message): void {
      // What follows an «accepted» of the carrier is a matter of its clock; a sheet of paper takes real time.
      if (name === 'carrier.perform') open.set(envelope.id, { place, until: '.accepted' });
      else if (name === 'carrier.inquire' || name === 'printer.print' || name === 'printer.inquire')
        open.set(envelope.id, { place, until: '.completed' });
    },
    answered({ envelope: { type, causation = '' } }: Message): void {
      const until = open.get(causation)?.until;
      if (until && (type.endsWith(until) || type.endsWith('.completed'))) open.delete(causation);
    },
    forget(place: string): void {
      for (const [id, request] of open) if (request.place === place) open.delete(id);
    },
    clear: () => open.clear(),
    any: () => open.size > 0,
  };
}
