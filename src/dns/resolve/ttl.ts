/** How long what was received is kept: floors, caps, and what of them covers negative answers. */
import type { Micros, Seconds } from '../../base/time.ts';
import { SECOND } from '../../base/time.ts';
import type { SoaRdata } from '../data/rdata.ts';
import type { RRset } from '../data/rrset.ts';
import type { ResolverOptions, TtlBounds } from './options.ts';
import type { Core } from './state.ts';

/** Where the TTL of what is stored now begins to run. */
export function countsFrom({ now, options }: Core): Micros {
  return options.cacheRules.wholeSeconds ? Math.floor(now / SECOND) * SECOND : now;
}

/** TTL of cached data: received value within floor and cap. */
export function dataTtl(received: Seconds, bounds: TtlBounds): Seconds {
  return Math.max(Math.min(received, bounds.ttlCapSeconds), bounds.ttlFloorSeconds);
}

/** Negative TTL as received: the smaller of the SOA's TTL and MINIMUM (RFC 2308 §5). */
export function receivedNegativeTtl(soa: RRset): Seconds {
  return Math.min(soa.ttl, minimumOf(soa));
}

/** Negative TTL within floor and cap, and within the bounds of data as far as these cover it. */
export function negativeTtl(
  soa: RRset | undefined,
  options: ResolverOptions,
  bounds: TtlBounds = options,
): Seconds {
  const { ttlBoundsCover, negativeWithoutSoaSeconds } = options.cacheRules;
  if (soa === undefined) return Math.min(negativeWithoutSoaSeconds, bounds.negativeCapSeconds);
  const said =
    ttlBoundsCover === 'soa' ? Math.min(dataTtl(soa.ttl, bounds), minimumOf(soa)) : receivedNegativeTtl(soa);
  const bounded = ttlBoundsCover === 'all' ? dataTtl(said, bounds) : said;
  return Math.max(Math.min(bounded, bounds.negativeCapSeconds), bounds.negativeFloorSeconds);
}

function minimumOf(soa: RRset): Seconds {
  return (soa.rdata[0] as SoaRdata).minimum;
}
