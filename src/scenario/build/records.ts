/** Small helpers to put generated zone data together. */
import { addressFamily } from '../../base/address.ts';
import type { Seconds } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { rdataFromText } from '../../dns/data/rdata-text.ts';
import { makeRRset, type RRset } from '../../dns/data/rrset.ts';
import { A, AAAA, NS, type RrType, SOA } from '../../dns/data/rrtype.ts';

/** An RRset from texts this program wrote itself. @throws TextError when one of them is malformed */
export function rrset(name: Name, type: RrType, ttl: Seconds, texts: readonly string[]): RRset {
  return makeRRset(
    name,
    type,
    ttl,
    texts.map((text) => rdataFromText(type, text)),
  );
}

export function nsSet(name: Name, ttl: Seconds, servers: readonly Name[]): RRset {
  return rrset(name, NS, ttl, servers);
}

/** The A and AAAA RRsets of a host, only those it has addresses for. */
export function addressSets(name: Name, ttl: Seconds, addresses: readonly string[]): RRset[] {
  return ([4, 6] as const).flatMap((family) => {
    const own = addresses.filter((address) => addressFamily(address) === family);
    return own.length === 0 ? [] : [rrset(name, family === 4 ? A : AAAA, ttl, own)];
  });
}

/** @param negative TTL of negative answers: the smaller of it and `ttl` counts (RFC 2308 §5) */
export function soa(name: Name, ttl: Seconds, server: Name, negative: Seconds): RRset {
  const mailbox = name === '.' ? 'nstld.' : `hostmaster.${name}`;
  return rrset(name, SOA, ttl, [`${server} ${mailbox} 1 7200 900 1209600 ${negative}`]);
}
