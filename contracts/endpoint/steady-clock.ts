/** Differences between the two clocks below this are drift; above it somebody set the clock, or the machine slept. In ms. */
const JUMP = 1_000;

/**
 * The time of day in whole ms, which never goes back and never stands still: it runs with the monotonic clock and follows
 * the wall clock's jumps forward only. The wall clock may be set back; the monotonic one stands still while the machine
 * sleeps, and a request that slept with it must be found expired.
 */
export function steadyClock(
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): () => number {
  let difference = wall() - monotonic();
  let shift = difference;
  return () => {
    const m = monotonic();
    const jump = wall() - m - difference;
    if (Math.abs(jump) > JUMP) {
      difference += jump;
      shift += Math.max(jump, 0);
    }
    return Math.floor(m + shift);
  };
}
