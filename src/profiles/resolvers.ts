/**
 * Presets of recursive resolvers. `rfc-reference` names every setting; the others name where they differ.
 *
 * Not modelled: limits of cache memory in octets, EDNS and truncation, DNSSEC validation, client subnet, anycast
 * and the sharing of caches between the machines of a public service (`fragments` stands for that).
 */

import { familyOf, type PresetFamily } from './preset.ts';
import { AWS_VPC_RESOLVER, AWS_VPC_RESOLVER_60S } from './resolvers/aws-vpc-resolver.ts';
import { AZURE_RESOLVER } from './resolvers/azure-resolver.ts';
import { BIND } from './resolvers/bind.ts';
import { CLOUDFLARE_1111 } from './resolvers/cloudflare.ts';
import { COREDNS, COREDNS_KUBERNETES, NODELOCAL_DNSCACHE } from './resolvers/coredns.ts';
import { DNSMASQ } from './resolvers/dnsmasq.ts';
import { GOOGLE_PUBLIC_DNS } from './resolvers/google.ts';
import { ISP_TTL_FLOOR, ISP_TYPICAL } from './resolvers/isp.ts';
import { KNOT_RESOLVER } from './resolvers/knot-resolver.ts';
import { OPENDNS } from './resolvers/opendns.ts';
import { PDNS_RECURSOR } from './resolvers/pdns-recursor.ts';
import { QUAD9 } from './resolvers/quad9.ts';
import { UNBOUND } from './resolvers/unbound.ts';
import { RFC8767_REFERENCE, UNBOUND_PRE_1_23 } from './resolvers/variants.ts';
import { WINDOWS_SERVER_DNS } from './resolvers/windows-server-dns.ts';
import { RFC_REFERENCE_PRESET } from './resolvers-reference.ts';

/** Every resolver preset; `rfc-reference` completes the others. */
export const RESOLVERS: PresetFamily = familyOf(RFC_REFERENCE_PRESET, [
  { title: 'references', presets: [RFC_REFERENCE_PRESET, RFC8767_REFERENCE] },
  {
    title: 'software',
    presets: [UNBOUND, UNBOUND_PRE_1_23, BIND, PDNS_RECURSOR, KNOT_RESOLVER, WINDOWS_SERVER_DNS],
  },
  { title: 'forwarders', presets: [COREDNS, COREDNS_KUBERNETES, NODELOCAL_DNSCACHE, DNSMASQ] },
  {
    title: 'public and cloud services',
    presets: [
      GOOGLE_PUBLIC_DNS,
      CLOUDFLARE_1111,
      QUAD9,
      OPENDNS,
      AWS_VPC_RESOLVER,
      AWS_VPC_RESOLVER_60S,
      AZURE_RESOLVER,
    ],
  },
  { title: 'access providers', presets: [ISP_TYPICAL, ISP_TTL_FLOOR] },
]);
