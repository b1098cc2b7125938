/** A range of numbers, by how they begin, and the prefecture it was given to. */
export interface Segment {
  prefix: string;
  prefecture: string;
}

/**
 * The numbers that this carrier knows; the longest prefix decides. The seven-digit ones are the prefectures that MOB-01
 * enables first; the short ones are China Mobile's in general, which the carrier serves though the platform may not.
 */
export const SEGMENTS: readonly Segment[] = [
  { prefix: '1380800', prefecture: '成都' },
  { prefix: '1380801', prefecture: '南充' },
  { prefix: '1380802', prefecture: '绵阳' },
  { prefix: '1380803', prefecture: '德阳' },
  { prefix: '1380804', prefecture: '巴中' },
  { prefix: '1380805', prefecture: '资阳' },
  { prefix: '1380806', prefecture: '攀枝花' },
  ...[134, 135, 136, 137, 138, 139, 147, 150, 151, 152, 157, 158, 159, 178, 182, 183, 184, 187, 188, 198].map(
    (prefix) => ({ prefix: String(prefix), prefecture: '其他' }),
  ),
];

const BY_PREFIX = new Map(SEGMENTS.map(({ prefix, prefecture }) => [prefix, prefecture]));
const LENGTHS = [...new Set(SEGMENTS.map(({ prefix }) => prefix.length))].sort((a, b) => b - a);

/** The prefecture of a number, or `undefined` where the number is not this carrier's. */
export function prefectureOf(account: string): string | undefined {
  for (const length of LENGTHS) {
    const prefecture = BY_PREFIX.get(account.slice(0, length));
    if (prefecture !== undefined) return prefecture;
  }
  return undefined;
}
