import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../platform/commands/options.ts';
import { readRequest } from '../../../platform/commands/simulate/request.ts';

const TODAY = 20_781;
const read = (values: Parameters<typeof readRequest>[0]) => readRequest(values, TODAY);

describe('the options of yizhan simulate', () => {
  it('without any it is a campaign over the same seeds every time', () => {
    expect(read({})).toMatchObject({
      what: 'campaign',
      from: 1,
      to: 2000,
      requireCoverage: false,
      json: false,
    });
  });

  it('by time alone it takes fresh seeds every day, and never the same two days in a row', () => {
    const night = (today: number) => readRequest({ time: '6h' }, today);
    expect(night(TODAY)).toMatchObject({ what: 'campaign', to: undefined, timeMs: 6 * 3_600_000 });
    expect(night(TODAY).from).toBe(night(TODAY).from);
    expect(night(TODAY + 1).from - night(TODAY).from).toBe(2_000_000);
    for (let day = 0; day < 4_000; day++) expect(night(day).from).toBeLessThan(0xffff_ffff - 2_000_000);
  });

  it('one seed, or so many stations, is one world', () => {
    expect(read({ seed: '8' })).toMatchObject({ what: 'world', from: 8, to: 8, size: undefined });
    expect(read({ stations: '300', hours: '24' })).toMatchObject({
      what: 'world',
      from: 1,
      to: 1,
      size: { stations: 300, hours: 24, profile: 'stress' },
    });
    expect(read({ stations: '3', seeds: '4..9', profile: 'hangzhou' })).toMatchObject({
      what: 'campaign',
      from: 4,
      to: 9,
      size: { stations: 3, hours: 24, profile: 'hangzhou' },
    });
  });

  it('takes lists of flows and faults, and no faults at all', () => {
    expect(read({ flows: 'topup, void', faults: 'NET-DROP,PLT-CRASH' })).toMatchObject({
      flows: ['topup', 'void'],
      faults: ['NET-DROP', 'PLT-CRASH'],
    });
    expect(read({ faults: 'none' }).faults).toEqual([]);
  });

  it('seeds without an end need a time', () => {
    expect(read({ seeds: '5..', time: '10m' })).toMatchObject({ from: 5, to: undefined, timeMs: 600_000 });
    expect(() => read({ seeds: '5..' })).toThrow('--seeds 5..');
  });

  it.each([
    [{ seeds: '9..3' }, '--seeds 9..3'],
    [{ seeds: 'all' }, 'such as 1..2000'],
    [{ seeds: '1..4294967296' }, '4294967295'],
    [{ seed: '-1' }, '--seed -1'],
    [{ seed: '1', seeds: '1..2' }, 'exclude each other'],
    [{ seed: '1', time: '5s' }, 'exclude each other'],
    [{ hours: '3' }, '--hours needs --stations'],
    [{ profile: 'stress' }, '--profile needs --stations'],
    [{ stations: '3', profile: 'quiet' }, 'must be stress or hangzhou'],
    [{ stations: '0' }, '--stations 0'],
    [{ stations: '9999' }, '--stations 9999: must be a whole number from 1 to 9998'],
    [{ 'planted-bugs': true, seed: '8' }, '--planted-bugs and --seed exclude each other'],
    [{ 'planted-bugs': true, flows: 'topup' }, '--planted-bugs and --flows exclude each other'],
    [{ 'planted-bugs': true, shrink: 'a.json' }, '--planted-bugs and --shrink exclude each other'],
    [{ time: '0s' }, '--time 0s'],
    [{ time: '0.0h' }, '--time 0.0h'],
    [{ time: '60' }, 'such as 60s, 10m or 6h'],
    [{ workers: '0' }, '--workers 0'],
    [{ flows: 'topup,refund' }, 'there is no «refund»'],
    [{ faults: 'NET-DROPP' }, 'NET-DROP,'],
  ] as const)('%j is refused, with what is allowed', (values, text) => {
    expect(() => read(values)).toThrow(UsageError);
    expect(() => read(values)).toThrow(text);
  });
});
