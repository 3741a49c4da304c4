/**
 * Aliases that a provider resolves itself (ALIAS, ANAME, Route 53 alias records, CNAME flattening): the target's
 * data under the alias's own name.
 *
 * A target that does not exist or has nothing of the type is NODATA, as Cloudflare answers; one that cannot be
 * resolved is SERVFAIL, as PowerDNS answers. Not modelled: the cache in which a provider keeps what it looked up,
 * so an alias follows a change of its target at once, where a real one may be late by the target's TTL.
 */
import type { Message, Question } from '../../dns/data/message.ts';
import type { Name } from '../../dns/data/name.ts';
import { type RRset, withTtl } from '../../dns/data/rrset.ts';
import type { RrType } from '../../dns/data/rrtype.ts';
import type { AliasAnswer, FailedAnswer } from './provider.ts';

/** CNAMEs and zones one alias leads through before it counts as a loop. */
const LONGEST_WAY = 8;

/** What an alias comes to for `owner`. @param look answers a question as the authorities concerned would */
export function followAlias(
  owner: Name,
  type: RrType,
  { alias, ttl }: AliasAnswer,
  look: (question: Question) => Message,
): RRset | 'absent' | FailedAnswer {
  let least = Number.POSITIVE_INFINITY;
  let name = alias;
  for (let hop = 0; hop < LONGEST_WAY; hop++) {
    const { rcode, answer } = look({ name, type });
    if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return { rcode: 'SERVFAIL' };
    least = answer.reduce((smallest, rrset) => Math.min(smallest, rrset.ttl), least);
    const last = answer.at(-1);
    if (last === undefined || rcode === 'NXDOMAIN') return 'absent';
    if (last.type === type) return { ...withTtl(last, ttl ?? least), name: owner };
    const target = last.rdata[0];
    if (target?.kind !== 'name') return 'absent';
    name = target.target;
  }
  return { rcode: 'SERVFAIL' };
}
