/** Targets of faults: from their text to indexes into the world, and which targets lie inside others. */
import type { EndpointSpec, PlaneName, ProviderSpec, ResolverSpec, TargetSpec } from '../../model/spec.ts';
import type { Path } from '../document/tree.ts';
import { formatOf } from '../providers/catalogue.ts';
import { TARGET_FORMS, type TargetText } from '../target.ts';
import type { Draft } from './draft.ts';

/** The lists that targets point into. */
export interface Inhabitants {
  readonly providers: readonly ProviderSpec[];
  readonly endpoints: readonly EndpointSpec[];
  readonly resolvers: readonly ResolverSpec[];
}

type ServerTarget = Extract<TargetSpec, { kind: 'server' }>;

/**
 * What a text aims at; a provider limited to one address family is each of its servers, a whole provider is its
 * edge. Nothing when the target does not exist, which is then reported.
 */
export function targetsOf(
  draft: Draft,
  text: TargetText,
  family: 4 | 6 | undefined,
  inhabitants: Inhabitants,
  path: Path,
): TargetSpec[] {
  const { providers, endpoints, resolvers } = inhabitants;
  const index = providers.findIndex(({ name }) => name === text.name);
  const only = family === undefined ? {} : { family };
  if (family !== undefined && !['server', 'site', 'provider'].includes(text.word)) {
    const message = `${TARGET_FORMS[text.word]} has no address families`;
    draft.issues.add(path, 'scenario-misplaced-family', message, {
      hint: 'use a server, a site or a provider',
    });
  }
  switch (text.word) {
    case 'endpoint':
      return [{ kind: 'endpoint', endpoint: endpoints.findIndex(({ name }) => name === text.name) }];
    case 'resolver':
      return [{ kind: 'resolver', resolver: resolvers.findIndex(({ name }) => name === text.name) }];
    case 'region':
      return [{ kind: 'region', region: draft.regions.indexOf(text.name) }];
    case 'path':
      return [
        { kind: 'path', from: draft.regions.indexOf(text.name), to: draft.regions.indexOf(text.detail!) },
      ];
    case 'plane':
      return [planeTarget(draft, index, text.detail as PlaneName, providers, path)];
    case 'provider':
      if (family === undefined) return [{ kind: 'plane', provider: index, plane: 'edge' }];
      return providers[index]!.servers.map((_, server) => ({
        kind: 'server',
        provider: index,
        server,
        family,
      }));
    default:
      return serverTargets(draft, text, providers, path).map((target) => ({ ...target, ...only }));
  }
}

/** A plane of a provider; a proxy only where its kind has one. */
function planeTarget(
  draft: Draft,
  provider: number,
  plane: PlaneName,
  providers: readonly ProviderSpec[],
  path: Path,
): TargetSpec {
  const { name, kind } = providers[provider] ?? {};
  if (plane === 'proxy' && name !== undefined && !formatOf(kind).proxied) {
    const message = `the provider ${name} is of kind ${kind} and has no proxy`;
    draft.issues.add(path, 'scenario-no-proxy', message, { hint: 'write edge, health or control' });
  }
  return { kind: 'plane', provider, plane };
}

/** A name may be a server of several providers; all of them are meant. */
function serverTargets(
  draft: Draft,
  { name, detail }: TargetText,
  providers: readonly ProviderSpec[],
  path: Path,
): ServerTarget[] {
  const found = providers.flatMap(({ servers }, provider) => {
    return servers.flatMap((server, index) =>
      server.name === name ? [{ provider, server: index, sites: server.sites }] : [],
    );
  });
  if (detail === undefined)
    return found.map(({ provider, server }) => ({ kind: 'server', provider, server }));
  const region = draft.regions.indexOf(detail);
  const sites = found.flatMap(({ provider, server, sites: all }): ServerTarget[] => {
    const site = all.findIndex((one) => one.region === region);
    return site < 0 ? [] : [{ kind: 'server', provider, server, site }];
  });
  if (sites.length === 0) {
    const regions = found.flatMap((one) => one.sites.map((site) => draft.regions[site.region]));
    const hint = `it stands in ${regions.join(', ')}`;
    draft.issues.add(path, 'scenario-unknown-site', `the server ${name} has no site in ${detail}`, { hint });
  }
  return sites;
}

/** Whether everything of `inner` is part of `outer`. */
export function covers(outer: TargetSpec, inner: TargetSpec): boolean {
  if (outer.kind === 'plane' && outer.plane === 'edge' && inner.kind === 'server') {
    return outer.provider === inner.provider;
  }
  if (outer.kind === 'server' && inner.kind === 'server') return coversServer(outer, inner);
  if (outer.kind === 'path' && inner.kind === 'path') {
    const same = outer.from === inner.from && outer.to === inner.to;
    return same || (outer.from === inner.to && outer.to === inner.from);
  }
  const [left, right] = [outer, inner].map((target) => JSON.stringify(Object.entries(target).sort(byKey)));
  return left === right;
}

function coversServer(outer: ServerTarget, inner: ServerTarget): boolean {
  return (
    outer.provider === inner.provider &&
    outer.server === inner.server &&
    (outer.site === undefined || outer.site === inner.site) &&
    (outer.family === undefined || outer.family === inner.family)
  );
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
