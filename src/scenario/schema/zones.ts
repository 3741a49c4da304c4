/** `zones:`: the data to be served, from master files or written inline. */
import { z } from 'zod';
import type { Seconds } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { SIGNINGS, type Signing } from '../../dns/zone/zone.ts';
import { type Cited, cited } from '../../profiles/cited.ts';
import { DEFAULTS } from '../defaults.ts';
import { type Kind, nameKind, textKind, ttlKind, wordKind } from '../kinds.ts';
import { listOf, oneOrMore, reference } from './common.ts';
import { about, field, withRules } from './field.ts';

export interface ZoneDoc {
  readonly file?: string;
  readonly name?: Name;
  readonly records?: string;
  readonly providers?: readonly string[];
  readonly delegation?: DelegationDoc;
  readonly signed?: SignedDoc;
  readonly private?: PrivateDoc;
}

export interface PrivateDoc {
  readonly resolvers: readonly string[];
  readonly 'resolution-policy'?: ResolutionPolicy;
}

/** What becomes of names that a private zone denies. */
export type ResolutionPolicy = 'default' | 'nxdomain-redirect';

export const RESOLUTION_POLICY_KIND: Kind<ResolutionPolicy> = wordKind(['default', 'nxdomain-redirect']);
export const RESOLUTION_POLICY: Cited<ResolutionPolicy> = cited(
  'default',
  'documentation',
  'a private zone is final: Azure dns/private-dns-fallback, Route 53 hosted-zone-private-considerations',
);

export interface DelegationDoc {
  readonly ttl?: Seconds;
  readonly providers?: readonly string[];
}

/** Whether a zone is signed, and how it proves what it does not hold. */
export type SignedDoc = 'off' | Signing;

export const signedKind: Kind<SignedDoc> = wordKind(['off', ...SIGNINGS]);

const providers: z.ZodType<string[]> = oneOrMore(
  reference('Name of a provider.', 'main'),
  'Providers that serve the zone. Default: all of them.',
);

const delegation: z.ZodType<DelegationDoc> = about(
  z.strictObject({
    ttl: field(ttlKind, 'TTL of the NS set at the parent.', {
      fallback: DEFAULTS.delegationTtl,
    }).exactOptional(),
    providers: oneOrMore(
      reference('Name of a provider.', 'main'),
      'Providers the zone is delegated to at the start. Default: all that serve it.',
    ).exactOptional(),
  }),
  'How the parent zone points here.',
);

const audience: z.ZodType<PrivateDoc> = about(
  z.strictObject({
    resolvers: oneOrMore(
      reference('Name of a resolver.', 'vpc'),
      'Resolvers that see this copy of the zone.',
    ),
    'resolution-policy': field(
      RESOLUTION_POLICY_KIND,
      'nxdomain-redirect: A, AAAA and CNAME of names it denies are asked for in public (Azure NxDomainRedirect).',
      { fallback: RESOLUTION_POLICY },
    ).exactOptional(),
  }) as z.ZodType<PrivateDoc>,
  'Makes this a private copy (split horizon): only these resolvers see it, and they see no other.',
);

const zone: z.ZodType<ZoneDoc> = withRules(
  about(
    z.strictObject({
      file: field(textKind, 'Master file (RFC 1035 §5) beside the scenario.', {
        example: 'example.com.zone',
      }).exactOptional(),
      name: field(nameKind, 'Apex of the zone. Default for a file: its name without .zone.', {
        example: 'example.com',
      }).exactOptional(),
      records: field(textKind, 'Master-file text; SOA and NS are filled in when absent.', {
        example: 'app 300 IN A 203.0.113.10\n',
      }).exactOptional(),
      providers: providers.exactOptional(),
      delegation: delegation.exactOptional(),
      signed: field(
        signedKind,
        'DNSSEC: whether it proves the gaps between its names, between their hashes, or (minimal) only what was asked.',
        { fallback: DEFAULTS.signed },
      ).exactOptional(),
      private: audience.exactOptional(),
    }) as z.ZodType<ZoneDoc>,
    'A zone, from a file or written inline.',
    { name: 'example.com', records: 'app 300 IN A 203.0.113.10\n' },
  ),
  ({ file, name, records }) => {
    if (file !== undefined && records !== undefined) {
      const message = 'a zone comes from a file or is written inline, not both';
      return { code: 'scenario-zone-twice', message, path: ['records'], hint: 'remove file or records' };
    }
    if (file !== undefined || name !== undefined) return undefined;
    const hint = 'add name: example.com with records, or file: example.com.zone';
    return { code: 'scenario-missing', message: 'the zone has neither a file nor a name', path: [], hint };
  },
);

export const zonesSchema: z.ZodType<ZoneDoc[]> = listOf(
  zone,
  'The zones to be served. Root and top-level zones are generated.',
  [{ name: 'example.com', records: 'app 300 IN A 203.0.113.10' }],
);
