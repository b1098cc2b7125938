import { type Command, createFramer } from './framer.ts';
import type { Model } from './models.ts';
import { createRealTimeScanner, type RealTime } from './real-time.ts';

const DLE = 0x10;
const REAL_TIME = ['DLE 04', 'DLE 05', 'DLE 14'];

/** What the receiver hands its findings to. */
export type Uses = {
  canPrint: () => boolean;
  /** Carries out one command; false where it could not and must stay first. */
  execute: (command: Command) => boolean;
  /** Obeys a real-time command, now. */
  obey: (order: RealTime) => void;
  problem: (text: string) => void;
};

/** Where bytes arrive: finds real-time commands, and keeps all others in order while nothing can be printed. */
export function createReceiver(model: Model, { canPrint, execute, obey, problem }: Uses) {
  const framer = createFramer();
  const scanner = createRealTimeScanner();
  let queue: Command[] = [];
  let queued = 0;
  let losing = false;
  let starved = false;

  /** How many bytes it takes now. While the printer can print, they do not stay. */
  const room = (): number =>
    canPrint() ? model.receiveBuffer : Math.max(0, model.receiveBuffer - queued - framer.held);

  /** Carries out what waits, in order, as long as it can be printed. */
  const run = (): void => {
    while (canPrint()) {
      const [command] = queue;
      if (command === undefined || !execute(command)) break;
      queue.shift();
      queued -= command.bytes.length;
    }
  };

  const frame = (byte: number): void => {
    const command = framer.push(byte);
    // Real-time commands were obeyed already: they take no room, or a host that only asks would fill the buffer.
    if (command === undefined || REAL_TIME.includes(command.name)) return;
    queue.push(command);
    queued += command.bytes.length;
    run();
  };

  return {
    room,
    run,
    take(byte: number): void {
      const foreign = framer.insideData && !model.realTimeInsideData;
      if (foreign) scanner.reset();
      const order = foreign ? undefined : scanner.push(byte);
      const realTime = framer.insideRealTime || (byte === DLE && !framer.insideData);
      const lost = room() === 0 && !realTime;
      if (lost && !losing) problem(`receive buffer of ${model.receiveBuffer} bytes is full: bytes are lost`);
      losing = lost;
      if (!lost) frame(byte);
      // Last, so that an order to clear the buffers does not leave its own last byte in them.
      if (order) obey(order);
      if (room() === 0) starved = true;
    },
    clear(): void {
      queue = [];
      queued = 0;
      framer.reset();
    },
    /** Power is gone: it does not even remember half a real-time command. */
    forget(): void {
      this.clear();
      scanner.reset();
    },
    /** Whether there is room again after there was none; true once each time. */
    hasRoomAgain(): boolean {
      const again = starved && room() > 0;
      if (again) starved = false;
      return again;
    },
  };
}
