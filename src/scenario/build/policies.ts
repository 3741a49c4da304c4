/** `policies:`: RRsets decided at query time. */
import { addressFamily } from '../../base/address.ts';
import { didYouMean } from '../../base/suggest.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { A, AAAA, CNAME, type RrType, typeToText } from '../../dns/data/rrtype.ts';
import type { EndpointSpec, FailoverPolicySpec, ProviderSpec } from '../../model/spec.ts';
import { DEFAULTS } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import { nameKind, Problem, textKind, ttlKind, typeKind, wordKind } from '../kinds.ts';
import type { FailoverDoc } from '../schema/endpoints.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';
import { addressSets } from './records.ts';

const { policy: defaults } = DEFAULTS;

/** What a policy decides, or nothing when its key names no address RRset. */
export function buildPolicies(
  draft: Draft,
  zones: readonly HostedZone[],
  providers: readonly ProviderSpec[],
  endpoints: readonly EndpointSpec[],
): FailoverPolicySpec[] {
  const seen = new Set<string>();
  return Object.entries(draft.doc.policies ?? {}).flatMap(([key, { failover }]) => {
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
    const zone = subject && zoneOf(zones, subject.name);
    if (!zone) return [];
    return [buildFailover(draft, key, failover, { ...subject, zone, providers, endpoints })];
  });
}

interface Subject {
  readonly name: Name;
  readonly type: RrType;
}

function subjectOf(draft: Draft, key: string): Subject | undefined {
  const path = ['policies', key];
  const slash = key.lastIndexOf('/');
  const hint = 'write NAME/TYPE, for example app.example.com/A';
  const name = nameKind.read(key.slice(0, Math.max(slash, 0)));
  const type = typeKind.read(key.slice(slash + 1));
  if (slash <= 0 || name instanceof Problem || type instanceof Problem) {
    draft.issues.add(path, 'scenario-bad-policy', `'${key}' is not a name and a type`, { hint, atKey: true });
    return undefined;
  }
  if (type === A || type === AAAA) return { name, type };
  const message = `a failover policy decides A or AAAA, not ${typeToText(type)}`;
  draft.issues.add(path, 'scenario-bad-policy', message, { hint, atKey: true });
  return undefined;
}

/** The closest listed zone at or above a name. */
export function zoneOf(zones: readonly HostedZone[], name: Name): HostedZone | undefined {
  const holding = zones.filter(({ zone }) => isSubdomain(name, zone.origin));
  return holding.reduce<HostedZone | undefined>(
    (best, one) => (best && best.zone.origin.length >= one.zone.origin.length ? best : one),
    undefined,
  );
}

interface Surroundings extends Subject {
  readonly zone: HostedZone;
  readonly providers: readonly ProviderSpec[];
  readonly endpoints: readonly EndpointSpec[];
}

function buildFailover(
  draft: Draft,
  key: string,
  doc: FailoverDoc,
  around: Surroundings,
): FailoverPolicySpec {
  const { ledger } = draft;
  const path = ['policies', key, 'failover'];
  const { name, type } = around;
  const both = wordKind(['primary', 'secondary', 'all', 'none']);
  return {
    kind: 'failover',
    name,
    type,
    ttl: ledger.settle([...path, 'ttl'], doc.ttl, ttlKind, defaults.ttl),
    primary: endpointOf(draft, doc.primary, around, [...path, 'primary']),
    secondary: endpointOf(draft, doc.secondary, around, [...path, 'secondary']),
    bothUnhealthy: ledger.settle(
      [...path, 'both-unhealthy'],
      doc['both-unhealthy'],
      both,
      defaults.bothUnhealthy,
    ),
    provider: providerOf(draft, doc, around, [...path, 'provider']),
  };
}

function endpointOf(draft: Draft, name: string, { type, endpoints }: Surroundings, path: Path): number {
  const index = endpoints.findIndex((endpoint) => endpoint.name === name);
  const endpoint = endpoints[index]!;
  draft.ledger.written(path, name, textKind);
  const family = type === A ? 4 : 6;
  if (!endpoint.addresses.some((address) => addressFamily(address) === family)) {
    const message = `the endpoint ${name} has no IPv${family} address for ${typeToText(type)}`;
    draft.issues.add(path, 'scenario-no-address', message);
  }
  if (!endpoint.check) {
    const message = `the endpoint ${name} has no health check, so the policy takes it for healthy`;
    const notes = { severity: 'warning', hint: `add a check to endpoints.${name}` } as const;
    if (path.at(-1) === 'primary') draft.issues.add(path, 'scenario-no-check', message, notes);
  }
  return index;
}

function providerOf(draft: Draft, doc: FailoverDoc, { zone, providers }: Surroundings, path: Path): number {
  const serving = zone.providers.map((index) => providers[index]!.name);
  const name = draft.ledger.derive(path, doc.provider, textKind, serving[0]!, "the zone's first provider");
  if (!serving.includes(name)) {
    const message = `the provider ${name} does not serve ${zone.zone.origin}`;
    draft.issues.add(path, 'scenario-not-serving', message, { hint: didYouMean(name, serving) });
  }
  return providers.findIndex((provider) => provider.name === name);
}

/** The zones with a record of their own wherever a policy decides one that its zone does not hold: the primary. */
export function withPolicyRecords(
  draft: Draft,
  zones: readonly HostedZone[],
  policies: readonly FailoverPolicySpec[],
  endpoints: readonly EndpointSpec[],
): HostedZone[] {
  const complete = [...zones];
  for (const { name, type, ttl, primary } of policies) {
    const hosted = zoneOf(complete, name)!;
    if (hosted.zone.get(name, CNAME)) {
      const message = `${name} is an alias; a policy cannot decide its addresses`;
      draft.issues.add(['policies'], 'scenario-policy-alias', message, {
        hint: 'name the target of the CNAME',
      });
    }
    if (hosted.zone.get(name, type)) continue;
    const own = addressSets(name, ttl, endpoints[primary]!.addresses).filter((set) => set.type === type);
    complete[complete.indexOf(hosted)] = { ...hosted, zone: hosted.zone.with(...own) };
  }
  return complete;
}
