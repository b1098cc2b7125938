import type { PublishPacket } from 'aedes';
import { afterEach, expect, test } from 'vitest';
import { gatekeeper } from '../../../platform/bus/gatekeeper.ts';
import { closer, issue, temporaryFolder } from './support.ts';

// What a connected client can try is in access.test.ts; here is what the broker asks when no client is there any more.
const closing = closer();
afterEach(() => closing.close());
const PRINTER = 'dev.37010001.c1.printer';

function orphaned(clientId: string, topic: string, retain: boolean) {
  const denials: string[] = [];
  const { credentials } = issue(temporaryFolder(closing), [PRINTER]);
  const will: PublishPacket & { clientId: string } = {
    cmd: 'publish',
    topic,
    payload: Buffer.from('death'),
    qos: 1,
    retain,
    dup: false,
    clientId,
  };
  let answers = 0;
  gatekeeper(credentials, (who, what) => denials.push(`${who} ${what}`)).authorizePublish(
    null,
    will,
    (error) => {
      expect(error).toBeUndefined();
      answers++;
    },
  );
  expect(answers).toBe(1);
  return { topic: will.topic, retain: will.retain, denials };
}

test('TOP-004 an orphaned will goes where its owner may publish', () => {
  const topic = 'yz/1/dev/37010001/c1/printer/state';
  expect(orphaned(PRINTER, topic, true)).toEqual({ topic, retain: true, denials: [] });
});

test('TOP-004 an orphaned will to a foreign topic goes to quarantine and is not retained there', () => {
  const topic = 'yz/1/cp/china-mobile/1/state';
  expect(orphaned(PRINTER, topic, true)).toEqual({
    topic: `quarantine/${PRINTER}`,
    retain: false,
    denials: [`${PRINTER} will: retained to «${topic}»`],
  });
});

test('TOP-004 an orphaned will of nobody known goes to quarantine', () => {
  const found = orphaned('nobody', 'yz/1/cp/china-mobile/1/state', false);
  expect(found).toMatchObject({
    topic: 'quarantine/nobody',
    denials: ['nobody will: a principal that is not known'],
  });
});
