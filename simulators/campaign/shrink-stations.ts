import type { Fault } from '../world/faults.ts';
import type { Scenario } from '../world/scenario.ts';

/** The same with fewer stations, the boldest first: all at one, then only those that are used, numbered anew. */
export function fewerStations(scenario: Scenario): Scenario[] {
  const used = stationsOf(scenario);
  const numbered = new Map(used.map((station, i) => [station, i + 1]));
  const candidates: Scenario[] = [];
  if (used.length > 1) candidates.push(moved(scenario, () => 1, 1));
  if (used.length > 2)
    // Pairs are what most bugs between places need.
    for (const one of used) candidates.push(moved(scenario, (station) => (station === one ? 1 : 2), 2));
  const count = Math.max(1, used.length);
  if (scenario.world.stations > count || used.some((station) => numbered.get(station) !== station))
    candidates.push(moved(scenario, (station) => numbered.get(station) ?? station, count));
  return candidates;
}

/** Every station that an order or a fault names, in rising order. */
function stationsOf(scenario: Scenario): number[] {
  const used = new Set(scenario.orders.map(({ station }) => station));
  for (const fault of scenario.faults)
    if ('station' in fault && typeof fault.station === 'number') used.add(fault.station);
  return [...used].sort((a, b) => a - b);
}

function moved(scenario: Scenario, to: (station: number) => number, stations: number): Scenario {
  return {
    ...scenario,
    world: { ...scenario.world, stations },
    orders: scenario.orders.map((order) => ({ ...order, station: to(order.station) })),
    faults: scenario.faults.map(
      (fault): Fault =>
        'station' in fault && typeof fault.station === 'number'
          ? { ...fault, station: to(fault.station) }
          : fault,
    ),
  };
}
