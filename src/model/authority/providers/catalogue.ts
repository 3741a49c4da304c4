/** The kinds of provider there are; a new kind is a folder beside this file and a line here. */
import type { Provider, ProviderContext } from '../provider.ts';
import { createAzure } from './azure/provider.ts';
import { createCloudflare } from './cloudflare/provider.ts';
import { createCoredns } from './coredns/provider.ts';
import { createGeneric } from './generic/provider.ts';
import { createGoogle } from './google/provider.ts';
import { createNs1 } from './ns1/provider.ts';
import { createPowerDns } from './powerdns/provider.ts';
import { createRoute53 } from './route53/provider.ts';

const KINDS: Readonly<Record<string, (context: ProviderContext) => Provider>> = {
  azure: createAzure,
  cloudflare: createCloudflare,
  coredns: createCoredns,
  generic: createGeneric,
  google: createGoogle,
  ns1: createNs1,
  powerdns: createPowerDns,
  route53: createRoute53,
};

/** The provider of the context's index, of the kind its specification names. @throws RangeError for no such kind */
export function createProvider(context: ProviderContext): Provider {
  const { kind } = context.spec.providers[context.index]!;
  const create = KINDS[kind];
  if (create) return create(context);
  throw new RangeError(`there is no kind of provider '${kind}'`);
}
