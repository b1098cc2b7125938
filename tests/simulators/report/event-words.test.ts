import { describe, expect, it } from 'vitest';
import { eventWords } from '../../../simulators/report/event-words.ts';
import { knownMessage } from '../../../simulators/report/message-words.ts';
import { MESSAGES } from '../../../simulators/world/faults.ts';

const read = (lane: string, what: string, more = {}) => eventWords({ no: 1, at: 0, lane, what, ...more });

describe('how events are read', () => {
  it('every message has its words', () => {
    for (const name of MESSAGES) expect(knownMessage(name)?.zh).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['platform', 'crashed', 'crash'],
    ['platform', 'refused to start', 'crash'],
    ['platform', 'recovered', 'recover'],
    ['world', 'day cut', 'mark'],
    ['platform', 'cutDay', 'mark'],
    ['world', 'healed', 'mark'],
    ['disk', 'durable', 'durable'],
    ['disk', 'torn write', 'other'],
    ['carrier', 'charged', 'charge'],
    ['carrier', 'not charged', 'decline'],
    ['carrier', 'declined', 'decline'],
    ['teller 2', 'takes cash', 'cash'],
    ['teller 2', 'gives cash back', 'cash'],
    ['teller 2', 'told', 'state'],
    ['printer 1', 'paper', 'print'],
    ['printer 1', 'paper out', 'other'],
    ['carrier', 'crashed', 'other'],
  ])('%s: %s is a %s', (lane, what, kind) => {
    expect(read(lane, what).kind).toBe(kind);
    expect(read(lane, what).zh).toMatch(/\p{Script=Han}/u);
  });

  it('what has no words stands for itself, and is in the story only where a fault did it', () => {
    expect(read('broker', 'hums')).toEqual({ zh: 'hums', en: 'hums', kind: 'other', matters: false });
    expect(read('broker', 'hums', { fault: 0 }).matters).toBe(true);
  });

  it('the printer’s chatter matters only where it is lost or hit', () => {
    const job = { to: 'printer 1' };
    expect(read('platform', 'printer.print', job).matters).toBe(false);
    expect(read('platform', 'printer.print', { ...job, lost: true }).matters).toBe(true);
    expect(read('platform', 'carrier.perform', { to: 'carrier' }).matters).toBe(true);
  });
});
