/** How long a process may be silent before it counts as hanging, in seconds: at its start, and from its first word on. */
const START_S = 30;
const SILENT_S = 10;

/**
 * Watches the beats of a process.
 * @param onSilence called once, with the words for the log
 */
export function watchBeats(onSilence: (silence: string) => void): { beat(): void; stop(): void } {
  let patience = START_S;
  let silent = 0;
  let tick: NodeJS.Timeout | undefined;

  // Second by second: a parent that was itself held up, or slept, counts one second of that and then hears what waits for it.
  const next = () => {
    tick = setTimeout(() => {
      silent += 1;
      if (silent >= patience) onSilence(`it hangs: no beat for ${silent} s`);
      else next();
    }, 1_000);
    tick.unref();
  };
  next();
  return {
    beat() {
      patience = SILENT_S;
      silent = 0;
    },
    stop: () => clearTimeout(tick),
  };
}
