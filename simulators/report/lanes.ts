import type { Words } from './input.ts';

/** The columns of the sequence view, from left to right. */
export const LANES = ['teller', 'station', 'printer', 'broker', 'platform', 'disk', 'carrier'] as const;
export type Lane = (typeof LANES)[number];

export const LANE_WORDS: { [lane: string]: Words } = {
  teller: { zh: '柜员', en: 'Teller' },
  station: { zh: '终端', en: 'Station' },
  printer: { zh: '打印机', en: 'Printer' },
  broker: { zh: '消息服务器', en: 'Broker' },
  platform: { zh: '平台', en: 'Platform' },
  disk: { zh: '磁盘', en: 'Disk' },
  carrier: { zh: '移动', en: 'Carrier' },
  world: { zh: '世界', en: 'World' },
};

/** The lane of a trace event's place, and which of several: `station 2` → station, `2`. What is not known is the world's. */
export function laneOf(place: string): { lane: Lane | 'world'; which: string } {
  const [kind = '', which = ''] = place.split(' ');
  const found = (LANES as readonly string[]).includes(kind);
  return { lane: found ? (kind as Lane) : 'world', which: found ? which : '' };
}

/** The place as people call it: «终端 2», «station 2». */
export function placeWords(place: string): Words {
  const { lane, which } = laneOf(place);
  const { zh, en } = LANE_WORDS[lane] ?? { zh: place, en: place };
  return which === ''
    ? { zh, en: en.toLowerCase() }
    : { zh: `${zh} ${which}`, en: `${en.toLowerCase()} ${which}` };
}
