/**
 * The faults in force, by what they hit.
 *
 * The board knows targets and effects, not the world: who stands in a region or behind a path is put together
 * in `exposure.ts`. A run keeps two boards, one for the shared side that runs ahead, one for what cells see.
 */
import type { EffectSpec, FaultSpec, PlaneName, TargetSpec, TimelineSpec } from '../spec.ts';
import { type ActiveEffect, type Condition, conditionOf } from './condition.ts';
import { fits } from './fits.ts';

interface ActiveFault extends ActiveEffect {
  readonly target: TargetSpec;
}

/** Which site of which server is meant, and over which address family it is asked. */
export interface SiteKey {
  readonly provider: number;
  readonly server: number;
  readonly site: number;
  /** Absent: faults of either family count, as for load, which both families bring to one machine. */
  readonly family?: 4 | 6;
}

export class FaultBoard {
  /** Raised by every change; whoever keeps a derived state compares it. */
  version = 0;

  readonly #timeline: readonly TimelineSpec[];
  /** In the order in which they began. */
  #active: readonly ActiveFault[] = [];

  /** @throws RangeError when a fault of the timeline makes no sense on its target. */
  constructor(timeline: readonly TimelineSpec[]) {
    this.#timeline = timeline;
    for (const item of timeline) if (item.kind === 'fault') assertFits(item);
  }

  /** Puts the fault at `item` of the timeline in force with a severity up to 1, or ends it with 0. */
  set(item: number, severity: number): void {
    const { target, effect } = this.#timeline[item] as FaultSpec;
    const fault = { item, severity, target, effect };
    const known = this.#active.some((other) => other.item === item);
    this.#active = known
      ? this.#active
          .map((other) => (other.item === item ? fault : other))
          .filter((other) => other.severity > 0)
      : [...this.#active, fault];
    this.version++;
  }

  endpoint(endpoint: number): Condition {
    return this.#select((target) => target.kind === 'endpoint' && target.endpoint === endpoint);
  }

  /** The server's own faults together with those of its provider's edge plane. */
  site(key: SiteKey): Condition {
    return this.#select((target) => hitsSite(target, key));
  }

  plane(provider: number, plane: PlaneName): Condition {
    return this.#select(
      (target) => target.kind === 'plane' && target.provider === provider && target.plane === plane,
    );
  }

  resolver(resolver: number): Condition {
    return this.#select((target) => target.kind === 'resolver' && target.resolver === resolver);
  }

  region(region: number): Condition {
    return this.#select((target) => target.kind === 'region' && target.region === region);
  }

  /** The path between two regions; its faults have no direction. */
  path(from: number, to: number): Condition {
    return this.#select(
      (target) =>
        target.kind === 'path' &&
        ((target.from === from && target.to === to) || (target.from === to && target.to === from)),
    );
  }

  /** Whether any fault in force has an effect of this kind. */
  has(kind: EffectSpec['kind']): boolean {
    return this.#active.some((fault) => fault.effect.kind === kind);
  }

  /** Floods in force with what they are aimed at, in queries per second. */
  floods(): readonly { readonly target: TargetSpec; readonly perSecond: number }[] {
    return this.#active.flatMap(({ target, effect, severity }) =>
      effect.kind === 'flood' ? [{ target, perSecond: effect.perSecond * severity }] : [],
    );
  }

  #select(hits: (target: TargetSpec) => boolean): Condition {
    return conditionOf(this.#active.filter((fault) => hits(fault.target)));
  }
}

/** Whether a fault with this target reaches the site. */
export function hitsSite(target: TargetSpec, key: SiteKey): boolean {
  if (target.kind === 'plane') return target.plane === 'edge' && target.provider === key.provider;
  return (
    target.kind === 'server' &&
    target.provider === key.provider &&
    target.server === key.server &&
    (target.site === undefined || target.site === key.site) &&
    (target.family === undefined || key.family === undefined || target.family === key.family)
  );
}

function assertFits(fault: FaultSpec): void {
  if (fits(fault.target, fault.effect.kind)) return;
  throw new RangeError(`${fault.label}: ${fault.effect.kind} makes no sense on a ${fault.target.kind}`);
}
