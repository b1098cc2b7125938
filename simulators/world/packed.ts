/**
 * Documents as text, without the names of their members: those stand once, in a list of shapes. A day of a big world keeps
 * tens of thousands of rows, and half of each would be names.
 */
export interface Packer {
  pack(document: object): string;
  unpack(text: string): unknown;
}

type Packed = null | boolean | number | string | Packed[];

/** Of an array: its items behind this mark; of an object: its values behind the number of its shape. */
const ARRAY = -1;

export function createPacker(): Packer {
  const shapes: string[][] = [];
  const numbers = new Map<string, number>();

  function shapeOf(members: string[]): number {
    const name = `${members.length} ${members.join('\n')}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, shapes.length);
    shapes.push(members);
    return shapes.length - 1;
  }

  function fold(value: unknown): Packed {
    if (Array.isArray(value)) return [ARRAY, ...value.map(fold)];
    if (typeof value !== 'object' || value === null) return value as Packed;
    // As JSON does it: what is undefined is not there.
    const members = Object.keys(value).filter((name) => (value as Row)[name] !== undefined);
    return [shapeOf(members), ...members.map((name) => fold((value as Row)[name]))];
  }

  function unfold(packed: Packed): unknown {
    if (!Array.isArray(packed)) return packed;
    const [mark, ...values] = packed as [number, ...Packed[]];
    if (mark === ARRAY) return values.map(unfold);
    const members = shapes[mark] ?? [];
    return Object.fromEntries(members.map((name, i) => [name, unfold(values[i] ?? null)]));
  }

  return { pack: (document) => JSON.stringify(fold(document)), unpack: (text) => unfold(JSON.parse(text)) };
}

type Row = { [member: string]: unknown };
