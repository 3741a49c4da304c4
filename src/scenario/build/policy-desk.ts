/** What helps the formats of providers to build a policy: candidates, signals, and the problems of both. */
import { addressFamily } from '../../base/address.ts';
import type { Name } from '../../dns/data/name.ts';
import type { Rdata } from '../../dns/data/rdata.ts';
import { rdataFromText } from '../../dns/data/rdata-text.ts';
import { A, AAAA, type RrType, typeToText } from '../../dns/data/rrtype.ts';
import { TextError } from '../../dns/data/text-error.ts';
import type {
  CandidateData,
  CandidateSpec,
  EndpointSpec,
  HealthRef,
  NamedCheckSpec,
  ProviderSpec,
} from '../../model/spec.ts';
import { nodeAt, type Path } from '../document/tree.ts';
import type { CandidateDoc } from '../providers/candidate.ts';
import type { CommonPolicyDoc, PolicyDesk } from '../providers/format.ts';
import { candidateLabel } from '../providers/levers.ts';
import { textSource } from '../text-source.ts';
import type { Draft } from './draft.ts';
import { zoneOriginOf } from './zone-origin.ts';

export interface DeskParts {
  readonly name: Name;
  readonly type: RrType;
  readonly path: Path;
  readonly common: CommonPolicyDoc;
  readonly runner: ProviderSpec | undefined;
  readonly endpoints: readonly EndpointSpec[];
  readonly checks: readonly NamedCheckSpec[];
}

export function makeDesk(draft: Draft, parts: DeskParts): PolicyDesk {
  const { name, type, path, common, runner, endpoints, checks } = parts;
  const endpoint = (wanted: string): number => endpoints.findIndex((one) => one.name === wanted);
  return {
    ledger: draft.ledger,
    issues: draft.issues,
    regions: draft.regions,
    text: (place, written) => textSource(draft, place, written),
    name,
    type,
    path,
    common,
    provider: { kind: runner?.kind ?? 'generic', ...(runner?.options ? { options: runner.options } : {}) },
    endpoint,
    addressesOf: (one) => addressesOf(one, endpoints),
    health: (wanted) => healthOf(wanted, endpoints, checks),
    candidate: (doc, place) => buildCandidate(draft, doc, place, parts),
    isMap: (place) => nodeAt(draft.tree, place)?.kind === 'map',
  };
}

function addressesOf({ data }: CandidateSpec, endpoints: readonly EndpointSpec[]): readonly string[] {
  return data.kind === 'endpoints' ? data.endpoints.flatMap((one) => endpoints[one]?.addresses ?? []) : [];
}

/** A check by its name goes before an endpoint of the same name; `none` is no signal. */
function healthOf(
  wanted: string,
  endpoints: readonly EndpointSpec[],
  checks: readonly NamedCheckSpec[],
): HealthRef | undefined {
  const check = checks.findIndex(({ name }) => name === wanted);
  if (check >= 0) return { kind: 'check', check };
  const endpoint = endpoints.findIndex(({ name }) => name === wanted);
  return endpoints[endpoint]?.check ? { kind: 'endpoint', endpoint } : undefined;
}

function buildCandidate(draft: Draft, doc: CandidateDoc, place: Path, parts: DeskParts): CandidateSpec {
  const data = dataOf(draft, doc, place, parts);
  const signal = doc.check ?? (doc.endpoint?.length === 1 ? doc.endpoint[0] : undefined);
  const health = signal === undefined ? undefined : healthOf(signal, parts.endpoints, parts.checks);
  return {
    label: candidateLabel(doc),
    data,
    ...(health ? { health } : {}),
    ...(doc.region === undefined ? {} : { region: draft.regions.indexOf(doc.region) }),
  };
}

function dataOf(draft: Draft, doc: CandidateDoc, place: Path, parts: DeskParts): CandidateData {
  const ways = [doc.endpoint, doc.records, doc.alias].filter((way) => way !== undefined).length;
  if (ways !== 1) {
    const message = ways === 0 ? 'the candidate has no data' : 'the candidate has data of several kinds';
    const hint = 'write one of endpoint, records, alias';
    draft.issues.add(place, 'scenario-candidate', message, { hint });
  }
  if (doc.alias !== undefined) return { kind: 'alias', name: doc.alias, ttl: doc['alias-ttl'] ?? 'target' };
  if (doc.records)
    return { kind: 'records', rdata: doc.records.flatMap((text) => rdataOf(draft, text, place, parts)) };
  const names = doc.endpoint ?? [];
  for (const name of names) needAddress(draft, name, place, parts);
  return {
    kind: 'endpoints',
    endpoints: names.map((name) => parts.endpoints.findIndex((one) => one.name === name)),
  };
}

function rdataOf(draft: Draft, text: string, place: Path, { name, type }: DeskParts): Rdata[] {
  try {
    return [rdataFromText(type, text, zoneOriginOf(draft, name))];
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const { message, hint } = error;
    draft.issues.add([...place, 'records'], 'scenario-bad-record', message, { hint });
    return [];
  }
}

function needAddress(draft: Draft, name: string, path: Path, { type, endpoints }: DeskParts): void {
  const endpoint = endpoints.find((one) => one.name === name);
  if (type !== A && type !== AAAA) {
    const message = `an endpoint has addresses, but no ${typeToText(type)} records`;
    const hint = 'write records: or alias:';
    draft.issues.add(path, 'scenario-bad-policy', message, { hint });
    return;
  }
  const family = type === A ? 4 : 6;
  if (!endpoint || endpoint.addresses.some((address) => addressFamily(address) === family)) return;
  const message = `the endpoint ${name} has no IPv${family} address for ${typeToText(type)}`;
  draft.issues.add(path, 'scenario-no-address', message);
}
