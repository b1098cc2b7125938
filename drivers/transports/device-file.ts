import { close as closeFile, constants, open as openFile, read, stat, write as writeFile } from 'node:fs';
import type { OpenTransport } from './transport.ts';

/** How often the device is looked at while it has nothing to say, or no room. In ms. */
const LOOK_MS = 20;

/**
 * Not blocking: a read that waits in the thread pool can't be ended, would outlive the device, and keep the process from
 * ending. So the device is looked at again and again; between two looks nobody waits.
 */
const FLAGS = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY;

/** A character device that is read and written as it is: a USB printer at `/dev/usb/lp0`. */
export function deviceFileTransport({ path }: { path: string }): OpenTransport {
  return (handlers) => {
    const waiting: Uint8Array[] = [];
    const chunk = Buffer.alloc(4_096);
    let file: number | undefined;
    let over = false;
    let looking: NodeJS.Timeout | undefined;
    let busy = 0;

    /** A number of a closed file may be another file's already, so it is closed only when no call is under way. */
    function settle(): void {
      if (!over || busy > 0 || file === undefined) return;
      closeFile(file, () => {});
      file = undefined;
    }
    function close(): void {
      over = true;
      clearTimeout(looking);
      waiting.length = 0;
      settle();
    }
    function end(reason: string): void {
      if (over) return;
      close();
      handlers.lost(`${path}: ${reason}`);
    }

    function look(of: number): void {
      busy += 1;
      read(of, chunk, 0, chunk.length, null, (error, length) => {
        busy -= 1;
        if (over) return settle();
        // Nothing to read is an error of its own; every other one is the loss.
        if (error && error.code !== 'EAGAIN') return end(error.message);
        if (!error && length === 0) return mustBeThere(of);
        if (!error) handlers.bytes(Uint8Array.from(chunk.subarray(0, length)));
        if (!over) looking = setTimeout(look, error ? LOOK_MS : 0, of);
      });
    }

    /** An empty answer: some printers send them for nothing, and a line that was hung up does for ever. */
    function mustBeThere(of: number): void {
      stat(path, (error) => {
        if (error) end(error.message);
        else if (!over) looking = setTimeout(look, LOOK_MS, of);
      });
    }

    let writing = false;
    function writeOn(of: number): void {
      const [next] = waiting;
      if (over || writing || !next) return;
      writing = true;
      busy += 1;
      writeFile(of, next, (error, length) => {
        busy -= 1;
        writing = false;
        if (over) return settle();
        if (error && error.code !== 'EAGAIN') return end(error.message);
        const rest = error ? next : next.subarray(length);
        if (rest.length > 0) waiting[0] = rest;
        else waiting.shift();
        if (error) setTimeout(writeOn, LOOK_MS, of);
        else writeOn(of);
      });
    }

    openFile(path, FLAGS, (error, opened) => {
      if (error) return end(error.message);
      file = opened;
      if (over) return settle();
      handlers.opened();
      look(opened);
    });
    return {
      write(bytes) {
        if (over || file === undefined) return;
        waiting.push(Uint8Array.from(bytes));
        writeOn(file);
      },
      close,
    };
  };
}
