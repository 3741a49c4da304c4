/** `policies:`: RRsets decided at query time. */
import type { Issue } from '../../base/issue.ts';
import { didYouMean } from '../../base/suggest.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import type { Rdata } from '../../dns/data/rdata.ts';
import { makeRRset } from '../../dns/data/rrset.ts';
import { CNAME, type RrType, typeToText } from '../../dns/data/rrtype.ts';
import { candidateRdata } from '../../model/authority/steering/offers.ts';
import type { EndpointSpec, NamedCheckSpec, PolicySpec, ProviderSpec } from '../../model/spec.ts';
import { DEFAULTS } from '../defaults.ts';
import { Ledger } from '../effective.ts';
import { IssueList } from '../issues.ts';
import { nameKind, Problem, textKind, ttlKind, typeKind } from '../kinds.ts';
import { formatOf, POLICY_FORMATS } from '../providers/catalogue.ts';
import type { BuiltPolicy } from '../providers/format.ts';
import { type PolicyDoc, wordOf } from '../schema/policies.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';
import { makeDesk } from './policy-desk.ts';

/** What policies are built from. */
export interface PolicySurroundings {
  readonly zones: readonly HostedZone[];
  readonly providers: readonly ProviderSpec[];
  readonly endpoints: readonly EndpointSpec[];
  readonly checks: readonly NamedCheckSpec[];
}

/** What the policies decide; those whose key names nothing are left out and reported. */
export function buildPolicies(draft: Draft, around: PolicySurroundings): PolicySpec[] {
  const seen = new Set<string>();
  return Object.entries(draft.doc.policies ?? {}).flatMap(([key, doc]) => {
    const subject = subjectOf(draft, key);
    const name = `${subject?.name} ${subject?.type}`;
    if (subject && seen.has(name)) {
      const message = 'another policy decides the same name and type';
      draft.issues.add(['policies', key], 'scenario-duplicate-policy', message, {
        atKey: true,
        hint: 'keep one of them',
      });
    }
    seen.add(name);
    const written = around.providers.findIndex(({ name: known }) => known === providerIn(doc));
    const zone = subject && zoneOf(around.zones, subject.name, written);
    return zone ? [buildPolicy(draft, key, doc, subject, zone, around)] : [];
  });
}

/** A policy of the scenario under another rule; problems are reported as of its place, values are not told. */
export function rebuiltPolicy(
  draft: Draft,
  key: string,
  doc: PolicyDoc,
  around: PolicySurroundings,
): { readonly policy?: PolicySpec; readonly issues: readonly Issue[] } {
  const issues = new IssueList(draft.tree);
  const aside = { ...draft, issues, ledger: new Ledger(draft.tree) };
  const subject = subjectOf(aside, key);
  const written = around.providers.findIndex(({ name }) => name === providerIn(doc));
  const zone = subject && zoneOf(around.zones, subject.name, written);
  if (!zone) return { issues: issues.issues };
  return { policy: buildPolicy(aside, key, doc, subject, zone, around), issues: issues.issues };
}

/** The provider a policy names, inside its rule or beside it. */
function providerIn(doc: PolicyDoc): string | undefined {
  const word = wordOf(doc);
  const inside = word === undefined ? undefined : (doc[word] as { readonly provider?: string }).provider;
  return inside ?? doc.provider;
}

export interface Subject {
  readonly name: Name;
  readonly type: RrType;
}

/** What a key `NAME/TYPE` says; nothing when it is none. */
export function readSubject(key: string): Subject | undefined {
  const slash = key.lastIndexOf('/');
  const name = nameKind.read(key.slice(0, Math.max(slash, 0)));
  const type = typeKind.read(key.slice(slash + 1));
  if (slash <= 0 || name instanceof Problem || type instanceof Problem) return undefined;
  return { name, type };
}

function subjectOf(draft: Draft, key: string): Subject | undefined {
  const subject = readSubject(key);
  if (subject) return subject;
  const hint = 'write NAME/TYPE, for example app.example.com/A';
  const message = `'${key}' is not a name and a type`;
  draft.issues.add(['policies', key], 'scenario-bad-policy', message, { hint, atKey: true });
  return undefined;
}

/**
 * The closest listed zone at or above a name.
 * @param provider where the zone has a public and private copies, that of this provider; else the public one
 */
export function zoneOf(zones: readonly HostedZone[], name: Name, provider?: number): HostedZone | undefined {
  const holding = zones.filter(({ zone }) => isSubdomain(name, zone.origin));
  const longest = holding.reduce((most, { zone }) => Math.max(most, zone.origin.length), 0);
  const copies = holding.filter(({ zone }) => zone.origin.length === longest);
  const own = copies.find(({ providers }) => provider !== undefined && providers.includes(provider));
  return own ?? copies.find(({ audience }) => audience === undefined) ?? copies[0];
}

function buildPolicy(
  draft: Draft,
  key: string,
  doc: PolicyDoc,
  subject: Subject,
  zone: HostedZone,
  around: PolicySurroundings,
): PolicySpec {
  const word = wordOf(doc)!;
  const format = POLICY_FORMATS.get(word)!;
  const path = ['policies', key, word];
  const inside = (doc[word] as { readonly provider?: string }).provider;
  const provider = providerOf(draft, providerIn(doc), zone, around.providers, [
    ...(inside === undefined ? path.slice(0, 2) : path),
    'provider',
  ]);
  const runner = around.providers[provider];
  const desk = makeDesk(draft, { ...subject, path, common: doc, runner, ...around });
  const built: BuiltPolicy = format.build(doc[word] as never, desk);
  checkKind(draft, format.kind, runner, path);
  return {
    ...subject,
    ttl: built.ttl ?? ttlOf(draft, doc, runner, path.slice(0, 2)),
    provider,
    word: built.word,
    candidates: built.candidates,
    rule: built.rule,
    ...(built.watches ? { watches: built.watches } : {}),
  };
}

function ttlOf(
  draft: Draft,
  doc: PolicyDoc,
  runner: ProviderSpec | undefined,
  path: readonly string[],
): number {
  const fallback = formatOf(runner?.kind).defaults?.policyTtl ?? DEFAULTS.policy.ttl;
  return draft.ledger.settle([...path, 'ttl'], doc.ttl, ttlKind, fallback);
}

/** A vendor's own rules run at that vendor alone; generic ones anywhere. */
function checkKind(
  draft: Draft,
  kind: string,
  runner: ProviderSpec | undefined,
  path: readonly string[],
): void {
  if (kind === 'generic' || !runner || runner.kind === kind) return;
  const message = `the provider ${runner.name} is of kind ${runner.kind} and knows no rules of ${kind}`;
  const hint = `write kind: ${kind} under providers.${runner.name}, or use a generic policy`;
  draft.issues.add(path, 'scenario-foreign-policy', message, { hint, atKey: true });
}

function providerOf(
  draft: Draft,
  written: string | undefined,
  zone: HostedZone,
  providers: readonly ProviderSpec[],
  path: readonly string[],
): number {
  const serving = zone.providers.map((index) => providers[index]!.name);
  const name = draft.ledger.derive(path, written, textKind, serving[0]!, "the zone's first provider");
  if (!serving.includes(name)) {
    const message = `the provider ${name} does not serve ${zone.zone.origin}`;
    draft.issues.add(path, 'scenario-not-serving', message, { hint: didYouMean(name, serving) });
  }
  return providers.findIndex((provider) => provider.name === name);
}

/**
 * The zones with a record of their own wherever a policy decides one that its zone does not hold: what the first
 * candidate with data of its own holds, or what the target of the first alias holds.
 */
export function withPolicyRecords(
  draft: Draft,
  zones: readonly HostedZone[],
  policies: readonly PolicySpec[],
  endpoints: readonly EndpointSpec[],
): HostedZone[] {
  const complete = [...zones];
  for (const { name, type, ttl, candidates, provider } of aliasesLast(policies)) {
    const hosted = zoneOf(complete, name, provider)!;
    if (hosted.zone.get(name, CNAME) && type !== CNAME) {
      const message = `${name} is an alias; a policy cannot decide its ${nounOf(type)}`;
      const hint = 'name the target of the CNAME';
      draft.issues.add(['policies'], 'scenario-policy-alias', message, { hint });
    }
    if (hosted.zone.get(name, type)) continue;
    const known = candidates.map((candidate) => candidateRdata(candidate, type, endpoints));
    const rdata = [...known, ...targetData(complete, candidates, type)].find((one) => one.length > 0);
    if (!rdata) continue;
    const own = makeRRset(name, type, ttl, rdata);
    complete[complete.indexOf(hosted)] = { ...hosted, zone: hosted.zone.with(own) };
  }
  return complete;
}

/** Policies of aliases alone come after those they may lead to. */
function aliasesLast(policies: readonly PolicySpec[]): readonly PolicySpec[] {
  const isAlias = ({ candidates }: PolicySpec): boolean =>
    candidates.every(({ data }) => data.kind === 'alias');
  return [...policies.filter((one) => !isAlias(one)), ...policies.filter(isAlias)];
}

function targetData(
  zones: readonly HostedZone[],
  candidates: PolicySpec['candidates'],
  type: RrType,
): (readonly Rdata[])[] {
  return candidates.map(({ data }) => {
    if (data.kind !== 'alias') return [];
    return zoneOf(zones, data.name)?.zone.get(data.name, type)?.rdata ?? [];
  });
}

function nounOf(type: RrType): string {
  const text = typeToText(type);
  return text === 'A' || text === 'AAAA' ? 'addresses' : `${text} records`;
}
