/** What a customer sees. */
export interface Face {
  /** The digits with their point; empty: dark. */
  text: string;
  lamp: 'none' | 'price' | 'total' | 'received' | 'change';
}

/** An LED display (客显) behind a one-way serial line. It never says anything, whatever it is sent. */
export interface CustomerDisplay {
  input(chunk: Uint8Array): void;
  face(): Face;
  /** Everything that was to be seen, one after another, beginning with the dark face. */
  readonly seen: readonly Face[];
  /** Its plug is pulled and put in again: dark, and in the middle of nothing. */
  powerCycle(): void;
}

const DARK: Face = { text: '', lamp: 'none' };
const LAMPS = ['none', 'price', 'total', 'received', 'change'] as const;

/** @param digits places; a number that is longer is shown without its front, as real ones do: that is what DSP-001 is for */
export function createCustomerDisplay({ digits = 8 } = {}): CustomerDisplay {
  let face = DARK;
  /** Of a command that is not whole yet. */
  let pending: number[] = [];
  const seen: Face[] = [face];

  function show(next: Face): void {
    if (next.text === face.text && next.lamp === face.lamp) return;
    face = next;
    seen.push(face);
  }

  /** Takes one byte on; answers whether a command is still open. */
  function take(byte: number): boolean {
    const [first, second, third] = [...pending, byte];
    if (first === 0x0c) show({ ...face, text: '' });
    if (first !== 0x1b) return false;
    if (second === undefined) return true;
    if (second === 0x40) {
      show(DARK);
      return false;
    }
    if (second === 0x73) {
      if (third === undefined) return true;
      const lamp = LAMPS[third - 0x30];
      if (lamp) show({ ...face, lamp });
      return false;
    }
    if (second !== 0x51) return false;
    if (third !== undefined && third !== 0x41) return false;
    if (third === undefined || byte !== 0x0d) return pending.length < 3 + 40;
    show({ ...face, text: lastPlaces(String.fromCharCode(...pending.slice(3)), digits) });
    return false;
  }

  return {
    input(chunk) {
      for (const byte of chunk) pending = take(byte) ? [...pending, byte] : [];
    },
    face: () => face,
    seen,
    powerCycle() {
      pending = [];
      show(DARK);
    },
  };
}

/** The last so many places of a number; a point takes none. */
function lastPlaces(text: string, digits: number): string {
  let places = 0;
  let from = text.length;
  while (from > 0 && places < digits) {
    from -= 1;
    if (text[from] !== '.') places += 1;
  }
  return text.slice(from);
}
