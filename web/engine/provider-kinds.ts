/**
 * The kinds of provider as the page has them: fetched when a world needs them. In the page this file stands where
 * `src/model/authority/providers/catalogue.ts` stands elsewhere; `vite.config.ts` sees to that.
 */
import type { Provider, ProviderContext } from '../../src/model/authority/provider.ts';
import { createGeneric } from '../../src/model/authority/providers/generic/provider.ts';
import type { WorldSpec } from '../../src/model/spec.ts';

type Create = (context: ProviderContext) => Provider;

/** What can be fetched, by kind. */
const FETCH: Readonly<Record<string, () => Promise<Create>>> = {
  azure: async () => (await import('../../src/model/authority/providers/azure/provider.ts')).createAzure,
  cloudflare: async () =>
    (await import('../../src/model/authority/providers/cloudflare/provider.ts')).createCloudflare,
  coredns: async () =>
    (await import('../../src/model/authority/providers/coredns/provider.ts')).createCoredns,
  google: async () => (await import('../../src/model/authority/providers/google/provider.ts')).createGoogle,
  ns1: async () => (await import('../../src/model/authority/providers/ns1/provider.ts')).createNs1,
  powerdns: async () =>
    (await import('../../src/model/authority/providers/powerdns/provider.ts')).createPowerDns,
  route53: async () =>
    (await import('../../src/model/authority/providers/route53/provider.ts')).createRoute53,
};

const known = new Map<string, Create>([['generic', createGeneric]]);

/** Before a world is made: everything its providers need. */
export async function fetchKinds(specs: readonly WorldSpec[]): Promise<void> {
  const kinds = new Set(specs.flatMap(({ providers }) => providers.map(({ kind }) => kind)));
  await Promise.all(
    [...kinds].map(async (kind) => {
      const fetched = known.has(kind) ? undefined : await FETCH[kind]?.();
      if (fetched) known.set(kind, fetched);
    }),
  );
}

/** As in the catalogue. @throws RangeError for a kind that is not there */
export function createProvider(context: ProviderContext): Provider {
  const { kind } = context.spec.providers[context.index]!;
  const create = known.get(kind);
  if (create) return create(context);
  throw new RangeError(`the kind of provider '${kind}' has not been fetched`);
}
