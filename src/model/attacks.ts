/** Attacks of the timeline that come through resolvers, shared out over the instances there are. */
import { loadScale } from './authority/outside-world.ts';
import type { Cell } from './cell.ts';
import type { WorldSpec } from './spec.ts';

/**
 * Lets every cell play its part of each attack. Instances that nobody of the scenario uses are not simulated; theirs
 * is played by the others.
 */
export function addAttacks(cells: readonly Cell[], { timeline, populations }: WorldSpec): void {
  for (const [item, fault] of timeline.entries()) {
    if (fault.kind !== 'fault') continue;
    const { target, effect } = fault;
    if (effect.kind !== 'random-subdomains' || target.kind !== 'resolver' || effect.perSecond === 0) continue;
    const service = target.resolver;
    const pools = cells.flatMap((cell) => cell.pools.filter((pool) => pool.service === service));
    const instances = pools.reduce((sum, { place }) => sum + place.instances, 0);
    const rate = effect.perSecond / loadScale(populations) / instances;
    for (const cell of cells) cell.addRandomNames(String(item), fault, service, effect.origin, rate);
  }
}
