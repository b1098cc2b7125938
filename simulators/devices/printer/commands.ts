import type { Command } from './framer.ts';
import type { Machine } from './machine.ts';
import { defaultModes } from './modes.ts';
import { printBarcode, printRaster } from './pictures.ts';
import { paperStatus } from './status.ts';

/**
 * What each command does, by the framer's names. `args` are the bytes behind the name. A handler that answers false
 * could not be carried out: the command stays first in the receive buffer and is tried again.
 */
type Handler = (m: Machine, args: readonly number[]) => unknown;

const accepted: Handler = () => {};
const word = (low = 0, high = 0): number => low + 256 * high;
const odd = (n = 0): boolean => (n & 1) === 1;
/** Switches take 0, 1, 2 or the same as digits. */
const digit = (n = 0): number => (n >= 0x30 && n <= 0x39 ? n - 0x30 : n);

/** GS V: full or partial, and from 65 on the paper is first fed to the cutter and n dots more. */
const cutPaper: Handler = (m, [how = 0, n = 0]) => {
  const feed = how >= 65 ? m.model.headToCutter + n : 0;
  if ([0, 48, 65, 97, 103].includes(how)) return m.cut('cut', feed);
  if ([1, 49, 66, 98, 104].includes(how)) return m.cut('partialCut', feed);
  return m.problem(`GS V ${how}: no such cut; allowed are 0, 1, 48, 49, 65, 66`);
};

/** GS ( H 48: the id comes back once everything before it is on paper. GS ( H 49: tell when going offline. */
const requireResponse: Handler = (m, [, , fn, , ...d]) => {
  if (!m.model.processId) return;
  if (fn === 48 && d.length === 4) m.reply([0x37, 0x22, ...d, 0x00]);
  else if (fn === 49 && d.length === 1) m.tellOffline = digit(d[0]);
  else m.problem(`GS ( H ${fn}: not a form that this printer knows`);
};

const identify: Handler = (m, [n = 0]) => {
  const byte = n >= 49 && n <= 51 ? m.model.ids[n - 49] : m.model.ids[n - 1];
  const text = m.model.texts?.[n - 65];
  if (byte !== undefined) m.reply([byte]);
  else if (text !== undefined) m.reply([0x5f, ...Buffer.from(text, 'latin1'), 0x00]);
  else m.problem(`GS I ${n}: this printer does not know it and does not answer`);
};

const atLineStart = (m: Machine, what: string, run: () => void): void => {
  if (m.line.length > 0) m.problem(`${what} in the middle of a line is ignored: print the line first`);
  else run();
};

export const commands: Record<string, Handler> = {
  '00': accepted,
  '09': (m) => m.tab(),
  '0A': (m) => m.feedLines(1),
  '0D': accepted,
  'ESC @': (m) => {
    m.clearPrintBuffer();
    m.modes = defaultModes(m.model);
    m.automaticMask = 0;
  },
  'ESC d': (m, [n = 0]) => m.feedLines(n),
  'ESC J': (m, [n = 0]) => m.feedDots(n),
  'ESC !': (m, [n = 0]) => {
    m.modes.font = n & 0x01 ? 'b' : 'a';
    m.modes.bold = (n & 0x08) !== 0;
    m.modes.size = { tall: n & 0x10 ? 2 : 1, wide: n & 0x20 ? 2 : 1 };
    m.modes.underline = n & 0x80 ? 1 : 0;
  },
  'ESC M': (m, [n]) => {
    m.modes.font = digit(n) === 1 ? 'b' : 'a';
  },
  // Only GS ! enlarges hanzi and single-byte characters alike; ESC ! and FS ! have one kind each.
  'GS !': (m, [n = 0]) => {
    const size = { wide: ((n >> 4) & 7) + 1, tall: (n & 7) + 1 };
    m.modes.size = size;
    m.modes.hanziSize = size;
  },
  'FS !': (m, [n = 0]) => {
    m.modes.hanziSize = { wide: n & 0x04 ? 2 : 1, tall: n & 0x08 ? 2 : 1 };
    m.modes.hanziUnderline = n & 0x80 ? 1 : 0;
  },
  'FS W': (m, [n]) => {
    m.modes.hanziSize = odd(n) ? { wide: 2, tall: 2 } : { wide: 1, tall: 1 };
  },
  'ESC E': (m, [n]) => {
    m.modes.bold = odd(n);
  },
  'ESC G': (m, [n]) => {
    m.modes.bold = odd(n);
  },
  'ESC -': (m, [n]) => {
    m.modes.underline = Math.min(2, digit(n));
  },
  'FS -': (m, [n]) => {
    m.modes.hanziUnderline = Math.min(2, digit(n));
  },
  'GS B': (m, [n]) => {
    m.modes.reverse = odd(n);
  },
  'ESC a': (m, [n]) =>
    atLineStart(m, 'ESC a', () => {
      m.modes.align = (['left', 'centre', 'right'] as const)[digit(n)] ?? m.modes.align;
    }),
  'ESC 2': (m) => {
    m.modes.lineSpacing = 30;
  },
  'ESC 3': (m, [n = 0]) => {
    m.modes.lineSpacing = n;
  },
  'ESC 20': (m, [n = 0]) => {
    m.modes.spacing = n;
  },
  'FS S': (m, [before = 0, after = 0]) => {
    m.modes.hanziSpacing = [before, after];
  },
  'GS L': (m, [low, high]) =>
    atLineStart(m, 'GS L', () => {
      m.modes.leftMargin = Math.min(word(low, high), m.model.dots - 1);
    }),
  'GS W': (m, [low, high]) =>
    atLineStart(m, 'GS W', () => {
      m.modes.areaWidth = word(low, high);
    }),
  'FS &': (m) => {
    m.modes.chinese = true;
  },
  'FS .': (m) => {
    m.modes.chinese = false;
  },
  'GS V': cutPaper,
  'ESC i': (m) => m.cut('cut', 0),
  'ESC m': (m) => m.cut('partialCut', 0),
  'ESC p': (m) => {
    m.drawerPulses += 1;
  },
  'GS r': (m, [n]) => {
    const kind = digit(n);
    if (kind === 1) m.reply([paperStatus(m.condition())]);
    else if (kind === 2) m.reply([0x00]);
    else m.problem(`GS r ${n}: allowed are 1 (paper) and 2 (drawer)`);
  },
  'GS a': (m, [n = 0]) => m.setAutomatic(n),
  'GS I': identify,
  'GS ( H': requireResponse,
  'GS v 0': (m, args) => atLineStart(m, 'GS v 0', () => printRaster(m, args)),
  'GS h': (m, [n = 0]) => {
    m.modes.barcode.height = Math.max(1, n);
  },
  'GS w': (m, [n = 0]) => {
    m.modes.barcode.module = Math.min(6, Math.max(2, n));
  },
  'GS H': (m, [n]) => {
    m.modes.barcode.hri = digit(n) & 3;
  },
  'GS k': (m, args) => atLineStart(m, 'GS k', () => printBarcode(m, args)),
  // Settings that change nothing which this printer draws.
  ...Object.fromEntries(
    ['ESC t', 'ESC R', 'ESC =', 'ESC c', 'ESC {', 'GS f'].map((name) => [name, accepted]),
  ),
};

/** Runs one command; false where it must be tried again. Text goes into the print buffer, the rest by the table. */
export function execute(m: Machine, { name, bytes }: Command): boolean {
  if (name === 'text') {
    for (const character of m.decoder.push(bytes[0] ?? 0, m.modes.chinese)) m.put(character);
    return true;
  }
  for (const character of m.decoder.flush()) m.put(character);
  const handler = commands[name];
  if (handler === undefined) m.problem(`${name}: not a command of this printer, skipped`);
  return handler?.(m, bytes.slice(name.split(' ').length)) !== false;
}
