import { alarmButton } from '../../../contracts/devices/alarm-button.ts';
import { checkOf, type RequestOf, typesOf } from '../../../contracts/operation.ts';
import { MINUTE } from '../../../contracts/time.ts';
import { nameOf } from '../../../contracts/topics.ts';
import type { PresenceChange } from '../input.ts';
import { alert, mark, publish, type Turn } from '../turn.ts';

interface Presses {
  press: number;
  acknowledged: number;
}

const misfit = checkOf(alarmButton.status);
const pressesOf = (status: unknown): Presses | undefined =>
  misfit(status) === undefined ? (status as Presses) : undefined;

/**
 * DEV-06: somebody has pressed the alarm button, and its driver tells so until the centre has it. The administrators are alerted, on
 * the record; only then is the button told that they are. A press that is told again alerts nobody twice.
 * @param before what the same button told before this
 */
export function alarmTold(
  turn: Turn,
  { place, status }: Omit<PresenceChange, 'online'>,
  before: unknown,
): void {
  const told = pressesOf(status);
  if (place.kind !== 'device' || !told || told.press <= told.acknowledged) return;
  if (told.press > (pressesOf(before)?.press ?? 0)) {
    mark(turn, 'alarm-pressed');
    alert(turn, 'alert.alarmPressed', `${place.outlet}/${place.station}`);
  }
  const data: RequestOf<typeof alarmButton.operations.acknowledge> = { press: told.press };
  publish(turn, place, {
    id: `${nameOf(place)}.${told.press}.${turn.now}`,
    type: typesOf(alarmButton, 'acknowledge').request,
    key: `${nameOf(place)}.${told.press}`,
    expiry: turn.now + MINUTE,
    data,
  });
}
