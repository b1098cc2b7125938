import Type from 'typebox';
import { sign } from '../../contracts/devices/sign.ts';
import type { Command } from '../../contracts/endpoint/behaviour.ts';
import { failure, unknown } from '../../contracts/endpoint/served.ts';
import type { Completion, RequestOf } from '../../contracts/operation.ts';
import { type Driver, type DriverHost, defineDriver } from '../kit/define-driver.ts';
import { hysteresis } from '../kit/hysteresis.ts';
import { createAnswers, request, type What } from './frame.ts';
import { gb2312, showable } from './showable.ts';

type Show = RequestOf<typeof sign.operations.show>;

/** How long an answer may take, and how often an idle sign is asked whether it is there. In ms. */
const ANSWER_MS = 1_000;
const IDLE_MS = 2_000;
/** Sendings of one request, whether they were not answered or not understood. */
const TRIES = 3;
/** Texts that may wait behind the one under way. */
const MAX_WAITING = 4;

interface Sending {
  what: What;
  text: string;
  command?: Command;
  tries: number;
  /** No answer came to one of its sendings: it may have been taken. */
  uncertain: boolean;
}

/** The LED sign's driver. Showing a text twice is showing it once, so what was not answered is sent again. */
export function createSign(
  port: Pick<DriverHost, 'write' | 'setTimer' | 'statusChanged' | 'reopen'>,
  { characters }: { characters: number },
): Driver {
  const health = hysteresis({ down: 2, up: 2 });
  const waiting: Command[] = [];
  let answers = createAnswers();
  let isOpen = false;
  /** It was online, or is known not to be there. */
  let settled = false;
  let sending: Sending | undefined;
  let number = 0;
  let text = '';
  let told = '';

  const status = () => ({ device: health.isUp() ? 'online' : settled ? 'offline' : 'starting', text });

  function tell(): void {
    const now = JSON.stringify(status());
    if (now === told) return;
    told = now;
    port.statusChanged();
  }

  /** The write comes last: the answer may come back inside the call. */
  function send(next: Sending): void {
    next.tries += 1;
    number += 1;
    sending = next;
    port.setTimer(ANSWER_MS);
    port.write(request(number, next.what, gb2312(next.text)));
  }

  const begin = (what: What, more: { text: string; command?: Command }) =>
    send({ what, tries: 0, uncertain: false, ...more });

  function goOn(): void {
    sending = undefined;
    const command = waiting.shift();
    if (!command) {
      // Not before its second answer is it online, so that one is asked for at once.
      if (!health.isUp()) return begin('query', { text: '' });
      return port.setTimer(IDLE_MS);
    }
    if (command.late()) {
      command.complete(failure('contract.expired', 'waited for the sign until its deadline'));
      return goOn();
    }
    begin('text', { text: showable((command.data as Show).text), command });
  }

  /** Ends everything: nothing waits for a sign that is not there. */
  function disconnect(reason: string): void {
    const current = sending;
    const unbegun = waiting.splice(0);
    isOpen = false;
    settled = true;
    sending = undefined;
    text = ''; // SGN-001
    health.reset();
    port.setTimer(undefined);
    current?.command?.complete(unknown('device.offline', reason));
    for (const command of unbegun) command.complete(failure('device.offline', reason));
    tell();
  }

  function answered({ command, text: shown, what }: Sending): void {
    if (what === 'text') text = shown;
    if (health.good()) settled = true;
    tell();
    command?.complete({ outcome: 'success', result: { proof: 'acknowledged' } });
    goOn();
  }

  function refused(current: Sending): void {
    if (current.tries < TRIES) return send(current);
    const detail = `not understood ${TRIES} times`;
    const end: Completion = current.uncertain
      ? unknown('device.hardwareError', detail)
      : failure('device.hardwareError', detail);
    if (!current.command) return silent(detail);
    current.command.complete(end);
    goOn();
  }

  function silent(reason: string): void {
    disconnect(reason);
    port.reopen(reason);
  }

  return {
    capabilities: { characters },
    status,
    command(command) {
      const { text: asked } = command.data as Show;
      if (Array.from(asked).length > characters)
        return command.complete(
          failure('contract.invalidData', `it has ${characters} places; shorten the text`),
        );
      if (!health.isUp()) return command.complete(failure('device.offline', 'the sign does not answer'));
      if (waiting.length >= MAX_WAITING)
        return command.complete(failure('device.busy', `${MAX_WAITING} texts wait already`));
      waiting.push(command);
      if (!sending) goOn();
    },
    // Its class has none.
    question() {},
    opened() {
      isOpen = true;
      answers = createAnswers();
      // It may still show what an earlier life told it; status.text says that it is dark (SGN-001).
      begin('text', { text: '' });
    },
    lost: disconnect,
    bytes(chunk) {
      if (!isOpen) return;
      for (const { taken, to } of answers.push(chunk)) {
        if (!sending || !to(number)) continue;
        if (taken) answered(sending);
        else refused(sending);
      }
    },
    timer() {
      if (!isOpen) return;
      const current = sending;
      if (!current) return begin('query', { text: '' });
      current.uncertain = true;
      if (health.bad()) tell();
      if (current.tries < TRIES) send(current);
      else silent(`no answer to ${TRIES} requests`);
    },
  };
}

export const signDriver = defineDriver({
  class: sign,
  settings: Type.Object({
    characters: Type.Integer({
      minimum: 1,
      maximum: 200,
      description: 'a whole number from 1 to 200: how many characters the sign takes',
    }),
  }),
  create: createSign,
});
