/**
 * What short TTLs cost: names whose answers expire sooner than they might, as a bound on what a longer TTL saves.
 *
 * A resolver that is asked all the time asks again once per TTL, so its queries fall at most as the TTL rises; one
 * that is asked seldom asks no more often than it is asked itself, and saves less.
 */
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { CNAME, type RrType, typeToText } from '../../dns/data/rrtype.ts';
import type { WorldSpec } from '../../model/spec.ts';

/** A usual TTL of records that seldom change; shorter ones are told. */
const USUAL_SECONDS = 300;

/** A sentence for each name asked for whose TTL is short and whose queries are billed. @param billed providers */
export function shortTtls(spec: WorldSpec, billed: readonly string[]): string[] {
  const asked = new Map(
    spec.populations
      .flatMap(({ questions }) =>
        questions.flatMap(({ name, types }) => types.map((type) => ({ name, type }))),
      )
      .map((question) => [`${question.name} ${question.type}`, question]),
  );
  return [...asked.values()].flatMap(({ name, type }) => {
    const ttl = ttlOf(spec, name, type, billed);
    if (ttl === undefined || ttl === 0 || ttl >= USUAL_SECONDS) return [];
    const times = USUAL_SECONDS / ttl;
    const factor = times < 10 ? Number(times.toFixed(1)) : Math.round(times);
    const label = `${name.replace(/(?<=.)\.$/, '')}/${typeToText(type)}`;
    return [
      `The TTL of ${label} is ${ttl} s: at ${USUAL_SECONDS} s its queries fall, to a ${factor}th at best (resolvers asked all the time).`,
    ];
  });
}

function ttlOf(
  { policies, zones, providers }: WorldSpec,
  name: Name,
  type: RrType,
  billed: readonly string[],
): number | undefined {
  const isBilled = (index: number): boolean => billed.includes(providers[index]!.name);
  const policy = policies.find((one) => one.name === name && (one.type === type || one.type === CNAME));
  if (policy) {
    return isBilled(policy.provider)
      ? policy.candidates.reduce((least, { ttl = policy.ttl }) => Math.min(least, ttl), policy.ttl)
      : undefined;
  }
  const holding = zones
    .filter(({ origin, providers: serving }) => isSubdomain(name, origin) && serving.some(isBilled))
    .flatMap(({ zone }) => zone.get(name, type) ?? zone.get(name, CNAME) ?? []);
  return holding[0]?.ttl;
}
