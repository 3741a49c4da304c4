/** `resolvers:` to recursive resolver services. */
import type { ResolverOptions } from '../../dns/resolve/options.ts';
import type { ProviderSpec, ResolverSpec } from '../../model/spec.ts';
import { RESOLVERS } from '../../profiles/resolvers.ts';
import { DEFAULTS, IMPLIED } from '../defaults.ts';
import { numberKind, textKind, wholeKind } from '../kinds.ts';
import type { ResolverDoc } from '../schema/resolvers.ts';
import { RESOLVER_SETTINGS } from '../settings/resolver.ts';
import { resolverOptions } from '../settings/resolver-options.ts';
import { settleSettings } from '../settings/settle.ts';
import { type Draft, regionIndex } from './draft.ts';

const { resolver: defaults } = DEFAULTS;

/** The resolvers of the scenario, in its order; one, `isp`, when it lists none. */
export function buildResolvers(draft: Draft, root: ProviderSpec): ResolverSpec[] {
  const docs = Object.entries(draft.doc.resolvers ?? { [IMPLIED.resolver]: {} });
  const hints = Object.fromEntries(root.servers.map(({ name, addresses }) => [name, addresses]));
  return docs.map(([name, doc]) => buildResolver(draft, name, doc, hints));
}

function buildResolver(
  draft: Draft,
  name: string,
  doc: ResolverDoc,
  hints: ResolverOptions['rootHints'],
): ResolverSpec {
  const { ledger } = draft;
  const path = ['resolvers', name];
  const profile = ledger.settle([...path, 'profile'], doc.profile, textKind, defaults.profile);
  const count = ledger.settle([...path, 'count'], doc.count, wholeKind(1), defaults.count);
  const fragments = ledger.settle([...path, 'fragments'], doc.fragments, wholeKind(1), defaults.fragments);
  ledger.derive([...path, 'region'], doc.region, textKind, draft.regions[0]!, 'the first region');
  const background = ledger.settle(
    [...path, 'background'],
    doc.background,
    numberKind(0),
    defaults.background,
  );
  const settings = settleSettings(draft, {
    table: RESOLVER_SETTINGS,
    family: RESOLVERS,
    profile,
    written: doc.with ?? new Map(),
    path: [...path, 'with'],
    settingsPath: [...path, 'with'],
  });
  const options = resolverOptions(settings, hints);
  return {
    name,
    options,
    count,
    fragments,
    region: regionIndex(draft, doc.region),
    backgroundRate: background,
  };
}
