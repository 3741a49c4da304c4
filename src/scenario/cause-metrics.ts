/**
 * Metrics of causes: `cause.dead-address.user-minutes`, `cause.servfail/no-reachable-server.share`.
 *
 * A name without its end stands for all that begin with it: `dead-address` for that of every cache, `nxdomain/authority`
 * for that told by any server. What did not occur has cost nothing.
 */
import { CAUSE_KINDS, CAUSE_PLACES } from '../model/outcome.ts';
import { type Kind, numberKind, shareKind } from './kinds.ts';

/** The part of a cause's result that expectations look at. */
export interface MeasuredCause {
  /** `what/where` or `what/where@server`. */
  readonly cause: string;
  /** Per replication. */
  readonly userMinutes: number;
  /** Of all user-minutes lost. */
  readonly share: number;
}

export const minutes: Kind<number> = numberKind(0, ' of user-minutes');

interface Measure {
  readonly kind: Kind<number>;
  readonly of: (cause: MeasuredCause) => number;
}

const MEASURES: ReadonlyMap<string, Measure> = new Map([
  ['user-minutes', { kind: minutes, of: ({ userMinutes }) => userMinutes }],
  ['share', { kind: shareKind, of: ({ share }) => share }],
]);

/** The metric of a cause; undefined where the name names none that can occur. */
export function causeMetric(name: string):
  | {
      readonly kind: Kind<number>;
      readonly of: (result: { readonly causes: readonly MeasuredCause[] }) => number;
    }
  | undefined {
  const [, cause, what, where, last] =
    /^cause\.(([a-z-]+)(?:\/([a-z-]+)(?:@.+)?)?)\.([a-z-]+)$/.exec(name) ?? [];
  const measure = MEASURES.get(last ?? '');
  const isKnown =
    CAUSE_KINDS.some((kind) => kind === what) && (where === undefined || CAUSE_PLACES.includes(where));
  if (cause === undefined || !isKnown || !measure) return undefined;
  return {
    kind: measure.kind,
    of: ({ causes }) => sum(causes.filter((one) => isOf(one, cause)).map(measure.of)),
  };
}

/** Those of causes without their ends. */
export const CAUSE_METRIC_NAMES: readonly string[] = CAUSE_KINDS.flatMap(measuresOf);

/** All but those of single servers. */
export function causeMetricNames(): string[] {
  return CAUSE_KINDS.flatMap((what) => CAUSE_PLACES.flatMap((where) => measuresOf(`${what}/${where}`)));
}

function measuresOf(cause: string): string[] {
  return [...MEASURES.keys()].map((measure) => `cause.${cause}.${measure}`);
}

function isOf({ cause }: MeasuredCause, name: string): boolean {
  return cause === name || cause.startsWith(`${name}/`) || cause.startsWith(`${name}@`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
