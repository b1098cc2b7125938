import { createHash } from 'node:crypto';
import { bytesOf, hexOf, isSame } from './bytes.ts';
import type { CpuChip } from './chip.ts';
import { authorizationOf, sealOf } from './issuer.ts';
import {
  emptyReturn,
  FILES,
  type FileName,
  type LayoutName,
  type Parameters,
  parametersFile,
  readParameters,
  readReturn,
  readWallet,
  type WalletFile,
  walletFile,
} from './meter-files.ts';

/** What can be wrong with a card before anything is said to it. */
export interface CardFlaws {
  /** No answer to the reset: dirty contacts, or the wrong way round. */
  mute: boolean;
  /** This status word instead of the answer to the command after so many others (0: the next one). */
  answer: { after: number; word: number } | undefined;
}

export interface PurchaseCard extends CpuChip {
  readonly serial: string;
  readonly layout: LayoutName;
  /** The files' bytes, as they are on the card. */
  readonly files: { readonly [F in FileName]: Uint8Array };
  readonly flaws: CardFlaws;
  /** Called after whatever changed a file. */
  onChange: () => void;
}

export interface PurchaseCardOptions {
  /** 16 hex digits. */
  serial: string;
  layout?: LayoutName;
  parameters: Parameters;
  wallet: WalletFile;
  /** The return file; empty where it is left out. */
  returned?: Uint8Array;
}

const MF = 0x3f00;
const DF01 = 0xdf01;
const SERIAL_ID = 0x19;
const ATR = bytesOf('3B6900005792230101010101');

/** A meter's purchase card with a CPU chip: files, sessions, authorization and sealed writes (ISO 7816-4 as far as it is needed). */
export function createPurchaseCard(options: PurchaseCardOptions): PurchaseCard {
  const { serial, layout = '2009', parameters, wallet, returned = emptyReturn(layout) } = options;
  const files = { parameters: parametersFile(parameters), wallet: walletFile(wallet), returned };
  const flaws: CardFlaws = { mute: false, answer: undefined };
  let session: { folder: number; challenge: string; isAuthorized: boolean; waiting: Uint8Array } | undefined;
  let challenges = 0;

  const nameOf = (id: number) =>
    (Object.keys(files) as FileName[]).find((name) => FILES[layout][name].id === id);

  /** Never the same twice in the card's life, and the same in every run. */
  function nextChallenge(bytes: number): Uint8Array {
    const text = `${serial} ${++challenges}`;
    return createHash('sha256').update(text).digest().subarray(0, bytes);
  }

  function run(apdu: Uint8Array, atMost: number): Uint8Array {
    if (!session) throw new Error('a card without power was spoken to');
    const flaw = takeFlaw();
    if (flaw !== undefined) return word(flaw);
    const [cla = 0, ins = 0, p1 = 0, p2 = 0, length = 0] = apdu;
    if (cla !== 0 && cla !== 0x04) return word(0x6e00);
    switch (ins) {
      case 0xa4:
        return select(apdu);
      case 0xc0:
        return answer(session.waiting.subarray(0, length));
      case 0xb0:
        return read(p1, p2, length);
      case 0x84:
        return challenge(length);
      case 0x82:
        return authenticate(apdu.subarray(5));
      case 0xd6:
        return cla === 0x04 ? update(apdu, atMost) : word(0x6982);
      default:
        return word(0x6d00);
    }
  }

  function takeFlaw(): number | undefined {
    const { answer: planned } = flaws;
    if (!planned) return undefined;
    if (planned.after > 0) {
      flaws.answer = { ...planned, after: planned.after - 1 };
      return undefined;
    }
    flaws.answer = undefined;
    return planned.word;
  }

  function select(apdu: Uint8Array): Uint8Array {
    const folder = ((apdu[5] ?? 0) << 8) | (apdu[6] ?? 0);
    if (apdu[4] !== 2) return word(0x6700);
    if (folder !== MF && folder !== DF01) return word(0x6a82);
    if (!session) return word(0x6f00);
    session.folder = folder;
    session.waiting = bytesOf('6F028400');
    // T=0: what a command with data answers waits to be fetched.
    return word(0x6100 | session.waiting.length);
  }

  function read(p1: number, offset: number, length: number): Uint8Array {
    if ((p1 & 0x80) === 0) return word(0x6a86);
    const id = p1 & 0x1f;
    const name = session?.folder === DF01 ? nameOf(id) : undefined;
    const file = session?.folder === MF && id === SERIAL_ID ? bytesOf(`00${serial}`) : name && files[name];
    if (!file) return word(0x6a82);
    if (offset >= file.length) return word(0x6b00);
    if (offset + length > file.length) return word(0x6c00 | (file.length - offset));
    return answer(file.subarray(offset, offset + length));
  }

  function challenge(length: number): Uint8Array {
    if (length !== 4 && length !== 8) return word(0x6700);
    const given = nextChallenge(length);
    if (session && length === 8) session.challenge = hexOf(given);
    return answer(given);
  }

  function authenticate(data: Uint8Array): Uint8Array {
    if (!session?.challenge) return word(0x6985);
    session.isAuthorized = hexOf(data) === authorizationOf(serial, session.challenge);
    return word(session.isAuthorized ? 0x9000 : 0x63c2);
  }

  function update(apdu: Uint8Array, atMost: number): Uint8Array {
    const name = session?.folder === DF01 ? nameOf((apdu[2] ?? 0) & 0x1f) : undefined;
    if (!session || !name) return word(0x6a82);
    const data = apdu.subarray(5, -4);
    if (apdu.length !== 5 + (apdu[4] ?? 0) || data.length > files[name].length) return word(0x6700);
    if (!session.isAuthorized) return word(0x6982);
    if (hexOf(apdu.subarray(-4)) !== sealOf(serial, session.challenge, apdu.subarray(0, 5), data))
      return word(0x6988);
    const kept = data.subarray(0, atMost);
    const next = Uint8Array.from([...kept, ...files[name].subarray(kept.length)]);
    if (!isSame(next, files[name])) {
      files[name] = next;
      card.onChange();
    }
    return word(0x9000);
  }

  const card: PurchaseCard = {
    kind: 'cpu',
    serial,
    layout,
    files,
    flaws,
    onChange() {},
    powerOn() {
      session = { folder: MF, challenge: '', isAuthorized: false, waiting: new Uint8Array() };
      return flaws.mute ? new Uint8Array() : ATR;
    },
    powerOff() {
      session = undefined;
    },
    transmit: (apdu) => run(apdu, Number.POSITIVE_INFINITY),
    tear(apdu, bytes) {
      run(apdu, bytes);
      session = undefined;
    },
  };
  return card;
}

const word = (value: number) => Uint8Array.of(value >> 8, value & 0xff);
const answer = (data: Uint8Array) => Uint8Array.from([...data, 0x90, 0x00]);

/** What a person would find on the card; `undefined` where its parameters are torn. */
export function imageOf({ serial, layout, files }: PurchaseCard) {
  const parameters = readParameters(files.parameters);
  return (
    parameters && {
      serial,
      layout,
      ...parameters,
      wallet: readWallet(files.wallet),
      returned: readReturn(files.returned),
    }
  );
}
