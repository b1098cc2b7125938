#!/usr/bin/env node
import { UsageError } from './options.ts';

/** `yizhan COMMAND`: each command is a composition root, which may use everything and is used by nobody. */
const COMMANDS: { [name: string]: { what: string; run: (args: string[]) => Promise<number> | number } } = {
  start: {
    what: 'run a whole station on this machine',
    run: async (args) => (await import('./start.ts')).start(args),
  },
  demo: {
    what: 'play one payment and tell its story',
    run: async (args) => (await import('./demo.ts')).demo(args),
  },
  bench: {
    what: 'measure durable payments a second',
    run: async (args) => (await import('./bench.ts')).bench(args),
  },
  'bench-control': {
    what: 'cut the day, let time pass or make something fail on a running station',
    run: async (args) => (await import('./bench-control.ts')).benchControl(args),
  },
  counter: {
    what: 'a person’s hands at a running station’s counter: cards, meters, paper, alarm',
    run: async (args) => (await import('./counter-hands.ts')).counterHands(args),
  },
  'export-order': {
    what: 'write an order’s story as a scenario file',
    run: async (args) => (await import('./export-order.ts')).exportOrder(args),
  },
  simulate: {
    what: 'run thousands of simulated days with faults, and check them',
    run: async (args) => (await import('./simulate.ts')).simulate(args),
  },
  replay: {
    what: 'play one scenario again and tell its story',
    run: async (args) => (await import('./replay.ts')).replay(args),
  },
  credential: {
    what: 'issue the secret of a partner’s adapter or driver',
    run: async (args) => (await import('./credential.ts')).credential(args),
  },
  enrol: {
    what: 'give a station its certificate, or revoke it',
    run: async (args) => (await import('./enrol.ts')).enrol(args),
  },
  backup: {
    what: 'copy what a station keeps, and prove the copy',
    run: async (args) => (await import('./backup.ts')).backup(args),
  },
  restore: {
    what: 'make a station’s folder from a backup',
    run: async (args) => (await import('./restore.ts')).restore(args),
  },
  'support-bundle': {
    what: 'gather what the maintainers need, without anybody’s number or secret',
    run: async (args) => (await import('./support-bundle.ts')).supportBundle(args),
  },
  kiosk: {
    what: 'connect a kiosk’s devices to the platform, from kiosk.yaml',
    run: async (args) => (await import('./kiosk.ts')).kioskCommand(args),
  },
  device: {
    what: 'list what is plugged in; probe, test-print and read-card without a platform',
    run: async (args) => (await import('./device.ts')).deviceCommand(args),
  },
  explain: {
    what: 'say what a code means and what to do',
    run: async (args) => (await import('./explain.ts')).explainCommand(args),
  },
};

function main([name, ...args]: string[]): number | Promise<number> {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command) return command.run(args);
  const list = Object.entries(COMMANDS).map(([key, { what }]) => `  yizhan ${key.padEnd(14)} ${what}`);
  const text = `驿站 Yizhan\n\n${list.join('\n')}\n\nEach command explains itself with --help.`;
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(text);
    return 0;
  }
  console.error(`there is no command «${name}»\n\n${text}`);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  const error = thrown as Error;
  // An error that a person can act on says so itself; a stack helps only whoever carries on with the code.
  console.error(`yizhan: ${error.message}`);
  if (process.env.YIZHAN_DEBUG) console.error(error.stack);
  // A wrong option is told apart from all that a command may find.
  process.exit(error instanceof UsageError ? 2 : 1);
}
