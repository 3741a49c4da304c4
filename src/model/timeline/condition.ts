/**
 * What all active faults together do to one thing (an endpoint, a site, a plane, a region ...).
 *
 * Rules: down if any fault says so; losses and error shares combine as independent chances, 1 - product(1 - p);
 * delays add up; of several response codes and capacities the fault that began last decides.
 *
 * A fault that ramps scales its figure by the severity. Effects that are on or off hold from full severity on,
 * except that being silently down begins as a loss equal to the severity. A capacity comes down as if the time
 * per query rose linearly, which also works from an unlimited one: 1/C = (1 - s)/base + s/target.
 *
 * Not modelled: dependence between faults (two losses of 50 % on one thing never hit the same packets on purpose).
 */
import type { Micros } from '../../base/time.ts';
import { worse } from '../network/link.ts';
import type { LinkState } from '../outside.ts';
import type { EffectSpec } from '../spec.ts';

type Effect<K extends EffectSpec['kind']> = Extract<EffectSpec, { kind: K }>;

/** An effect that changes what a server says. */
export type ContentEffect = Effect<'empty-zone' | 'stale-copy' | 'wrong-record'>;

/** A fault in force. `item` is its index in the timeline, `severity` runs from 0 (exclusive) to 1. */
export interface ActiveEffect {
  readonly item: number;
  readonly severity: number;
  readonly effect: EffectSpec;
}

export interface Condition extends LinkState {
  /** Share of requests that fail although the connection succeeds, 0 to 1. */
  readonly errors: number;
  /** The part of it that a health check would see as well. */
  readonly checkedErrors: number;
  /** Health checks fail although the service works. */
  readonly falseAlarm: boolean;
  readonly rcode: 'SERVFAIL' | 'REFUSED' | undefined;
  /** In the order in which the faults began. */
  readonly contents: readonly { readonly item: number; readonly effect: ContentEffect }[];
  readonly capacities: readonly { readonly perSecond: number; readonly severity: number }[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Combines effects given in the order in which they began. */
export function conditionOf(active: readonly ActiveEffect[]): Condition {
  const condition: Mutable<Condition> = {
    down: 'none',
    loss: 0,
    extra: 0,
    errors: 0,
    checkedErrors: 0,
    falseAlarm: false,
    rcode: undefined,
    contents: [],
    capacities: [],
  };
  for (const { item, severity, effect } of active) fold(condition, item, severity, effect);
  return condition;
}

function fold(condition: Mutable<Condition>, item: number, severity: number, effect: EffectSpec): void {
  const full = severity >= 1;
  switch (effect.kind) {
    case 'down':
      if (full) condition.down = worse(condition.down, effect.mode);
      else if (effect.mode === 'silent') condition.loss = either(condition.loss, severity);
      break;
    case 'slow':
      condition.extra += scaled(effect.extra, severity);
      break;
    case 'lossy':
      condition.loss = either(condition.loss, effect.loss * severity);
      break;
    case 'errors':
      condition.errors = either(condition.errors, effect.share * severity);
      if (!effect.hidden) condition.checkedErrors = either(condition.checkedErrors, effect.share * severity);
      break;
    case 'false-alarm':
      condition.falseAlarm ||= full;
      break;
    case 'rcode':
      if (full) condition.rcode = effect.rcode;
      break;
    case 'empty-zone':
    case 'stale-copy':
    case 'wrong-record':
      if (full) condition.contents = [...condition.contents, { item, effect }];
      break;
    case 'capacity':
      condition.capacities = [...condition.capacities, { perSecond: effect.perSecond, severity }];
      break;
    case 'flood': // shared out over all sites it hits: see FaultBoard.floods
    case 'random-subdomains': // queries like others: see resolvers/random-names.ts
      break;
  }
}

/** Chance that at least one of two independent things happens. */
function either(a: number, b: number): number {
  return 1 - (1 - a) * (1 - b);
}

function scaled(extra: Micros, severity: number): Micros {
  return Math.round(extra * severity);
}

/** Queries per second that are left of `base` (may be Infinity) under capacity faults, oldest first. */
export function capacityUnder(base: number, capacities: Condition['capacities']): number {
  let capacity = base;
  for (const { perSecond, severity } of capacities) {
    const mixed = 1 / ((1 - severity) / capacity + severity / perSecond);
    capacity = severity < 1 ? mixed : perSecond;
  }
  return capacity;
}
