/** How many uncertain jobs are remembered; the printer itself keeps only the newest id. */
const KEPT = 20;

/**
 * Process ids that are answered after their job's end was told without a proof. The told end stays what it was; an inquiry
 * may say better. Kept in memory only: after a restart the outcome is «uncertain» again, which is still true.
 */
export function createLateProofs() {
  const jobs: { id: string; key: string; proven: boolean }[] = [];

  return {
    watch(id: string, key: string): void {
      jobs.push({ id, key, proven: false });
      if (jobs.length > KEPT) jobs.shift();
    },
    proof(id: string): void {
      for (const job of jobs) if (job.id === id) job.proven = true;
    },
    proven: (key: string): boolean => jobs.some((job) => job.key === key && job.proven),
  };
}
