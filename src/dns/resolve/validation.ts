/**
 * What counts as validated, for the one use there is of it: proofs and wildcards that answer for more than what they
 * came with (RFC 8198 §5.1).
 *
 * A stand-in for validation, by structure alone: an RRset counts when an RRSIG of its zone came with it, and every
 * zone cut from the root down to that zone was crossed with a DS set that counts itself (RFC 4035 §5). The root is
 * trusted. Whoever brings real validation replaces `validated`.
 *
 * Not modelled: keys, algorithms, the time in which a signature holds, and thus answers that are bogus: a zone with
 * broken signatures is believed here, and SERVFAIL in reality. The queries that validation takes (DNSKEY, and DS
 * where no referral brought it) are not sent: the first answer of a signed zone comes about a round trip per zone cut
 * too early, and its servers see a query less per TTL of its keys. A DS set lives as long as the delegation it came
 * with. A child served by its parent's servers needs no referral and is taken for unsigned.
 */
import { SECOND } from '../../base/time.ts';
import type { Message } from '../data/message.ts';
import { depth, isSubdomain, type Name, parseName } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import { DS, RRSIG, typeToText } from '../data/rrtype.ts';
import type { ResolverOptions } from './options.ts';
import type { Core } from './state.ts';
import { dataTtl } from './ttl.ts';

/** Whether a resolver asks for signatures and proofs (the DO bit, RFC 3225 §3): nothing else looks at them. */
export function wantsDnssec({ cacheRules }: ResolverOptions): boolean {
  return cacheRules.aggressiveNsec;
}

/** Who signed an RRset, and how many labels its owner had (RFC 4034 §3.1): fewer than now where a wildcard gave it. */
export interface Signed {
  readonly zone: Name;
  readonly labels: number;
}

/** Whether an RRset counts as validated: by which zone; undefined: it does not. @param section where it stands */
export function validated(core: Core, set: RRset, section: readonly RRset[]): Signed | undefined {
  const signed = core.secureCuts && signatureOf(set, section);
  if (signed === undefined || !isSubdomain(set.name, signed.zone)) return undefined;
  const { labels, zone } = signed;
  const isSound = labels >= depth(zone) && labels <= depth(set.name);
  return isSound && core.secureCuts!.isSecure(zone, core.now) ? signed : undefined;
}

/** The fields of RFC 4034 §3.1 are: type, algorithm, labels, TTL, two times, key tag, signer, signature. */
function signatureOf({ name, type }: RRset, section: readonly RRset[]): Signed | undefined {
  const covered = `${typeToText(type)} `;
  const own = section.filter((set) => set.type === RRSIG && set.name === name);
  const fields = own
    .flatMap(({ rdata }) => rdata)
    .find(({ text }) => text.startsWith(covered))
    ?.text.split(' ');
  return fields && { labels: Number(fields[2]), zone: parseName(fields[7]!) };
}

/** Remembers whether the delegation of a referral is signed. @param zone the one that was asked */
export function learnCut(core: Core, zone: Name, ns: RRset, { authority }: Message): void {
  const ds = authority.find(({ name, type }) => type === DS && name === ns.name);
  const signer = ds && validated(core, ds, authority);
  const until = core.now + dataTtl(ns.ttl, core.options) * SECOND;
  core.secureCuts!.put(ns.name, signer?.zone === zone ? { parent: zone, until } : undefined);
}
