import { CONDUCTS, type ConductName } from '../../../simulators/counterparts/carrier/conduct.ts';
import { MAGIC_NUMBERS } from '../../../simulators/counterparts/carrier/magic-numbers.ts';
import { OUTLET } from '../demo-data.ts';

/** What can be made to go wrong on a running bench. */
export interface BenchFault {
  name: string;
  zh: string;
  en: string;
}

const ZH = `网点 ${OUTLET.code} 的打印机`;
const EN = `the printer of outlet ${OUTLET.code}`;

/** Faults that happen at once, and what mends the printer. */
export const MACHINE_FAULTS = {
  'printer-paper-out': { zh: `${ZH}缺纸`, en: `${EN} has no paper` },
  'printer-cover-open': { zh: `${ZH}上盖打开`, en: `the cover of ${EN} is open` },
  'printer-off': { zh: `${ZH}断电`, en: `${EN} is switched off` },
  'printer-ok': {
    zh: `${ZH}恢复正常:装纸、合盖、通电`,
    en: `${EN} is mended: paper in, cover closed, switched on`,
  },
  'driver-kill': {
    zh: `强制结束${ZH}的驱动进程,随后自动重启`,
    en: `the driver’s process of ${EN} is killed; it is started again by itself`,
  },
  'reader-driver-kill': {
    zh: `强制结束网点 ${OUTLET.code} 读卡器的驱动进程,随后自动重启`,
    en: `the driver’s process of outlet ${OUTLET.code}’s card reader is killed; it is started again by itself`,
  },
  'carrier-restart': {
    zh: '移动模拟器重启,处理中的应答丢失,可查询',
    en: 'the simulated carrier starts again: what it still had to tell is told to an inquiry only',
  },
  'utility-restart': {
    zh: '电力公司模拟器重启,处理中的应答丢失,可查询',
    en: 'the simulated utility starts again: what it still had to tell is told to an inquiry only',
  },
  'utility-off': {
    zh: '电力公司模拟器断开,直到 utility-on',
    en: 'the simulated utility is away until utility-on',
  },
  'utility-on': { zh: '电力公司模拟器恢复连接', en: 'the simulated utility is there again' },
  'broker-restart': {
    zh: '消息服务器重启,各方重新连接',
    en: 'the broker starts again; everybody connects anew',
  },
} as const satisfies { [name: string]: { zh: string; en: string } };

export type MachineFault = keyof typeof MACHINE_FAULTS;

export const isConduct = (name: string): name is ConductName => Object.hasOwn(CONDUCTS, name);
export const isMachineFault = (name: string): name is MachineFault => Object.hasOwn(MACHINE_FAULTS, name);

/** All of them: first how the carrier treats the next top-ups, then the machines. */
export const FAULTS: readonly BenchFault[] = [
  ...Object.keys(CONDUCTS).map((name) => {
    const { zh, en } = MAGIC_NUMBERS.find(({ conduct }) => conduct === name) ?? {
      zh: '成功',
      en: 'Success, also for a number that misbehaves by its last digits',
    };
    return { name, zh, en };
  }),
  ...Object.entries(MACHINE_FAULTS).map(([name, texts]) => ({ name, ...texts })),
];
