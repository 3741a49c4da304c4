/** The kinds of provider a scenario can name; a new kind is a file beside this one and a line here. */

import { AZURE } from './azure/format.ts';
import { CLOUDFLARE } from './cloudflare.ts';
import { COREDNS } from './coredns.ts';
import type { PolicyFormat, ProviderFormat } from './format.ts';
import { GENERIC } from './generic.ts';
import { GOOGLE } from './google/format.ts';
import { NS1 } from './ns1/format.ts';
import { POWERDNS } from './powerdns.ts';
import { ROUTE53 } from './route53.ts';

export const PROVIDER_FORMATS: readonly ProviderFormat[] = [
  GENERIC,
  AZURE,
  CLOUDFLARE,
  COREDNS,
  GOOGLE,
  NS1,
  POWERDNS,
  ROUTE53,
];

export const PROVIDER_KINDS: readonly string[] = PROVIDER_FORMATS.map(({ kind }) => kind);

/** The format of a kind; that of the generic provider for a word nobody knows. */
export function formatOf(kind: string | undefined): ProviderFormat {
  return PROVIDER_FORMATS.find((format) => format.kind === kind) ?? GENERIC;
}

/** Policies by the key of `policies.*` that holds their rule, and the kind of provider they belong to. */
export const POLICY_FORMATS: ReadonlyMap<string, PolicyFormat & { readonly kind: string }> = new Map(
  PROVIDER_FORMATS.flatMap(({ kind, policies }) =>
    Object.entries(policies).map(([word, format]) => [word, { ...format, kind }] as const),
  ),
);
