/**
 * Amazon Route 53 in the scenario format. The rules behind it, with their sources, are described in
 * src/model/authority/providers/route53/README.md.
 */
import { z } from 'zod';
import { SECOND } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { quorumForShare } from '../../model/authority/health/votes.ts';
import type {
  Route53Options,
  Route53Record,
  Route53Rule,
  Routing,
} from '../../model/authority/providers/route53/rule.ts';
import type { CandidateSpec, HealthRef } from '../../model/spec.ts';
import { cited } from '../../profiles/cited.ts';
import type { Path } from '../document/tree.ts';
import { flagKind, type Kind, Problem, wholeKind, wordKind } from '../kinds.ts';
import { blockKind, degreesKind, territoryKind } from '../place-kinds.ts';
import { listOf, mapOf } from '../schema/common.ts';
import { about, field, withRules } from '../schema/field.ts';
import { type CandidateDoc, candidateReferences, candidateSchema } from './candidate.ts';
import type { BuiltPolicy, CheckersFormat, PolicyDesk, PolicyFormat, ProviderFormat } from './format.ts';
import { withWeight } from './levers.ts';

const GUIDE = 'Amazon Route 53 Developer Guide';

const WEIGHT_KIND = wholeKind(0, 255);

interface RecordDoc extends CandidateDoc {
  readonly weight?: number;
  readonly bias?: number;
  readonly 'evaluate-target-health'?: boolean;
  readonly resource?: 'elb' | 's3' | 'cloudfront';
}

type Group = readonly RecordDoc[] | Readonly<Record<string, RecordDoc>>;
type GroupDoc = Readonly<Partial<Record<Routing, Group>>>;

const record: z.ZodType<RecordDoc> = candidateSchema<RecordDoc>(
  'A record of the group: the name of an endpoint, or a map.',
  {
    weight: field(WEIGHT_KIND, 'Weight of a weighted record.', { example: 70 }).exactOptional(),
    bias: field(degreesKind(99), 'Bias of a geoproximity record, -99 to 99.', {
      example: 25,
    }).exactOptional(),
    'evaluate-target-health': field(
      flagKind,
      'Alias records: whether an unhealthy target makes the record unhealthy. Default false.',
    ).exactOptional(),
    resource: field(
      wordKind(['elb', 's3', 'cloudfront']),
      'The endpoint is an AWS resource and the record an alias to it: TTL 60 s, no health check of its own.',
    ).exactOptional(),
  },
);

const records = (description: string): z.ZodType<RecordDoc[]> => listOf(record, description);

/** Under each routing policy its records: a list, or a map by what tells them apart. */
const GROUPS: Readonly<Record<Routing, z.ZodType<Group>>> = {
  simple: records('Records whose values are answered together; no health checks.'),
  weighted: about(
    z.union([
      mapOf(field(WEIGHT_KIND, 'Weight.', { example: 70 }), 'Weights by name of endpoint.').transform((map) =>
        Object.entries(map).map(([name, weight]) => ({ endpoint: [name], weight })),
      ),
      records('Weighted records.'),
    ]) as unknown as z.ZodType<Group>,
    'One by weight; weight 0 only when all others are unhealthy.',
    { 'us-east': 70, 'eu-west': 30 },
  ),
  failover: mapOf(record, 'The record under primary, or that under secondary.', {
    primary: 'us-east',
    secondary: 'eu-west',
  }),
  latency: records('The record of the AWS region with the lowest latency.'),
  geolocation: mapOf(record, 'Records by state, country, continent or default.', {
    'country US': 'us-east',
    default: 'eu-west',
  }),
  geoproximity: records('The nearest record, under a bias.'),
  multivalue: records('Up to eight healthy records in one answer.'),
  ip: mapOf(record, 'Records by address block, or default.', {
    '198.51.100.0/24': 'eu-west',
    default: 'us-east',
  }),
};

const ROUTINGS = Object.keys(GROUPS) as Routing[];

const group: z.ZodType<GroupDoc> = withRules(
  about(
    z.strictObject(
      Object.fromEntries(ROUTINGS.map((routing) => [routing, GROUPS[routing].exactOptional()])),
    ) as unknown as z.ZodType<GroupDoc>,
    'A group of Route 53 records under one routing policy.',
    { failover: { primary: 'us-east', secondary: 'eu-west' } },
  ),
  (doc) => {
    if (Object.keys(doc).length === 1) return undefined;
    const message = 'a group of records has one routing policy';
    const hint = `write one of ${ROUTINGS.join(', ')}`;
    return { code: 'scenario-policy-kind', message, path: [], hint };
  },
);

/** What the key of a record says, by routing policy; nothing where records stand in a list. */
const KEYS: Readonly<Partial<Record<Routing, Kind<Partial<Route53Record>>>>> = {
  failover: keyed(wordKind(['primary', 'secondary']), (role) => ({ role })),
  geolocation: keyed(territoryKind, (territory) => ({ territory })),
  ip: keyed(blockOrDefault(), (block) => ({ blocks: block === 'default' ? [] : [block] })),
};

function keyed<T>(kind: Kind<T>, of: (value: T) => Partial<Route53Record>): Kind<Partial<Route53Record>> {
  return {
    noun: kind.noun,
    json: kind.json,
    read: (raw) => {
      const value = kind.read(raw);
      return value instanceof Problem ? value : of(value);
    },
    show: () => '',
  };
}

function blockOrDefault(): Kind<string> {
  return { ...blockKind, read: (raw) => (raw === 'default' ? raw : blockKind.read(raw)) };
}

const POLICY: PolicyFormat = {
  schema: group,
  build(doc: GroupDoc, desk): BuiltPolicy {
    const routing = ROUTINGS.find((one) => one in doc)!;
    const path = [...desk.path, routing];
    const isList = Array.isArray(doc[routing]);
    const isMap = desk.isMap(path);
    const built = Object.entries(doc[routing]!).flatMap(([key, one]: [string, RecordDoc]) => {
      const place = [...path, isList && isMap ? (one.endpoint?.[0] ?? key) : isList ? Number(key) : key];
      const said = isList ? {} : keyOf(routing, key, place, desk);
      return routing === 'simple' ? simpleRecords(one, place, desk) : [buildRecord(one, place, said, desk)];
    });
    const { negativeBias, overlap } = optionsOf(desk);
    const rule: Route53Rule = {
      kind: 'route53',
      routing,
      records: built.map((one) => one.record),
      negativeBias,
      overlap,
    };
    checkGroup(routing, built, path, desk);
    const watches = built.flatMap((one) => one.record.target ?? []);
    const candidates = built.map((one) => one.candidate);
    return { word: `route53 ${routing}`, candidates, rule, ...(watches.length > 0 ? { watches } : {}) };
  },
  levers: {
    weights: WEIGHT_KIND,
    weigh(doc: GroupDoc, name, value) {
      const weighted = withWeight(doc.weighted as readonly RecordDoc[] | undefined, name, value);
      return weighted && { weighted };
    },
  },
};

function optionsOf({ provider }: PolicyDesk): Pick<Route53Options, 'negativeBias' | 'overlap'> {
  if (provider.options?.kind === 'route53') return provider.options as Route53Options;
  return { negativeBias: NEGATIVE_BIAS.value, overlap: OVERLAP.value };
}

interface Built {
  readonly candidate: CandidateSpec;
  readonly record: Route53Record;
}

function keyOf(routing: Routing, key: string, place: Path, { issues }: PolicyDesk): Partial<Route53Record> {
  const read = KEYS[routing]?.read(key);
  if (!(read instanceof Problem)) return read ?? {};
  const { code, message, hint } = read;
  issues.add(place, code, message, { hint, atKey: true });
  return {};
}

/** The values of simple records are answered in random order, so each is a candidate of its own. */
function simpleRecords(doc: RecordDoc, place: Path, desk: PolicyDesk): Built[] {
  const singles: RecordDoc[] = [
    ...(doc.endpoint ?? []).map((endpoint) => ({ ...doc, endpoint: [endpoint] })),
    ...(doc.records ?? []).map((text) => ({ ...doc, records: [text] })),
  ];
  return (singles.length > 0 ? singles : [doc]).map((one) => buildRecord(one, place, {}, desk));
}

/** TTL of an alias to a load balancer (Route 53 Developer Guide, choosing between alias and non-alias records). */
const RESOURCE_TTL = 60;

function buildRecord(doc: RecordDoc, place: Path, said: Partial<Route53Record>, desk: PolicyDesk): Built {
  const { weight, bias, resource } = doc;
  const { health, ...bare } = desk.candidate(doc, place);
  const isAlias = doc.alias !== undefined || resource !== undefined;
  const evaluates = isAlias && evaluatesTarget(doc, place, desk);
  const target = resource === undefined ? undefined : targetOf(doc, desk);
  // An alias to a resource has the resource's health, not a check of its own, unless one is named.
  const signal = resource === undefined || doc.check !== undefined ? health : undefined;
  return {
    candidate: {
      ...bare,
      ...(signal ? { health: signal } : {}),
      ...(resource === undefined ? {} : { ttl: RESOURCE_TTL }),
    },
    record: {
      ...said,
      ...(weight === undefined ? {} : { weight }),
      ...(bias === undefined ? {} : { bias }),
      ...(evaluates ? { evaluatesTarget: true } : {}),
      ...(resource === undefined ? {} : { resource: true }),
      ...(evaluates && target ? { target } : {}),
    },
  };
}

function targetOf({ endpoint = [] }: RecordDoc, desk: PolicyDesk): HealthRef | undefined {
  return endpoint[0] === undefined ? undefined : desk.health(endpoint[0]);
}

function evaluatesTarget(doc: RecordDoc, place: Path, { ledger, issues }: PolicyDesk): boolean {
  const path = [...place, 'evaluate-target-health'];
  const written = doc['evaluate-target-health'];
  const evaluates = ledger.settle(path, written, flagKind, EVALUATES);
  if (evaluates && doc.resource === 'cloudfront') {
    const message = 'an alias to CloudFront cannot evaluate its target';
    issues.add(path, 'scenario-route53', message, { hint: 'remove the key' });
  }
  return evaluates;
}

const MOST_RECORDS = 100;
const MOST_NEAR = 30;

function checkGroup(routing: Routing, built: readonly Built[], path: Path, { issues }: PolicyDesk): void {
  const most = routing === 'geoproximity' ? MOST_NEAR : MOST_RECORDS;
  if (built.length > most) {
    const message = `Route 53 allows ${most} records in such a group, not ${built.length}`;
    issues.add(path, 'scenario-route53', message, { severity: 'warning' });
  }
  if (routing === 'multivalue' && built.some(({ candidate }) => candidate.data.kind === 'alias')) {
    const message = 'multivalue records cannot be aliases';
    issues.add(path, 'scenario-route53', message, { hint: 'name the endpoints themselves' });
  }
  const wanted = ROLES[routing];
  const roles = built.map((one) => one.record.role);
  if (wanted && !wanted.every((role) => roles.includes(role))) {
    issues.add(path, 'scenario-route53', 'a failover group has a primary and a secondary record');
  }
}

const ROLES: Readonly<Partial<Record<Routing, readonly Route53Record['role'][]>>> = {
  failover: ['primary', 'secondary'],
};

const EVALUATES = cited(false, 'assumption', 'as an alias record is when nobody ticks the box');
const NEGATIVE_BIAS = cited<Route53Rule['negativeBias']>(
  'divided',
  'documentation',
  `${GUIDE}, routing-policy-geoproximity, April 2023`,
);
const OVERLAP = cited<Route53Rule['overlap']>('longest', 'assumption', 'not documented');

interface OptionsDoc {
  readonly 'negative-bias'?: Route53Rule['negativeBias'];
  readonly overlap?: Route53Rule['overlap'];
}

const NEGATIVE_KIND = wordKind(['divided', 'multiplied']);
const OVERLAP_KIND = wordKind(['longest', 'first']);

const options: z.ZodType<OptionsDoc> = about(
  z.strictObject({
    'negative-bias': field(
      NEGATIVE_KIND,
      'Geoproximity: distance / (1 + bias/100), or distance * (1 - bias/100), for a negative bias.',
      { fallback: NEGATIVE_BIAS },
    ).exactOptional(),
    overlap: field(OVERLAP_KIND, 'IP-based: which of several blocks that hold a client wins.', {
      fallback: OVERLAP,
    }).exactOptional(),
  }) as z.ZodType<OptionsDoc>,
  'Settings of Amazon Route 53 where its documentation leaves room.',
);

/** About this many checkers probe an endpoint: one request per 2 s at an interval of 30 s. */
const CHECKERS = 15;
const HEALTHY_SHARE = 0.18;
const HEALTH = `${GUIDE}, dns-failover-determining-health-of-endpoints`;

const CHECKER_RULES: CheckersFormat = {
  interval: cited(30 * SECOND, 'documentation', HEALTH),
  timeout: cited(6 * SECOND, 'documentation', `${HEALTH}: connect within 4 s, answer within 2 s`),
  tcpTimeout: cited(10 * SECOND, 'documentation', `${HEALTH}: TCP within 10 s`),
  failures: cited(3, 'documentation', HEALTH),
  successes: cited(3, 'documentation', `${HEALTH}: same count for down and up`),
  intervalFrom: cited('response', 'documentation', `${GUIDE}: an interval after the response`),
  aggregation: cited(5 * SECOND, 'assumption', 'not published; 0 to 10 s'),
  regions: (regions) => ({
    indexes: Array.from({ length: CHECKERS }, (_, at) => at % regions.length),
    why: `${CHECKERS} checkers of Route 53, spread over the regions`,
  }),
  quorum: (regions) => ({
    quorum: quorumForShare(regions.length, HEALTHY_SHARE),
    why: 'healthy while more than 18 % of the checkers say so',
  }),
};

const TLDS = ['com', 'net', 'org', 'co.uk'];
const STRIPE = 512;

/** `ns-77.awsdns-09.com.` and one each in net, org and co.uk, as every public zone has. */
function serverNames(provider: string, count: number): Name[] {
  const seed = [...provider].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % STRIPE, 7);
  return Array.from({ length: count }, (_, index) => {
    const within = (seed + 131 * index) % STRIPE;
    const stripe = index % TLDS.length;
    const label = String(within >> 3).padStart(2, '0');
    return `ns-${stripe * STRIPE + within}.awsdns-${label}.${TLDS[stripe]}.` as Name;
  });
}

export const ROUTE53: ProviderFormat = {
  kind: 'route53',
  title: 'Amazon Route 53',
  defaults: {
    servers: cited(4, 'documentation', `${GUIDE}, SOA-NSrecords`),
    propagation: cited(60 * SECOND, 'documentation', `${GUIDE}: INSYNC normally within 60 s`),
    policyTtl: cited(60, 'documentation', `${GUIDE}: 60 s or less with a health check`),
    readsClientSubnet: cited(true, 'documentation', `${GUIDE}, routing-policy-edns0`),
    controlRegions: ['us-east-1', 'us-east'],
    soa: { ttl: 900, times: '1 7200 900 1209600 86400', source: `${GUIDE}, SOA-NSrecords` },
  },
  serverNames,
  options: {
    schema: options,
    build(doc: OptionsDoc, path, { ledger }): Route53Options {
      return {
        kind: 'route53',
        negativeBias: ledger.settle(
          [...path, 'negative-bias'],
          doc['negative-bias'],
          NEGATIVE_KIND,
          NEGATIVE_BIAS,
        ),
        overlap: ledger.settle([...path, 'overlap'], doc.overlap, OVERLAP_KIND, OVERLAP),
      };
    },
  },
  policies: { route53: POLICY },
  checkers: CHECKER_RULES,
  references: [
    ['endpoint', 'policies.*.route53.weighted.~'],
    ...['simple', 'weighted', 'latency', 'geoproximity', 'multivalue'].flatMap((routing) => [
      ['endpoint', `policies.*.route53.${routing}.#`] as const,
      ...candidateReferences(`policies.*.route53.${routing}.#`),
    ]),
    ...['failover', 'geolocation', 'ip'].flatMap((routing) => [
      ['endpoint', `policies.*.route53.${routing}.*`] as const,
      ...candidateReferences(`policies.*.route53.${routing}.*`),
    ]),
  ],
};
