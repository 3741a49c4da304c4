/**
 * Queries for names that nobody has: a random-subdomain attack ("water torture") through a resolver service.
 *
 * Bots ask the resolvers of their users for random labels below a zone, each once, so that no cache of answers helps
 * and every query goes on to the zone's servers. One Poisson stream per pool, A records, twelve letters. Nobody waits
 * for these answers; they take the resolver's slots and the servers' capacity as all others do.
 *
 * A simulated query stands for as many as a simulated client does for users. Not modelled: labels from a word list,
 * rate limits towards a zone, and filters. Where a simulated query stands for many, resolvers that deny by proofs
 * learn more slowly than in reality, and the load they let pass is overstated: let clients represent themselves.
 */
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { A } from '../../dns/data/rrtype.ts';
import type { FastGenerator } from '../../kernel/fast-generator.ts';
import type { FaultSpec } from '../spec.ts';
import { severityAt } from '../timeline/timeline.ts';
import { NOBODY } from './poisson-queries.ts';
import type { ResolverPool } from './pool.ts';

/** As many as Mirai puts in front of the zone by default (bot/attack_udp.c attack_udp_dns()). */
const LETTERS = 12;
const FIRST_LETTER = 97;

/** A query of the bots, made as often as the fault is severe. */
export function randomNameQuery(
  pool: ResolverPool,
  fault: FaultSpec,
  origin: Name,
  generator: FastGenerator,
): (now: Micros) => void {
  return (now) => {
    const severity = severityAt(fault, now);
    if (severity < 1 && generator.uniform() >= severity) return;
    pool.ask(pool.pickAny(), NOBODY, { name: anyName(origin, generator), type: A }, now);
  };
}

function anyName(origin: Name, generator: FastGenerator): Name {
  let label = '';
  while (label.length < LETTERS) label += String.fromCharCode(FIRST_LETTER + generator.below(26));
  return `${label}.${origin}` as Name;
}
