import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEar, frame, type Heard } from '../../../../simulators/devices/card-reader-crt310/codec.ts';
import { emulateCrt310 } from '../../../../simulators/devices/card-reader-crt310/reader.ts';
import { createBusCard } from '../../../../simulators/devices/cards/bus-card.ts';
import type { Chip } from '../../../../simulators/devices/cards/chip.ts';
import { createPurchaseCard } from '../../../../simulators/devices/cards/purchase-card.ts';
import { createSle4442 } from '../../../../simulators/devices/cards/sle4442.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const textOf = (bytes: Iterable<number>) =>
  Buffer.from([...bytes])
    .toString('hex')
    .toUpperCase();

const purchaseCard = () =>
  createPurchaseCard({
    serial: '0011223344556677',
    parameters: { meterNo: '000012345678', customerNo: '000088880001', kind: 'purchase' },
    wallet: { amountFen: 5_000, count: 3 },
  });

/** The reader's wire in the test's hand. */
function wired(options: Parameters<typeof emulateCrt310>[0] = {}) {
  const reader = emulateCrt310(options);
  let said = '';
  reader.attach((bytes) => {
    said += textOf(bytes);
  });
  const w = {
    reader,
    /** Bytes to the reader, and what it says to them. */
    say(hex: string): string {
      said = '';
      reader.input(bytesOf(hex));
      return said;
    },
    /** One command through the whole handshake; the body of its answer. */
    ask(body: string): string {
      expect(w.say(textOf(frame([...bytesOf(body)])))).toBe('06');
      return w.say('05').slice(6, -4);
    },
    /** Lets cards in and puts one onto the contacts, with power. */
    put(chip: Chip | undefined) {
      w.ask('2F3331');
      w.ask('2E33');
      reader.slot.insert({ name: '卡', chip });
      expect(w.ask('3330')).toBe('333059');
      return w;
    },
  };
  return w;
}

describe('the frames of the paper, byte for byte', () => {
  it('status without a card, and with one on the contacts', () => {
    const w = wired();
    w.ask('2F3330');
    expect(w.say('02 00 02 31 30 03 02')).toBe('06');
    expect(w.say('05')).toBe('02000531304E4A4A034B');
    w.reader.slot.insert({ name: '卡', chip: purchaseCard() });
    w.say('02 00 02 32 2F 03 1E');
    expect(w.say('05')).toBe(textOf(frame([0x32, 0x2f, 0x59])));
    w.say('02 00 02 31 30 03 02');
    expect(w.say('05')).toBe('02000531304B4A4A034E');
  });

  it('cold reset, and SELECT of the master file', () => {
    const w = wired().put(purchaseCard());
    expect(w.say('02 00 02 37 30 03 04')).toBe('06');
    expect(w.say('05')).toMatch(/^02.{8}59000C3B690000/);
    expect(w.say('02 00 0B 37 31 00 07 00 A4 00 00 02 3F 00 03 92')).toBe('06');
    expect(w.say('05')).toBe(textOf(frame([0x37, 0x31, 0x59, 0x00, 0x02, 0x61, 0x04])));
  });

  it('128 bytes of a memory card from 0', () => {
    const w = wired().put(createSle4442());
    expect(w.ask('3830')).toBe('383059A2131091');
    expect(w.say('02 00 04 38 31 00 80 03 8C')).toBe('06');
    expect(w.say('05')).toMatch(/^020085383159..80A2131091/);
  });
});

describe('the handshake', () => {
  it('does nothing before ENQ, and once', () => {
    const w = wired();
    w.ask('2F3331');
    w.reader.slot.insert({ name: '卡', chip: undefined });
    expect(w.reader.slot.position).toBe('inside');
    w.say('02 00 02 32 2F 03 1E');
    expect(w.reader.slot.position).toBe('inside');
    w.say('05');
    expect(w.reader.slot.position).toBe('contacts');
    expect(w.say('05')).toBe('');
  });

  it('NAK to a spoilt frame; a NAK brings the answer again; a cancel drops what has not begun', () => {
    const w = wired();
    expect(w.say('02 00 02 31 30 03 03')).toBe('15');
    expect(w.say('05')).toBe('');
    w.say('02 00 02 31 30 03 02');
    const answer = w.say('05');
    expect(w.say('15')).toBe(answer);
    w.say('02 00 02 31 30 03 02');
    expect(w.say('04')).toBe('04');
    expect(w.say('05')).toBe('');
  });

  it('any chunking is heard the same; whatever was heard, a frame is heard again behind it', () => {
    const body = fc.array(fc.integer({ min: 0x30, max: 0x7f }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(body, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 30 }),
        (all, size) => {
          const hear = createEar();
          const bytes = all.flatMap((each) => [...frame(each), 0x05]);
          const heard: Heard[] = [];
          for (let at = 0; at < bytes.length; at += size)
            heard.push(...hear(Uint8Array.from(bytes.slice(at, at + size))));
          const wanted = all.flatMap((each): Heard[] => [
            { what: 'command', body: Uint8Array.from(each) },
            { what: 'control', byte: 0x05 },
          ]);
          expect(heard).toEqual(wanted);
        },
      ),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), body, (garbage, each) => {
        const hear = createEar();
        hear(garbage);
        const all = Array.from({ length: 60 }, () => hear(frame(each))).flat();
        expect(all.at(-1)).toEqual({ what: 'command', body: Uint8Array.from(each) });
      }),
    );
  });
});

describe('the commands', () => {
  it.each([
    ['an unknown command', '9930', '4E9900'],
    ['an unknown parameter', '3039', '4E3001'],
    ['an unknown mode of entry', '2F3533', '4E2F01'],
    ['no mode for the rear', '2F33', '4E2F04'],
    ['an APDU of another length than it says', '373100050084000008AA', '4E3704'],
    ['version', '3030', `3030${Buffer.from('CRT 310 V3.0').toString('hex').toUpperCase()}`],
    ['serial number', '303A', `303A59${Buffer.from('CRT310000042').toString('hex').toUpperCase()}`],
    ['sensors', '312F', '312F30303030303030'],
    ['sensors of version 3', '312E', '312E3030303030303030'],
    ['baud rate', '3433', '343359'],
    ['lamp', '4630', '463059'],
    ['blinking', '490404', '490459'],
    ['card type without a card', '3131', '31314E30'],
    ['power without a card', '3330', '333045'],
    ['a move of no card', '3230', '323045'],
    ['a reset of no card', '3730', '373045'],
  ])('%s', (_, body, answer) => {
    const w = wired();
    if (answer.startsWith('4E37')) w.put(purchaseCard()).ask('3730');
    expect(w.ask(body)).toBe(answer);
  });

  it('no card is let in before the host says so; one that waits at the gate comes in then', () => {
    const w = wired();
    w.reader.slot.insert({ name: '卡', chip: undefined });
    expect(w.reader.slot.position).toBe('gate');
    expect(w.ask('3130')).toBe('3130484E4E');
    w.ask('2F3331');
    expect(w.reader.slot.position).toBe('inside');
    expect(w.ask('3130')).toBe('31304A4A4E');
  });

  it.each([
    ['30', 'gate', '48'],
    ['31', 'gate', '49'],
    ['32', 'inside', '4A'],
    ['33', 'contacts', '4B'],
    ['34', 'inside', '4C'],
  ])('stop position %s: %s', (stop, position, place) => {
    const w = wired();
    w.ask(`2E${stop}`);
    w.ask('2F3331');
    w.reader.slot.insert({ name: '卡', chip: undefined });
    expect(w.reader.slot.position).toBe(position);
    expect(w.ask('3130').slice(4, 6)).toBe(place);
  });

  it('a card that is thrown out at the rear is gone, and told until the next one comes', () => {
    const w = wired().put(purchaseCard());
    expect(w.ask('3233')).toBe('323359');
    expect(w.ask('3130').slice(4, 6)).toBe('4D');
    expect(w.reader.slot.card).toBeUndefined();
    expect(w.reader.mechanism.state.captured).toHaveLength(1);
    w.reader.slot.insert({ name: '卡', chip: undefined });
    expect(w.ask('3130').slice(4, 6)).toBe('4B');
  });

  it('reset 31 gives the card back, 32 throws it out', () => {
    const w = wired().put(purchaseCard());
    w.ask('3031');
    expect(w.ask('3130').slice(4, 6)).toBe('48');
    w.ask('3032');
    expect(w.ask('3130').slice(4, 6)).toBe('4D');
  });

  it('a stuck card does not move until the jam is cleared; with one of a wrong length most is refused', () => {
    const w = wired().put(purchaseCard());
    w.reader.inject({ fault: 'jam', how: 'stuck' });
    expect(w.ask('3230')).toBe('32304E');
    w.reader.inject({ fault: 'jam', how: 'long' });
    expect([w.ask('3130').slice(4, 6), w.ask('3230'), w.ask('3730')]).toEqual(['46', '4E3206', '4E3706']);
    w.reader.inject({ fault: 'jam', how: 'short' });
    expect(w.ask('3130').slice(4, 6)).toBe('47');
    w.ask('3234');
    expect(w.ask('3230')).toBe('323059');
  });

  it('the strict paper: its own misprints', () => {
    const w = wired({ strictPaper: true });
    expect(w.ask('2F3331')).toBe('2F33314E');
    expect(w.ask('3433')).toBe('333359');
    expect(w.ask('3030')).toHaveLength(2 * 0x0f);
  });

  it('what kind of card it is, and afterwards the chip is without power', () => {
    const kind = (chip: Chip | undefined) =>
      Buffer.from(wired().put(chip).ask('3131').slice(4), 'hex').toString();
    const t1 = { ...purchaseCard(), powerOn: () => Uint8Array.of(0x3b, 0x80, 0x01, 0x81) };
    expect([kind(purchaseCard()), kind(t1), kind(createSle4442()), kind(undefined)]).toEqual([
      '10',
      '11',
      '30',
      'N1',
    ]);
    const w = wired().put(purchaseCard());
    w.ask('3730');
    w.ask('3131');
    expect(w.ask('373100050084000008')).toBe('37314E');
  });

  it('a chip is spoken to in its own protocol, after a reset, on the contacts', () => {
    const w = wired().put(purchaseCard());
    const challenge = '00050084000008';
    expect(w.ask(`3731${challenge}`)).toBe('37314E');
    w.ask('3730');
    expect(w.ask(`3732${challenge}`)).toBe('37324E');
    expect(w.ask(`3731${challenge}`)).toMatch(/^373159000A.{16}9000$/);
    w.ask('322E');
    expect(w.ask(`3731${challenge}`)).toBe('373157');
    expect(w.ask('3131').slice(4)).toBe('4E32');
    w.reader.slot.pull();
    expect(w.ask(`3731${challenge}`)).toBe('373145');
  });

  it('a reader that fetches by itself answers 61xx and 6Cxx with the data', () => {
    const w = wired({ fetches: true }).put(purchaseCard());
    w.ask('3730');
    expect(w.ask('3731000700A40000023F00')).toBe('37315900066F0284009000');
    w.ask('3731000700A4000002DF01');
    expect(w.ask('3731000500B0820020')).toBe('373159000A00001388000000039000');
  });
});

describe('SLE4442 in the reader', () => {
  const memory = () =>
    wired().put(createBusCard({ number: '1234567812345678', balanceFen: 1_250, loads: 3 }));

  it('is read and written only after its reset, and only in its bounds', () => {
    const w = memory();
    expect(w.ask('38310004')).toBe('38314E');
    w.ask('3830');
    expect(w.ask('38312C04')).toBe('3831592C04000004E2');
    expect(w.ask('38310081')).toBe('4E3804');
    expect(w.ask('3831F020')).toBe('4E3804');
  });

  it('writes with the code, counts wrong ones, and is locked after three', () => {
    const w = memory();
    w.ask('3830');
    expect(w.ask('3835400101')).toBe('38354E4001');
    expect(w.ask('3834FFFFFF')).toBe('383459');
    expect(w.ask('3835400101')).toBe('3835594001');
    expect(w.ask('38314001')).toBe('383159400101');
    expect(w.ask('3833')).toBe('38335907FFFFFF');
    expect(w.ask('3837010203')).toBe('383759');
    expect(w.ask('3836400101')).toBe('38364E4001');
    expect(w.ask('3836200159')).toBe('38364E2001');
    w.ask('3830');
    expect(w.ask('3834FFFFFF')).toBe('38344E');
    expect(w.ask('3833')).toBe('38335906000000');
    expect(w.ask('38340102')).toBe('4E3804');
    w.reader.inject({ fault: 'pscLocked' });
    w.ask('3330');
    w.ask('3830');
    expect(w.ask('3834010203')).toBe('38344E');
    expect(w.ask('3833')).toBe('38335900000000');
    expect(w.ask('3832')).toBe(`383259${'00'.repeat(4)}${'01'.repeat(28)}`);
  });

  it('a fault of the code needs such a card', () => {
    expect(() => wired().reader.inject({ fault: 'pscWrong', tries: 1 })).toThrow('SLE4442');
  });
});
