/** Fills the caches of all cells before the run, with ages stratified over each resolver service. */

import type { Seconds } from '../base/time.ts';
import type { Name } from '../dns/data/name.ts';
import { isSubdomain } from '../dns/data/name.ts';
import { NS } from '../dns/data/rrtype.ts';
import type { RandomStreams } from '../kernel/random-streams.ts';
import { stratifiedPhases } from '../kernel/variates.ts';
import type { Cell, Shared } from './cell.ts';
import { warm } from './resolvers/warm-start.ts';
import type { ZoneSpec } from './spec.ts';

export function warmCells(cells: readonly Cell[], shared: Shared, streams: RandomStreams): void {
  const { spec, outside, answers } = shared;
  spec.resolvers.forEach((service, index) => {
    const pools = cells.flatMap((cell) =>
      cell.pools.filter((pool) => pool.service === index).map((pool) => ({ cell, pool })),
    );
    const count = pools.length * service.fragments;
    if (count === 0) return;
    const stream = streams.open(`warm/${service.name}`);
    answers.questions.forEach((question, questionIndex) => {
      const ages = stratifiedPhases(count, stream);
      const delegationAges = stratifiedPhases(count, stream);
      const delegationTtl = delegationTtlOf(spec.zones, question.name);
      let at = 0;
      for (const { cell, pool } of pools) {
        const asked = cell.questions.has(questionIndex);
        for (const fragment of pool.fragments) {
          if (asked) {
            warm(
              fragment,
              { question, delegationTtl },
              ages[at]!,
              delegationAges[at]!,
              service.region,
              outside,
            );
          }
          at += 1;
        }
      }
    });
  });
}

/** TTL of the NS set of the closest enclosing zone: how long a resolver keeps its way there. */
function delegationTtlOf(zones: readonly ZoneSpec[], name: Name): Seconds {
  let best: ZoneSpec | undefined;
  for (const zone of zones) {
    if (isSubdomain(name, zone.origin) && (best === undefined || zone.origin.length > best.origin.length)) {
      best = zone;
    }
  }
  return best?.zone.get(best.origin, NS)?.ttl ?? 0;
}
