import type { WiredDevice } from '../listen-line.ts';
import type { Personality } from './answers.ts';
import { ACK, createEar, ENQ, EOT, frame, type Heard, NAK } from './codec.ts';
import { carryOut } from './commands.ts';
import { createMechanism } from './mechanism.ts';

/**
 * Creator CRT-310 on its serial line: acknowledges a frame, carries it out when it is asked to (ENQ), answers; repeats its answer
 * to a NAK, and drops what it has not begun at a cancel. Cards go in and out through `slot`.
 */
export function emulateCrt310(options: Partial<Personality> = {}) {
  const personality: Personality = {
    serialNumber: 'CRT310000042',
    strictPaper: false,
    fetches: false,
    ...options,
  };
  const mechanism = createMechanism();
  let ear = createEar();
  let output: ((bytes: Uint8Array) => void) | undefined;
  const heard: Heard[] = [];
  let isHandling = false;
  /** Acknowledged, and not begun: that waits for ENQ. */
  let waiting: Uint8Array | undefined;
  let lastAnswer: Uint8Array | undefined;

  const say = (bytes: Uint8Array) => output?.(bytes);

  function handle(item: Heard): void {
    switch (item.what) {
      case 'command':
        waiting = item.body;
        return say(Uint8Array.of(ACK));
      case 'spoilt':
        return say(Uint8Array.of(NAK));
      case 'control':
        return control(item.byte);
    }
  }

  function control(byte: number): void {
    if (byte === EOT) {
      waiting = undefined;
      say(Uint8Array.of(EOT));
    }
    if (byte === NAK && lastAnswer) say(lastAnswer);
    if (byte === ENQ && waiting) {
      const body = waiting;
      waiting = undefined;
      lastAnswer = frame(carryOut(body, mechanism, personality));
      say(lastAnswer);
    }
  }

  /** Nothing of what was said before is remembered. */
  function forget(): void {
    ear = createEar();
    heard.length = 0;
    waiting = undefined;
    lastAnswer = undefined;
  }

  return {
    slot: mechanism.slot,
    mechanism,
    input(chunk: Uint8Array): void {
      heard.push(...ear(chunk));
      // What comes back while it speaks waits for its turn.
      if (isHandling) return;
      isHandling = true;
      for (let item = heard.shift(); item; item = heard.shift()) handle(item);
      isHandling = false;
    },
    attach(to: (bytes: Uint8Array) => void): () => void {
      output = to;
      return () => {
        if (output === to) output = undefined;
      };
    },
    /** Its power goes and comes back: settings and the chip's power are lost, the card stays where it is. */
    restart(): void {
      forget();
      mechanism.restart();
    },
  } satisfies WiredDevice & Record<string, unknown>;
}

export type Crt310 = ReturnType<typeof emulateCrt310>;
