import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** A serial line to a printer: a pseudo-terminal under the name `path`. */
export type PrinterLine = {
  path: string;
  /** Pulls the plug: whoever has it open loses it, and the name is gone. */
  cut: () => Promise<void>;
  /** Plugs it in again under the same name; settled when the name is there. */
  plugIn: () => Promise<void>;
  /** Ends it for good. */
  close: () => Promise<void>;
};

/**
 * Leads a pseudo-terminal to a printer that listens on a TCP port, by socat. When the program that has it open closes
 * it (or the printer is switched off), the terminal goes and comes back under the same name, like a USB adapter.
 * Answers the reason where there is no socat: a test then says why it did not run.
 */
export async function openPrinterLine(options: {
  port: number;
  path: string;
}): Promise<PrinterLine | { missing: string }> {
  const { port, path } = options;
  let child: ChildProcess | undefined;

  const plugIn = async (): Promise<void> => {
    if (child) return;
    const started = spawn('socat', [
      `pty,rawer,link=${path},wait-slave,pty-interval=0.02`,
      `tcp:127.0.0.1:${port},nodelay`,
    ]);
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
    if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
    const exit = once(ended, 'exit');
    ended.kill();
    await exit;
  };

  try {
    await plugIn();
  } catch (error) {
    child = undefined;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT') throw error;
    return {
      missing: 'socat is not installed: no pseudo-terminal; install it (Debian: apt-get install socat)',
    };
  }
  return { path, cut, plugIn, close: cut };
}

/** Settled when the name is there. socat speaks before it makes the link, so its word would be too early. */
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
        reject(new Error(`socat ended with code ${code} before ${path} was there; is its folder writable?`)),
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
