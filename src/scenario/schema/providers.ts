/** `providers:`: operators of authoritative servers. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { DEFAULTS } from '../defaults.ts';
import {
  addressKind,
  capacityKind,
  durationKind,
  flagKind,
  nameKind,
  wholeKind,
  wordKind,
} from '../kinds.ts';
import { PROVIDER_FORMATS, PROVIDER_KINDS } from '../providers/catalogue.ts';
import { distinct, listOf, mapOf, oneOrMore, reference } from './common.ts';
import { about, field, withRules } from './field.ts';

export interface ProviderDoc {
  readonly kind?: string;
  readonly servers?: number | readonly ServerDoc[];
  readonly domain?: Name;
  readonly sites?: readonly SiteDoc[];
  readonly capacity?: number;
  readonly propagation?: Micros;
  readonly ipv6?: boolean;
  readonly 'client-subnet'?: boolean;
  readonly 'control-region'?: string;
  readonly transfer?: TransferDoc;
}

/** A secondary's source of zones. */
export interface TransferDoc {
  readonly from: string;
  readonly notify?: boolean;
}

export interface ServerDoc {
  readonly name: Name;
  readonly addresses?: readonly string[];
  readonly sites?: readonly SiteDoc[];
}

export interface SiteDoc {
  readonly region: string;
  readonly capacity?: number;
}

const { provider: defaults } = DEFAULTS;

const capacity: z.ZodType<number> = field(capacityKind, 'Queries per second one site can answer.', {
  fallback: defaults.capacity,
  example: 1000,
});

const site: z.ZodType<SiteDoc> = about(
  z.union([
    reference('Region of the site.', 'us-east').transform((region) => ({ region })),
    z.strictObject({
      region: reference('Region of the site.', 'us-east'),
      capacity: capacity.exactOptional(),
    }),
  ]) as z.ZodType<SiteDoc>,
  'A place where a server stands: a region, or a region with a capacity.',
);

const sites: z.ZodType<SiteDoc[]> = listOf(
  site,
  'One site is unicast, several are anycast. Default: every region.',
);

const server: z.ZodType<ServerDoc> = about(
  z.strictObject({
    name: field(nameKind, 'Name of the server.', { example: 'ns1.example.net' }),
    addresses: oneOrMore(
      field(addressKind, 'An address.', { example: '192.0.2.53' }),
      'Addresses; generated when absent.',
    ).exactOptional(),
    sites: sites.exactOptional(),
  }),
  'One authoritative server.',
);

const distinctNames = distinct('server');

function serversDiffer(servers: readonly ServerDoc[]): ReturnType<typeof distinctNames> {
  return distinctNames(servers.map(({ name }) => name));
}

const transfer: z.ZodType<TransferDoc> = about(
  z.strictObject({
    from: reference('The primary: a provider that serves the same zones.', 'main'),
    notify: field(
      flagKind,
      'Whether the primary tells of changes (RFC 1996); else the SOA refresh finds them.',
      {
        fallback: defaults.notify,
      },
    ).exactOptional(),
  }) as z.ZodType<TransferDoc>,
  'Makes the provider a secondary: it fetches its zones by transfer, by the timers of their SOA.',
);

/** Settings of the kinds, each under its own word. */
const options = Object.fromEntries(
  PROVIDER_FORMATS.flatMap(({ kind, options: own }) => (own ? [[kind, own.schema.exactOptional()]] : [])),
) as Readonly<Record<string, z.ZodType>>;

const provider: z.ZodType<ProviderDoc> = about(
  z.strictObject({
    kind: field(wordKind(PROVIDER_KINDS), 'Whose rules the provider follows.', {
      fallback: defaults.kind,
    }).exactOptional(),
    servers: about(
      z.union([
        field(wholeKind(1, 20), 'Number of servers.', { fallback: defaults.servers }),
        withRules(listOf(server, 'Servers.'), serversDiffer),
      ]),
      'How many servers (names and addresses are generated), or a list of them.',
      2,
    ).exactOptional(),
    domain: field(nameKind, 'Domain of generated server names. Default PROVIDER-dns.net.', {
      example: 'main-dns.net',
    }).exactOptional(),
    sites: sites.exactOptional(),
    capacity: capacity.exactOptional(),
    propagation: field(durationKind(), 'From an accepted change until every edge has it.', {
      fallback: defaults.propagation,
    }).exactOptional(),
    ipv6: field(flagKind, 'Whether generated servers have IPv6 addresses too.', {
      fallback: defaults.ipv6,
    }).exactOptional(),
    'client-subnet': field(flagKind, "Whether it reads the client's subnet in queries (RFC 7871).", {
      fallback: defaults.readsClientSubnet,
    }).exactOptional(),
    transfer: transfer.exactOptional(),
    'control-region': reference(
      'Region its control plane stands in: when that is down, changes wait. Default: as the kind has it.',
    ).exactOptional(),
    ...options,
  }),
  'An operator of authoritative servers; its edge, health and control planes fail apart.',
);

export const providersSchema: z.ZodType<Record<string, ProviderDoc>> = mapOf(
  provider,
  'Operators of authoritative servers, by name. Default: one, main.',
  { main: { servers: 2 } },
);
