import type { Outcome } from './worker-job.ts';

/** How one property of the generated scenarios is spread. */
export interface Histogram {
  name: string;
  unit: string;
  values: { [value: string]: number };
  /** It never varied: whatever depends on it was not tried. */
  constant: boolean;
}

/** Fewer scenarios say nothing about the spread. */
const ENOUGH = 100;

const WATCHED: { name: string; unit: string; of(outcome: Outcome): { [value: string]: number } }[] = [
  { name: 'stations', unit: 'of a seed', of: ({ shape }) => ({ [shape.stations]: 1 }) },
  { name: 'hours', unit: 'of a seed', of: ({ shape }) => ({ [shape.hours]: 1 }) },
  { name: 'start', unit: 'hour of the day', of: ({ shape }) => ({ [shape.start]: 1 }) },
  { name: 'orders', unit: 'of a seed', of: ({ orders }) => ({ [upTo(orders)]: 1 }) },
  { name: 'faults', unit: 'of a seed', of: ({ shape }) => ({ [upTo(shape.faults)]: 1 }) },
  { name: 'healers absent', unit: 'of a seed', of: ({ shape }) => ({ [shape.healersAbsent]: 1 }) },
  { name: 'amounts', unit: 'fen', of: ({ shape }) => shape.amounts },
];

export function createHistograms(): { add(outcome: Outcome): void; result(): Histogram[] } {
  let seeds = 0;
  const sums = WATCHED.map((): { [value: string]: number } => ({}));
  return {
    add(outcome) {
      seeds++;
      for (const [i, { of }] of WATCHED.entries()) {
        const values = sums[i] ?? {};
        for (const [value, count] of Object.entries(of(outcome)))
          values[value] = (values[value] ?? 0) + count;
      }
    },
    result: () =>
      WATCHED.map(({ name, unit }, i) => {
        const values = sums[i] ?? {};
        return { name, unit, values, constant: seeds >= ENOUGH && Object.keys(values).length < 2 };
      }),
  };
}

/** Small counts as they are, larger ones in steps that double. */
function upTo(count: number): string {
  if (count <= 8) return String(count);
  let step = 16;
  while (step < count) step *= 2;
  return `≤${step}`;
}
