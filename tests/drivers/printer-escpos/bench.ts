import type { Line } from '../../../contracts/devices/printer.ts';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import type { Completion } from '../../../contracts/operation.ts';
import { CLEAR, FENCE, STATUS } from '../../../drivers/printer-escpos/bytes.ts';
import { createEscposDriver } from '../../../drivers/printer-escpos/driver.ts';
import { MODELS, type ModelName } from '../../../drivers/printer-escpos/models.ts';

export const GOOD = [0x12, 0x12, 0x12, 0x12];
export const PAPER_OUT = [0x1a, 0x32, 0x12, 0x72];
export const COVER_OPEN = [0x1a, 0x16, 0x12, 0x12];
export const JAMMED = [0x1a, 0x52, 0x1a, 0x12];

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((x, i) => x === b[i]);

/** The driver at a scripted printer, with the timer in the test's hand. */
export function bench({ model = 'epson-80' as ModelName, unfinished = false, held = false } = {}) {
  const device = {
    status: GOOD,
    /** Answers DLE EOT. */
    answers: true,
    /** Answers GS r and GS ( H. */
    proves: true,
    /** Called when a job's bytes arrive, before it is proved. */
    onJob: () => {},
  };
  const jobs: number[][] = [];
  const writes: ('status' | 'clear' | 'fence' | 'job')[] = [];
  const ends = new Map<string, Completion[]>();
  const records = new Map<string, KeyRecord>();
  const reopened: string[] = [];
  /** Held back until the test delivers them; the last byte of a job's proof says which job it proves. */
  const replies: { byte: number; proves?: number }[] = [];
  const seen = { statusChanges: 0, timer: undefined as number | undefined };

  const driver = createEscposDriver({
    model: MODELS[model],
    unfinished,
    port: {
      write(chunk) {
        const bytes = Array.from(chunk);
        if (same(bytes, STATUS)) {
          writes.push('status');
          if (device.answers) reply(device.status);
        } else if (same(bytes, CLEAR)) writes.push('clear');
        else if (same(bytes, FENCE)) {
          writes.push('fence');
          if (device.proves) reply([0x00]);
        } else {
          writes.push('job');
          jobs.push(bytes);
          device.onJob();
          if (device.proves) reply(proofOf(bytes), jobs.length - 1);
        }
      },
      setTimer: (ms) => {
        seen.timer = ms;
      },
      statusChanged: () => {
        seen.statusChanges++;
      },
      reopen: (reason) => reopened.push(reason),
    },
  });

  function reply(bytes: readonly number[], proves?: number): void {
    if (held) replies.push(...bytes.map((byte, i) => (i === bytes.length - 1 ? { byte, proves } : { byte })));
    else driver.bytes(Uint8Array.from(bytes));
  }

  const late = new Set<string>();

  return {
    driver,
    device,
    jobs,
    writes,
    reopened,
    replies,
    seen,
    ends: (key: string) => ends.get(key) ?? [],
    /** The job's deadline has passed while it waited. */
    expire: (key: string) => void late.add(key),
    print(key: string, lines: Line[] = [{ text: `小票 ${key}` }]) {
      const data = { lines, cut: true };
      const record: KeyRecord = { key, operation: 'print', content: '', requestId: key, at: 0 };
      records.set(key, record);
      driver.command({
        operation: 'print',
        key,
        data,
        expiry: 0,
        processing() {},
        late: () => late.has(key),
        complete(completion) {
          ends.set(key, [...(ends.get(key) ?? []), completion]);
          records.set(key, { ...record, completion });
        },
      });
    },
    inquire(key: string) {
      let answer: Completion | undefined;
      driver.question({
        operation: 'inquire',
        data: { originalKey: key },
        recall: (known) => records.get(known),
        answer: (completion) => {
          answer = completion;
        },
      });
      return answer?.result;
    },
    /** Lets the timer run out, so many times. */
    tick(times = 1) {
      for (; times > 0; times--) {
        seen.timer = undefined;
        driver.timer();
      }
    },
    /** How often this key's receipt has gone over the wire. */
    timesSent: (key: string) => jobs.filter((job) => isFor(job, key)).length,
    isFor,
    reply: (bytes: readonly number[]) => driver.bytes(Uint8Array.from(bytes)),
  };
}

/** Whether these bytes print the receipt of {@link bench}'s `print` for this key. */
function isFor(job: readonly number[], key: string): boolean {
  return Buffer.from(job).includes(` ${key}\n`);
}

/** The answer to the request at the end of a job's bytes. */
export function proofOf(job: readonly number[]): number[] {
  const request = Buffer.from(job).lastIndexOf(Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]));
  return request < 0 ? [0x00] : [0x37, 0x22, ...job.slice(request + 7, request + 11), 0x00];
}
