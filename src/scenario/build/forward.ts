/** `forward:` of a resolver to forwarded zones of its options. */
import type { Micros } from '../../base/time.ts';
import { type Name, ROOT } from '../../dns/data/name.ts';
import type { ConfiguredZone, ResolverOptions } from '../../dns/resolve/options.ts';
import { serviceAddress, upstreamsOf } from '../../model/chains.ts';
import type { ResolverSpec } from '../../model/spec.ts';
import type { Path } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import { durationKind, nameKind, Problem } from '../kinds.ts';
import type { ForwardDoc } from '../schema/forward.ts';
import type { ResolverSettings } from '../settings/resolver.ts';
import { forwardingOptions } from '../settings/resolver-forward.ts';
import type { Draft } from './draft.ts';

/** What forwarding adds to the options of a resolver. */
export function forwardOptions(
  doc: ForwardDoc,
  settings: ResolverSettings,
): Pick<ResolverOptions, 'configuredZones' | 'forwarding'> {
  const fallback = settings['forward.fallback'];
  const rule = (zone: Name, to: readonly string[]): ConfiguredZone => {
    return { zone, mode: 'forward', addresses: to.map(serviceAddress), fallback };
  };
  const zones = Object.entries(doc.zones ?? {}).flatMap(([text, to]) => {
    const zone = nameKind.read(text);
    return zone instanceof Problem ? [] : [rule(zone, to)];
  });
  const except = (doc.except ?? []).map((zone): ConfiguredZone => {
    return { zone, mode: 'iterate', addresses: [], fallback: false };
  });
  const root = doc.to === undefined ? [] : [rule(ROOT, doc.to)];
  return { configuredZones: [...zones, ...except, ...root], forwarding: forwardingOptions(settings) };
}

/** Reports a circle of Corefiles: the check of `forward:` sees only what the document itself says. */
export function checkRound(draft: Draft, resolvers: readonly ResolverSpec[]): void {
  const next = resolvers.map((_, service) => upstreamsOf(resolvers, service));
  for (const [service, { name }] of resolvers.entries()) {
    const reached = new Set<number>();
    for (const queue = [...next[service]!]; queue.length > 0; ) {
      const one = queue.pop()!;
      if (!reached.has(one)) queue.push(...next[one]!);
      reached.add(one);
    }
    if (!reached.has(service) || !draft.doc.resolvers?.[name]?.corefile) continue;
    const message = `what ${name} forwards comes back to it`;
    const hint = 'let upstreams: name a resolver that does not forward here';
    draft.issues.add(['resolvers', name, 'corefile'], 'scenario-forward-circle', message, { hint });
  }
}

/** Notes what is forwarded where, for `explain`. @returns the round trip, where one is written */
export function noteForwarding(ledger: Ledger, doc: ForwardDoc, path: Path): Micros | undefined {
  const author = ledger.authorOf(path);
  if (doc.to) ledger.note(doc.short ? path : [...path, 'to'], doc.to.join(', '), author);
  for (const [zone, to] of Object.entries(doc.zones ?? {})) {
    ledger.note([...path, 'zones', zone], to.join(', '), author);
  }
  if (doc.except) ledger.note([...path, 'except'], doc.except.join(', '), author);
  const at = [...path, 'round-trip'];
  const written = doc['round-trip'];
  if (written !== undefined) return ledger.written(at, written, durationKind());
  ledger.note(at, 'network', { kind: 'derived', why: 'the round trip between the regions' });
  return undefined;
}
