import { isThere } from './api.ts';

const POLL = 3_000;

/**
 * Calls `look` whenever something may have changed: by server-sent events, and every three seconds while they are not there.
 * `connected` tells which. Returns what ends it.
 */
export function follow(look: () => void, connected: (yes: boolean) => void): () => void {
  let source: EventSource;
  const open = () => {
    source = new EventSource('/api/events');
    source.onopen = () => {
      connected(true);
      // What happened before it was open told nobody.
      look();
    };
    source.onerror = () => connected(false);
    source.addEventListener('changed', look);
  };
  open();
  const timer = setInterval(() => {
    if (source.readyState === EventSource.OPEN && isThere()) return;
    look();
    // The browser tries again by itself unless it was refused.
    if (source.readyState === EventSource.CLOSED) open();
  }, POLL);
  return () => {
    clearInterval(timer);
    source.close();
  };
}
