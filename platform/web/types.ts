/** What the API answers, as far as the page shows it; GET /api/openapi.json describes it in full. Amounts are fen, times ms. */
export interface OrderView {
  id: string;
  kind: 'payment' | 'creditPurchase' | 'creditVoid' | 'cardPurchase' | 'cardVoid';
  service?: string;
  outlet: string;
  operator: string;
  fields: Record<string, string>;
  amountFen: number;
  journalNo?: string;
  businessDate: string;
  createdAt: number;
  state: 'processing' | 'unknown' | 'manual' | 'succeeded' | 'failed' | 'rejected';
  needsQuery: boolean;
  voided: boolean;
  problem?: string;
  counterpartNo?: string;
  receipt?: { number: string; prints: Print[] };
  /** Of an order on a meter card: how far it is, what to do, and what may be asked for. */
  card?: { stage: string; zh: string; en: string; may: ('work' | 'takeBack' | 'confirm' | 'void')[] };
}

export interface MeterCard {
  card: 'meter';
  serial: string;
  meterNo: string;
  customerNo: string;
  wallet: { count: number; amountFen: number };
  returned?: { count: number; balanceFen: number; data: string };
}

export interface CardReading {
  card: MeterCard | { card: 'memory' | 'unknown' };
  isInserted: boolean;
  openOrder?: OrderView;
}

export interface MeterCustomer {
  name: string;
  address: string;
  arrearsFen: number;
  maximumFen: number;
}

export interface Print {
  copy: number;
  state: 'waiting' | 'sent' | 'accepted' | 'printed' | 'failed' | 'uncertain';
  error?: string;
}

export interface CreditView {
  outlet: string;
  name: string;
  balanceFen: number;
  heldFen: number;
  availableFen: number;
}

export interface Session {
  organisation: string;
  organisationName: string;
  station: string;
  operator: string;
  name: string;
  role: 'teller' | 'supervisor' | 'clerk' | 'administrator';
  businessDate: string;
  /** Platform time when it was asked for, ms. */
  now: number;
}

export interface Service {
  code: string;
  zh: string;
  en: string;
  counterpartZh: string;
  minimumFen: number;
  maximumFen: number;
  multipleFen: number;
  fields: { name: string; zh: string; en: string; pattern: string }[];
}

export interface Station {
  organisation?: string;
  station?: string;
  bench: boolean;
}

/** When something was last not well. */
interface Trouble {
  at: number;
  state: string;
  why?: string;
}

export interface DeviceView {
  name: string;
  profile?: string;
  state: string;
  since: number;
  problem?: Trouble;
  status: Record<string, unknown>;
}

export interface KioskView {
  outlet: string;
  name: string;
  station: string;
  state: string;
  since?: number;
  problem?: Trouble;
  power: string;
  network: string;
  networkInterface?: string;
  version?: string;
  devices: DeviceView[];
}

export interface Problem {
  title: string;
  titleEn: string;
  code: string;
  detail?: string;
  remedy: string;
  remedyEn: string;
}
