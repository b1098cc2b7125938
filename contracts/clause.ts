/** One normative sentence of the contract. Every rule a partner must keep has an id, so that a test and a report can name it. */
export interface Clause {
  /** `ENV-001`: a family of three letters and three digits (two digits are the domain's rules). */
  id: string;
  level: 'MUST' | 'SHOULD';
  text: string;
}
