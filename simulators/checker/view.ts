/** An order as a station was shown it: the JSON of an answer, read by the checker. Amounts in fen. */
export interface View {
  id: string;
  outlet: string;
  state: string;
  amountFen: number;
  businessDate: string;
  fields: { [name: string]: string };
  journalNo?: string;
  counterpartNo?: string;
  receipt?: { number: string };
  transfers: { kind: string; debit: string; credit: string; amountFen: number; postingDate: string }[];
  /** All that was shown, as text. */
  text: string;
}

/** The order in an answer: a command's `{ok, order}` or the view itself; `undefined` where none was shown. */
export function readView(text: string): View | undefined {
  const answer = JSON.parse(text) as unknown;
  if (typeof answer !== 'object' || answer === null) return undefined;
  const view = ('order' in answer ? answer.order : answer) as Partial<View> | undefined;
  if (typeof view?.id !== 'string' || typeof view.state !== 'string') return undefined;
  return { ...(view as View), fields: view.fields ?? {}, transfers: view.transfers ?? [], text };
}
