import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, watch } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';

/** A serial line to an emulated device: a pseudo-terminal under the name `path`. */
export interface PtyLine {
  path: string;
  /** Pulls the plug: whoever has it open loses it, and the name is gone. */
  cut(): Promise<void>;
  /** Plugs it in again under the same name; settled when the name is there. */
  plugIn(): Promise<void>;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** The programs that can make one; the first that is there is taken. */
export type PtyTool = 'socat' | 'script';

/**
 * Leads a pseudo-terminal to a device that listens on a TCP port: by socat, or by util-linux's script, which every Debian has.
 * When the program that has it open closes it, or the device is switched off, socat's goes and comes back under the same name, like
 * a USB adapter; script's stays. Answers the reason where there is neither: a test then says why it did not run.
 */
export async function openPtyLine(options: {
  port: number;
  path: string;
  /** Only this one. */
  tool?: PtyTool;
}): Promise<PtyLine | { missing: string }> {
  const { port, path, tool } = options;
  for (const name of tool ? [tool] : (['socat', 'script'] as const)) {
    const line = lineOf(path, () => PROGRAMS[name](port, path));
    try {
      await line.plugIn();
      return line;
    } catch (error) {
      await line.close();
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return {
    missing:
      'neither socat nor script is installed: no pseudo-terminal; install one (Debian: apt-get install socat)',
  };
}

const PROGRAMS: { [tool in PtyTool]: (port: number, path: string) => ChildProcess } = {
  socat: (port, path) =>
    spawn('socat', [`pty,rawer,link=${path},wait-slave,pty-interval=0.02`, `tcp:127.0.0.1:${port},nodelay`]),
  script(port, path) {
    // Its shell names the terminal that it was given, and holds it open; its own two pipes are the terminal's other side.
    const hold = 'stty raw -echo && ln -sfn "$(tty)" "$YIZHAN_PTY" && exec sleep 1000000';
    const env = { ...process.env, YIZHAN_PTY: path, SHELL: '/bin/sh' };
    const child = spawn('script', ['-qfec', hold, '/dev/null'], { env });
    const device: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    device.on('error', () => device.destroy());
    device.on('close', () => child.kill());
    child.on('error', () => device.destroy());
    child.on('exit', () => {
      device.destroy();
      // As socat does with its own.
      rmSync(path, { force: true });
    });
    child.stdin.on('error', () => {});
    device.pipe(child.stdin);
    child.stdout.pipe(device);
    return child;
  },
};

function lineOf(path: string, start: () => ChildProcess): PtyLine {
  let child: ChildProcess | undefined;

  const plugIn = async (): Promise<void> => {
    if (child) return;
    const started = start();
    child = started;
    started.on('exit', () => {
      // Ended by itself, not by cut(): the user closed it, so it waits for the next one.
      if (child !== started) return;
      child = undefined;
      plugIn().catch(() => {});
    });
    await appears(path, started);
  };
  const cut = async (): Promise<void> => {
    const ended = child;
    child = undefined;
    if (!ended?.pid || ended.exitCode !== null || ended.signalCode !== null) return;
    const exit = once(ended, 'exit');
    ended.kill();
    await exit;
  };
  return { path, cut, plugIn, close: cut };
}

/** Settled when the name is there. The program speaks before it makes the link, so its word would be too early. */
function appears(path: string, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      watcher.close();
      child.off('error', failed);
      child.off('exit', gone);
      done();
    };
    const failed = (error: Error): void => settle(() => reject(error));
    const gone = (code: number | null): void =>
      settle(() =>
        reject(
          new Error(
            `${child.spawnfile} ended with code ${code} before ${path} was there; is its folder writable?`,
          ),
        ),
      );
    const look = (): void => {
      if (existsSync(path)) settle(resolve);
    };
    const watcher = watch(dirname(path), look);
    child.once('error', failed);
    child.once('exit', gone);
    look();
  });
}
