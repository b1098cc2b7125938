/** What a sheet of paper says about itself, read as a person would. */
export interface Sheet {
  text: string;
  /** `original`, `COPY 1` …; `undefined` where it was cut before it could say so. */
  mark: string | undefined;
  isVoided: boolean;
}

/** The mark stands below the two lines of the heading; a sheet with fewer lines may be anything. */
const HEADING = 2;

export function readSheet(lines: readonly string[]): Sheet {
  const text = lines.join('\n');
  const copy = /COPY (\d+)/.exec(text);
  const mark = copy ? `COPY ${copy[1]}` : lines.length > HEADING ? 'original' : undefined;
  return { text, mark, isVoided: text.includes('VOIDED') };
}

/** The order of a print job's key: `<order>.p<number>`. */
export const orderOfJob = (job: string) => job.slice(0, job.lastIndexOf('.p'));
