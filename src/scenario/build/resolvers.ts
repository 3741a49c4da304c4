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
import type { ResolverSettings } from '../settings/resolver.ts';
import { forwardingOptions } from '../settings/resolver-forward.ts';
import { resolverOptions } from '../settings/resolver-options.ts';
import { settleSettings } from '../settings/settle.ts';
import {
  type CorefileSurroundings,
  corefilePlan,
  plannedAutopath,
  plannedZones,
  withPlan,
} from './corefile-resolver.ts';
import { type Draft, regionIndex } from './draft.ts';
import { checkRound, forwardOptions, noteForwarding } from './forward.ts';
import { responsePolicyOf } from './response-policy.ts';

const { resolver: defaults } = DEFAULTS;

/** The resolvers of the scenario, in its order; one, `isp`, when it lists none. */
export function buildResolvers(
  draft: Draft,
  root: ProviderSpec,
  around: CorefileSurroundings,
): ResolverSpec[] {
  const docs = Object.entries(draft.doc.resolvers ?? { [IMPLIED.resolver]: {} });
  const hints = Object.fromEntries(root.servers.map(({ name, addresses }) => [name, addresses]));
  const built = docs.map(([name, doc]) => buildResolver(draft, name, doc, hints, around));
  checkRound(draft, built);
  return built;
}

function buildResolver(
  draft: Draft,
  name: string,
  doc: ResolverDoc,
  hints: ResolverOptions['rootHints'],
  around: CorefileSurroundings,
): ResolverSpec {
  const { ledger } = draft;
  const path = ['resolvers', name];
  const plan = corefilePlan(draft, name, doc);
  const profile = profileOf(draft, path, doc);
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
    written: withPlan(draft, doc.with ?? new Map(), plan, [...path, 'with']),
    path: [...path, 'with'],
    settingsPath: [...path, 'with'],
  });
  const responsePolicy = responsePolicyOf(draft, name, doc);
  const own = resolverOptions(settings, hints);
  const autopath = plan && plannedAutopath(draft, name, plan);
  const options = { ...own, ...(responsePolicy && { responsePolicy }), ...(autopath && { autopath }) };
  const roundTrip = doc.forward && noteForwarding(ledger, doc.forward, [...path, 'forward']);
  const planned = plan && !doc.forward ? plannedZones(draft, name, doc, plan, settings, around) : [];
  const ways = planned.length > 0 && { configuredZones: planned, forwarding: forwardingOptions(settings) };
  return {
    name,
    options: doc.forward ? { ...options, ...forwardOptions(doc.forward, settings) } : { ...options, ...ways },
    count,
    fragments,
    region: regionIndex(draft, doc.region),
    backgroundRate: background,
    ...(roundTrip !== undefined && { forwardRoundTrip: roundTrip }),
    ...(settings.ecs && { sendsClientSubnet: true }),
    ...clientLimitsOf(settings),
  };
}

function clientLimitsOf(settings: ResolverSettings): Pick<ResolverSpec, 'clientLimits'> {
  const perSecond = settings['limits.client-rate'] ?? Number.POSITIVE_INFINITY;
  const pending = settings['limits.client-pending'] ?? Number.POSITIVE_INFINITY;
  const isLimited = Math.min(perSecond, pending) < Number.POSITIVE_INFINITY;
  return isLimited ? { clientLimits: { perSecond, pending } } : {};
}

/** A resolver with a Corefile is CoreDNS unless it says otherwise. */
function profileOf({ ledger }: Draft, path: Path, { profile, corefile }: ResolverDoc): string {
  const at = [...path, 'profile'];
  if (corefile === undefined) return ledger.settle(at, profile, textKind, defaults.profile);
  return ledger.derive(at, profile, textKind, 'coredns', 'it has a Corefile');
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
