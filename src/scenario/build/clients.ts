/** `clients:` to populations. */

import { didYouMean } from '../../base/suggest.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { DNAME, typeToText } from '../../dns/data/rrtype.ts';
import {
  FAMILY_STATES,
  type PopulationSpec,
  type QuestionSpec,
  type ResolverChoice,
} from '../../model/spec.ts';
import type { ApplicationBehaviour, StubBehaviour } from '../../profiles/client-behaviour.ts';
import { DEFAULTS, IMPLIED } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import { numberKind, shareKind, textKind, wholeKind, wordKind } from '../kinds.ts';
import type { PopulationDoc, QuestionDoc, RequestsDoc } from '../schema/clients.ts';
import type { ProfileDoc } from '../schema/settings.ts';
import { applicationBehaviour, stubBehaviour } from '../settings/client.ts';
import { APPLICATION_PROFILES, STUB_PROFILES } from '../settings/profile-kinds.ts';
import { type ProfileRequest, settleSettings } from '../settings/settle.ts';
import { type Draft, regionIndex } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';
import { checkMechanisms } from './mechanisms.ts';
import { stubInUse } from './own-stub.ts';
import { zoneOf } from './policies.ts';
import { expectedName, type Searcher, searcherOf } from './search.ts';
import { buildWorkload } from './workload.ts';

const { clients: defaults } = DEFAULTS;

/** The populations of the scenario, in its order. @param listed the listed zones */
export function buildPopulations(draft: Draft, listed: readonly HostedZone[]): PopulationSpec[] {
  return Object.entries(draft.doc.clients).map(([name, doc]) => buildPopulation(draft, listed, name, doc));
}

function buildPopulation(
  draft: Draft,
  listed: readonly HostedZone[],
  name: string,
  doc: PopulationDoc,
): PopulationSpec {
  const { ledger } = draft;
  const path = ['clients', name];
  const count = ledger.settle([...path, 'count'], doc.count, wholeKind(1), defaults.count);
  const people = numberKind(1);
  const app = application(draft, doc.app, [...path, 'app']);
  const system = stubInUse(app, stub(draft, doc.os, [...path, 'os']));
  const search = searcherOf(draft, doc, system.search, path);
  return {
    name,
    count,
    represents: ledger.derive([...path, 'represents'], doc.represents, people, count, 'the count'),
    region: regionOf(draft, doc.region, path),
    ...families(ledger, doc, path),
    application: app,
    stub: system,
    resolvers: choices(draft, doc, path),
    questions: questions(draft, listed, doc.requests, search, [...path, 'requests']),
    workload: buildWorkload(ledger, doc.requests, [...path, 'requests']),
  };
}

function regionOf(draft: Draft, region: string | undefined, path: Path): number {
  draft.ledger.derive([...path, 'region'], region, textKind, draft.regions[0]!, 'the first region');
  return regionIndex(draft, region);
}

/** How the clients' paths treat the two families, where one does not work. */
function families(ledger: Ledger, doc: PopulationDoc, path: Path): Pick<PopulationSpec, 'families'> {
  const kind = wordKind(FAMILY_STATES);
  const ipv4 = ledger.settle([...path, 'ipv4'], doc.ipv4, kind, defaults.ipv4);
  const ipv6 = ledger.settle([...path, 'ipv6'], doc.ipv6, kind, defaults.ipv6);
  return ipv4 === 'works' && ipv6 === 'works' ? {} : { families: { ipv4, ipv6 } };
}

function application(draft: Draft, doc: ProfileDoc | undefined, path: Path): ApplicationBehaviour {
  const { id, request } = profile(draft, doc, path, defaults.app.value);
  const own = draft.doc.profiles?.apps ?? {};
  const app = applicationBehaviour(
    id,
    settleSettings(draft, { ...request, kind: APPLICATION_PROFILES, own }),
  );
  checkMechanisms(draft, app, path);
  return app;
}

function stub(draft: Draft, doc: ProfileDoc | undefined, path: Path): StubBehaviour {
  const { id, request } = profile(draft, doc, path, defaults.os.value);
  const own = draft.doc.profiles?.os ?? {};
  return stubBehaviour(id, settleSettings(draft, { ...request, kind: STUB_PROFILES, own }));
}

type Request = Omit<ProfileRequest<unknown>, 'kind' | 'own'>;

function profile(
  draft: Draft,
  doc: ProfileDoc | undefined,
  path: Path,
  fallback: string,
): { readonly id: string; readonly request: Request } {
  const name = doc === undefined ? fallback : doc.profile;
  const id = name === undefined ? 'custom' : doc?.settings.size ? `${name}, changed` : name;
  const author = draft.ledger.authorOf(path);
  const { source, confidence } = defaults.app;
  draft.ledger.note(
    [...path, 'profile'],
    name ?? 'custom',
    doc ? author : { kind: 'default', source, confidence },
  );
  const settingsPath = [...path, ...(doc?.under ?? [])];
  return { id, request: { profile: name, written: doc?.settings ?? new Map(), path, settingsPath } };
}

function choices(draft: Draft, doc: PopulationDoc, path: Path): ResolverChoice[] {
  const known = Object.keys(draft.doc.resolvers ?? { [IMPLIED.resolver]: {} });
  const at = [...path, 'resolvers'];
  if (doc.resolvers === undefined) {
    if (known.length > 1) {
      const hint = `add resolvers: ${known[0]}, or shares of several`;
      const message = 'there are several resolvers, and nothing says which these clients use';
      draft.issues.add(path, 'scenario-which-resolver', message, { hint, atKey: true });
    }
    draft.ledger.note(at, known[0]!, { kind: 'derived', why: 'the only resolver' });
    return [{ share: 1, resolvers: [0] }];
  }
  return doc.resolvers.map(({ share, resolvers, key }) => {
    const where = key === undefined ? at : [...at, key];
    const text = key === undefined ? resolvers.join(', ') : shareKind.show(share);
    draft.ledger.note(where, text, draft.ledger.authorOf(where));
    return { share, resolvers: resolvers.map((name) => known.indexOf(name)) };
  });
}

function questions(
  draft: Draft,
  listed: readonly HostedZone[],
  doc: RequestsDoc,
  search: Searcher,
  path: Path,
): QuestionSpec[] {
  if (doc.names) {
    return doc.names.map((one, index) =>
      question(draft, listed, one, search, [...path, 'names', index], 'weight'),
    );
  }
  return [question(draft, listed, { ...doc, name: doc.name! }, search, path)];
}

function question(
  draft: Draft,
  listed: readonly HostedZone[],
  doc: QuestionDoc,
  searcher: Searcher,
  path: Path,
  weightKey?: 'weight',
): QuestionSpec {
  const { ledger } = draft;
  const search = searcher(doc.name, path);
  const name = search
    ? expectedName(
        search,
        (one) => holdersOf(listed, one).length > 0,
        (one) => zoneOf(listed, one) !== undefined,
      )
    : doc.name.name;
  ledger.note([...path, 'name'], search?.asked ?? name, ledger.authorOf([...path, 'name']));
  checkName(draft, listed, name, [...path, 'name']);
  const written = doc.types?.map(typeToText).join(', ');
  ledger.settle([...path, 'types'], written, textKind, { ...defaults.types, value: 'A' });
  const types = doc.types ?? defaults.types.value;
  const weight = weightKey
    ? ledger.settle([...path, weightKey], doc.weight, numberKind(0), defaults.weight)
    : 1;
  return { name, types, weight, ...(search ? { search } : {}) };
}

/** A name nobody serves is an error; one that does not exist in its zone is worth a warning. */
function checkName(draft: Draft, listed: readonly HostedZone[], name: Name, path: Path): void {
  const hosted = zoneOf(listed, name);
  if (!hosted) {
    const origins = listed.map(({ zone }) => zone.origin);
    const hint = didYouMean(name, origins) ?? 'add its zone';
    draft.issues.add(path, 'scenario-unknown-zone', `no zone holds '${name}'`, { hint });
    return;
  }
  if (hosted.dynamic || holdersOf(listed, name).length > 0) return;
  const names = copiesOf(listed, hosted).flatMap(({ zone }) =>
    [...zone.names()].filter((one) => isSubdomain(one, zone.origin)),
  );
  const message = `${name} does not exist at the start: clients get NXDOMAIN`;
  draft.issues.add(path, 'scenario-no-such-name', message, {
    severity: 'warning',
    hint: didYouMean(name, names.slice(0, 10_000)),
  });
}

/** The zone and its other copies, public or private. */
function copiesOf(listed: readonly HostedZone[], { zone }: HostedZone): readonly HostedZone[] {
  return listed.filter((one) => one.zone.origin === zone.origin);
}

/** Copies of the zone of a name in which it exists: who sees only another one gets NXDOMAIN. */
function holdersOf(listed: readonly HostedZone[], name: Name): readonly HostedZone[] {
  const hosted = zoneOf(listed, name);
  return hosted ? copiesOf(listed, hosted).filter((one) => existsIn(one, name)) : [];
}

function existsIn({ zone }: HostedZone, name: Name): boolean {
  return zone.node(name) !== undefined || zone.cutAbove(name) !== undefined || hasWildcard(zone, name);
}

/** Whether a wildcard or a DNAME may stand for the name; close enough for a warning. */
function hasWildcard(zone: HostedZone['zone'], name: Name): boolean {
  for (let at: string = name; at.includes('.') && at !== zone.origin; ) {
    at = at.slice(at.indexOf('.') + 1) || '.';
    if (zone.node(`*.${at}` as Name) || zone.node(at as Name)?.rrsets.some(({ type }) => type === DNAME))
      return true;
  }
  return false;
}
