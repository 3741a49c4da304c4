/**
 * Presets of recursive resolvers. `rfc-reference` names every setting; the others name where they differ.
 *
 * Not modelled: limits of cache memory in octets, EDNS and truncation, DNSSEC validation, client subnet, anycast
 * and the sharing of caches between the machines of a public service (set `fragments` on the resolver for that).
 */

import type { PresetFamily } from './preset.ts';
import { BIND, KNOT_RESOLVER, PDNS_RECURSOR, UNBOUND } from './resolvers-open-source.ts';
import { RFC_REFERENCE_PRESET } from './resolvers-reference.ts';
import { GOOGLE_PUBLIC_DNS, ISP_TTL_FLOOR, ISP_TYPICAL } from './resolvers-services.ts';

/** Every resolver preset; `rfc-reference` completes the others. */
export const RESOLVERS: PresetFamily = {
  base: RFC_REFERENCE_PRESET,
  presets: [
    RFC_REFERENCE_PRESET,
    UNBOUND,
    BIND,
    PDNS_RECURSOR,
    KNOT_RESOLVER,
    GOOGLE_PUBLIC_DNS,
    ISP_TYPICAL,
    ISP_TTL_FLOOR,
  ],
};
