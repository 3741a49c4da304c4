/**
 * Fills the caches of all cells before the run. Ages are stratified over each resolver service: golden-ratio
 * phases with one random shift per question and replication.
 */
import type { Seconds } from '../base/time.ts';
import { isSubdomain, type Name } from '../dns/data/name.ts';
import { NS } from '../dns/data/rrtype.ts';
import { stratifiedPhases } from '../kernel/variates.ts';
import type { Cell, Shared } from './cell.ts';
import type { ResolverPool } from './resolvers/pool.ts';
import { type WarmQuestion, warm } from './resolvers/warm-start.ts';
import type { ZoneSpec } from './spec.ts';

export function warmCells(cells: readonly Cell[], shared: Shared): void {
  shared.spec.resolvers.forEach((_, service) => {
    const pools = cells.flatMap(({ pools, questions }) =>
      pools.filter((pool) => pool.service === service).map((pool) => ({ pool, questions })),
    );
    if (pools.length > 0) warmService(pools, service, shared);
  });
}

interface Member {
  readonly pool: ResolverPool;
  readonly questions: ReadonlySet<number>;
}

function warmService(members: readonly Member[], service: number, shared: Shared): void {
  const { spec, outside, streams, answers } = shared;
  const { name, fragments, region } = spec.resolvers[service]!;
  const stream = streams.open(`warm/${name}`);
  const count = members.length * fragments;
  const drawn = answers.questions.map((question) => ({
    question,
    delegationTtl: delegationTtlOf(spec.zones, question.name),
    phases: stratifiedPhases(count, stream),
    delegationPhases: stratifiedPhases(count, stream),
  }));
  members.forEach(({ pool, questions }, member) => {
    pool.fragments.forEach((resolver, fragment) => {
      const at = member * fragments + fragment;
      const wanted: WarmQuestion[] = drawn.flatMap((item, index) => {
        if (!questions.has(index)) return [];
        const { question, delegationTtl } = item;
        const [phase, delegationPhase] = [item.phases[at]!, item.delegationPhases[at]!];
        return [{ question, delegationTtl, phase, delegationPhase }];
      });
      warm(resolver, wanted, region, outside);
    });
  });
}

/** TTL of the NS set of the closest enclosing zone: how long a resolver keeps its way there. */
function delegationTtlOf(zones: readonly ZoneSpec[], name: Name): Seconds {
  const enclosing = zones.filter(({ origin }) => isSubdomain(name, origin));
  const closest = enclosing.reduce<ZoneSpec | undefined>(
    (best, zone) => (best && best.origin.length >= zone.origin.length ? best : zone),
    undefined,
  );
  return closest?.zone.get(closest.origin, NS)?.ttl ?? 0;
}
