/** What is to be seen at the bench's counter, as the bench says it. Amounts in fen. */
export interface CounterView {
  cards: ShownCard[];
  reader?: { position: 'none' | 'gate' | 'inside' | 'contacts'; pullAt?: string };
  printer: { isOn: boolean; hasPaper: boolean; isCoverOpen: boolean; paper: string };
  display?: { text: string; lamp: string };
  sign?: { text: string };
  alarm?: { presses: number };
}

export interface ShownCard {
  digits: string;
  name: string;
  customerNo: string;
  meterNo: string;
  isInReader: boolean;
  wallet: { count: number; amountFen: number };
  returned: { count: number; balanceFen: number } | 'empty' | 'torn';
  parameters: 'whole' | 'torn';
  meter: { count: number; balanceFen: number; shown: string };
}

export interface Deed {
  do: string;
  card?: string;
  at?: string;
}

/** The bench refused, in its own words; `forbidden`: the token is missing, or of an earlier start. */
export class BenchRefusal extends Error {
  readonly forbidden: boolean;

  constructor(text: string, forbidden: boolean) {
    super(text);
    this.forbidden = forbidden;
  }
}

/** One deed of a person's hands. Throws {@link BenchRefusal}, and what `fetch` throws where the bench is away. */
export async function act(token: string, deed: Deed): Promise<CounterView> {
  const answer = await fetch('/bench/control/counter', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(deed),
  });
  const body: unknown = await answer.json();
  if (answer.ok) return body as CounterView;
  const { detail = '', title = '' } = body as { detail?: string; title?: string };
  throw new BenchRefusal(detail || title, answer.status === 401);
}
