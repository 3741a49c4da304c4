/** `resolvers:` to recursive resolver services. */
import type { ResolverOptions } from '../../dns/resolve/options.ts';
import type { ProviderSpec, ResolverSpec } from '../../model/spec.ts';
import { RESOLVERS } from '../../profiles/resolvers.ts';
import { DEFAULTS, IMPLIED } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import { numberKind, textKind, wholeKind } from '../kinds.ts';
import type { ResolverDoc } from '../schema/resolvers.ts';
import { heritageOf } from '../settings/own.ts';
import { RESOLVER_PROFILES } from '../settings/profile-kinds.ts';
import { resolverOptions } from '../settings/resolver-options.ts';
import { settleSettings } from '../settings/settle.ts';
import { type Draft, regionIndex } from './draft.ts';
import { forwardOptions, noteForwarding } from './forward.ts';

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
  const fragments = settleFragments(draft, path, doc, profile);
  ledger.derive([...path, 'region'], doc.region, textKind, draft.regions[0]!, 'the first region');
  const background = ledger.settle(
    [...path, 'background'],
    doc.background,
    numberKind(0),
    defaults.background,
  );
  const settings = settleSettings(draft, {
    kind: RESOLVER_PROFILES,
    own: draft.doc.profiles?.resolvers ?? {},
    profile,
    written: doc.with ?? new Map(),
    path: [...path, 'with'],
    settingsPath: [...path, 'with'],
  });
  const options = resolverOptions(settings, hints);
  const roundTrip = doc.forward && noteForwarding(ledger, doc.forward, [...path, 'forward']);
  return {
    name,
    options: doc.forward ? { ...options, ...forwardOptions(doc.forward, settings) } : options,
    count,
    fragments,
    region: regionIndex(draft, doc.region),
    backgroundRate: background,
    ...(roundTrip !== undefined && { forwardRoundTrip: roundTrip }),
    ...(settings.ecs && { sendsClientSubnet: true }),
  };
}

/** Written here, else in a profile of the scenario's own, else part of the preset, else the default. */
function settleFragments({ doc, ledger }: Draft, path: Path, written: ResolverDoc, profile: string): number {
  const at = [...path, 'fragments'];
  const kind = wholeKind(1);
  if (written.fragments !== undefined) return ledger.written(at, written.fragments, kind);
  const { own, presets } = heritageOf(RESOLVERS, doc.profiles?.resolvers ?? {}, profile);
  const mine = own.find(({ fragments }) => fragments !== undefined);
  if (mine) {
    const author = ledger.authorOf(['profiles', 'resolvers', mine.name, 'fragments']);
    ledger.note(at, kind.show(mine.fragments!), { ...author, profile: mine.name });
    return mine.fragments!;
  }
  const preset = presets.find(({ fragments }) => fragments !== undefined);
  if (!preset) return ledger.settle(at, undefined, kind, defaults.fragments);
  const { value, source, confidence } = preset.fragments!;
  ledger.note(at, kind.show(value), { kind: 'preset', preset: preset.id, source, confidence });
  return value;
}
