import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, watch } from 'node:fs';
import { listenF2 } from '../../simulators/devices/card-reader-f2/listen.ts';
import { emulateF2 } from '../../simulators/devices/card-reader-f2/reader.ts';

/** An emulated CRT-288K that can be plugged into this machine: as long as its bridge runs, the kernel has a HID device. */
export async function emulatedReader(serialNumber: string) {
  const reader = emulateF2('crt-288k');
  /** The reports that reached it. */
  const heard: Uint8Array[] = [];
  const line = await listenF2({
    reader: {
      ...reader,
      input(chunk) {
        heard.push(chunk);
        reader.input(chunk);
      },
    },
  });
  let bridge: ChildProcess | undefined;
  let gone = Promise.resolve();
  let node = '';

  return {
    reader,
    heard,
    node: () => node,
    /** Settled when the bridge has ended, and the device with it. */
    gone: () => gone,
    /** The path of its device, which is there. */
    async plugIn(): Promise<string> {
      // It lives on what the plug brings.
      reader.restart();
      const appeared = newHidraw();
      const child = spawn('/uhid', [String(line.port), serialNumber], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      gone = once(child, 'exit').then(() => {});
      bridge = child;
      node = await Promise.race([
        appeared,
        gone.then(() => {
          throw new Error('the bridge ended before there was a device');
        }),
      ]);
      return node;
    },
    async unplug(): Promise<void> {
      bridge?.kill();
      await gone;
    },
  };
}

/** The next one that the kernel makes a node for. */
function newHidraw(): Promise<string> {
  const all = () => readdirSync('/dev').filter((name) => name.startsWith('hidraw'));
  const before = all();
  return new Promise((resolve) => {
    const watcher = watch('/dev', () => {
      const made = all().find((name) => !before.includes(name));
      if (made === undefined) return;
      watcher.close();
      resolve(`/dev/${made}`);
    });
  });
}
