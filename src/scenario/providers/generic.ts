/**
 * The generic provider's share of the scenario format: policies put together from plain parts. Every kind of
 * provider runs them, so that one scenario can be tried with several.
 */
import { z } from 'zod';
import type { Seconds } from '../../base/time.ts';
import type {
  Arrangement,
  GenericRule,
  UnhealthyRule,
} from '../../model/authority/providers/generic/rule.ts';
import type { Territory } from '../../model/authority/steering/places.ts';
import type { CandidateSpec } from '../../model/spec.ts';
import { DEFAULTS } from '../defaults.ts';
import { flagKind, numberKind, Problem, ttlKind, wholeKind, wordKind } from '../kinds.ts';
import { blockKind, degreesKind, territoryKind } from '../place-kinds.ts';
import { listOf, mapOf, reference } from '../schema/common.ts';
import { about, field, withRules } from '../schema/field.ts';
import { type CandidateDoc, candidateReferences, candidateSchema } from './candidate.ts';
import type { BuiltPolicy, PolicyDesk, PolicyFormat, ProviderFormat } from './format.ts';
import { withWeight } from './levers.ts';

const { policy: defaults } = DEFAULTS;

interface FailoverDoc {
  readonly primary: string;
  readonly secondary: string;
  readonly ttl?: Seconds;
  readonly 'both-unhealthy'?: 'primary' | 'secondary' | 'all' | 'none';
  readonly provider?: string;
}

type Weighted = CandidateDoc & { readonly weight?: number };
type Biased = CandidateDoc & { readonly bias?: number };

const candidate = candidateSchema<CandidateDoc>('One answer: the name of an endpoint, or a map.');
const candidates = (description: string): z.ZodType<CandidateDoc[]> => listOf(candidate, description);

/** Endpoint names with a number each, or a list of candidates with the number among their keys. */
function numbered<K extends 'weight' | 'bias'>(
  key: K,
  value: z.ZodType<number>,
  description: string,
  example: unknown,
): z.ZodType<(CandidateDoc & { readonly [P in K]?: number })[]> {
  type Doc = CandidateDoc & { readonly [P in K]?: number };
  const short = mapOf(value, `${description} By name of endpoint.`).transform((map) =>
    Object.entries(map).map(([name, number]) => ({ endpoint: [name], [key]: number })),
  );
  const long = listOf(
    candidateSchema<Doc>('One answer.', { [key]: value.exactOptional() }),
    `${description} As a list.`,
  );
  return about(z.union([short, long]) as unknown as z.ZodType<Doc[]>, description, example);
}

const failoverPair: z.ZodType<FailoverDoc> = withRules(
  about(
    z.strictObject({
      primary: reference('Endpoint answered while it is healthy.', 'us-east'),
      secondary: reference('Endpoint answered otherwise.', 'eu-west'),
      ttl: field(ttlKind, 'TTL of the answer.', { fallback: defaults.ttl }).exactOptional(),
      'both-unhealthy': field(
        wordKind(['primary', 'secondary', 'all', 'none']),
        'What to answer when both are unhealthy.',
        { fallback: defaults.bothUnhealthy },
      ).exactOptional(),
      provider: reference("Provider that runs the policy. Default: the zone's first.").exactOptional(),
    }) as z.ZodType<FailoverDoc>,
    'Answers the primary while its check says healthy, else the secondary.',
  ),
  ({ primary, secondary }) => {
    if (primary !== secondary) return undefined;
    const message = 'primary and secondary are the same endpoint';
    return { code: 'scenario-same-endpoint', message, path: ['secondary'], hint: 'name another endpoint' };
  },
);

/** A format whose document is a list of candidates. */
function listFormat(
  word: string,
  schema: z.ZodType<CandidateDoc[]>,
  rule: (
    docs: readonly CandidateDoc[],
    desk: PolicyDesk,
  ) => Pick<GenericRule, 'arrange' | 'take' | 'weights'>,
): PolicyFormat {
  return {
    schema,
    build: (docs: readonly CandidateDoc[], desk) => {
      const built = docs.map((doc, at) => desk.candidate(doc, placeOf(desk, doc, at)));
      return finish(word, built, rule(docs, desk), desk);
    },
  };
}

/** Where a candidate stands: by its place in a list, or by its name in a map. */
function placeOf(desk: PolicyDesk, doc: CandidateDoc, at: number): (string | number)[] {
  const isMap = desk.isMap(desk.path);
  return [...desk.path, isMap ? (doc.endpoint?.[0] ?? at) : at];
}

function finish(
  word: string,
  built: readonly CandidateSpec[],
  parts: Pick<GenericRule, 'arrange' | 'take' | 'weights'>,
  desk: PolicyDesk,
): BuiltPolicy {
  const { ledger, common } = desk;
  const above = desk.path.slice(0, -1);
  const several = parts.take > 1;
  const shuffle = several && ledger.settle([...above, 'shuffle'], common.shuffle, flagKind, defaults.shuffle);
  const rule: GenericRule = { kind: 'generic', ...parts, shuffle, unhealthy: unhealthyOf(desk, built) };
  return { word, candidates: built, rule };
}

function unhealthyOf(desk: PolicyDesk, built: readonly CandidateSpec[]): UnhealthyRule {
  const { ledger, common, issues } = desk;
  const above = desk.path.slice(0, -1);
  const kind = wordKind(['ignore-health', 'all', 'none', 'fallback']);
  const word = ledger.settle([...above, 'unhealthy'], common.unhealthy, kind, defaults.unhealthy);
  if (word !== 'fallback') return { kind: word };
  const at = built.findIndex(({ label }) => label === common.fallback);
  if (at >= 0) return { kind: 'fallback', candidate: at };
  const hint = `add fallback: ${built.map(({ label }) => label).join(' or ')}`;
  issues.add([...above, 'unhealthy'], 'scenario-no-fallback', 'the fallback is none of the answers', {
    hint,
  });
  return { kind: 'none' };
}

const FAILOVER: PolicyFormat = {
  schema: about(
    z.union([failoverPair, candidates('Endpoints in order: the first healthy one is answered.')]),
    'Answers the first that is healthy.',
    { primary: 'us-east', secondary: 'eu-west' },
  ),
  build: (doc: FailoverDoc | readonly CandidateDoc[], desk) => {
    if (!('primary' in doc)) {
      const built = doc.map((one, at) => desk.candidate(one, [...desk.path, at]));
      return finish('failover', built, { arrange: { kind: 'listed' }, take: 1 }, desk);
    }
    return buildPair(doc, desk);
  },
};

const PAIR_RULES: Readonly<Record<'primary' | 'secondary' | 'all' | 'none', UnhealthyRule>> = {
  primary: { kind: 'ignore-health' },
  secondary: { kind: 'fallback', candidate: 1 },
  all: { kind: 'all' },
  none: { kind: 'none' },
};

function buildPair(doc: FailoverDoc, desk: PolicyDesk): BuiltPolicy {
  const { ledger, path } = desk;
  const both = wordKind(['primary', 'secondary', 'all', 'none']);
  const primary = desk.candidate({ endpoint: [doc.primary] }, [...path, 'primary']);
  const secondary = desk.candidate({ endpoint: [doc.secondary] }, [...path, 'secondary']);
  if (!primary.health) {
    const message = `the endpoint ${doc.primary} has no health check, so the policy takes it for healthy`;
    const hint = `add a check to endpoints.${doc.primary}`;
    desk.issues.add([...path, 'primary'], 'scenario-no-check', message, { severity: 'warning', hint });
  }
  const ttl = ledger.settle([...path, 'ttl'], doc.ttl ?? desk.common.ttl, ttlKind, defaults.ttl);
  const written = doc['both-unhealthy'];
  const unhealthy = ledger.settle([...path, 'both-unhealthy'], written, both, defaults.bothUnhealthy);
  const rule: GenericRule = {
    kind: 'generic',
    arrange: { kind: 'listed' },
    take: 1,
    shuffle: false,
    unhealthy: PAIR_RULES[unhealthy],
  };
  const provider = doc.provider === undefined ? {} : { provider: doc.provider };
  return { word: 'failover', candidates: [primary, secondary], rule, ttl, ...provider };
}

/** A format whose document maps places to candidates. */
function placedFormat<T>(
  word: string,
  about_: string,
  example: unknown,
  read: (key: string, desk: PolicyDesk) => T | Problem,
  arrange: (places: readonly (readonly T[])[]) => Arrangement,
): PolicyFormat {
  return {
    schema: mapOf(candidate, about_, example),
    build: (doc: Readonly<Record<string, CandidateDoc>>, desk) => {
      const places = Object.keys(doc).map((key) => {
        const place = read(key, desk);
        if (!(place instanceof Problem)) return [place];
        const { code, message, hint } = place;
        desk.issues.add([...desk.path, key], code, message, { atKey: true, ...(hint ? { hint } : {}) });
        return [];
      });
      const built = Object.entries(doc).map(([key, one]) => desk.candidate(one, [...desk.path, key]));
      return finish(word, built, { arrange: arrange(places), take: 1 }, desk);
    },
  };
}

const GEO: PolicyFormat = placedFormat<Territory>(
  'geo',
  'By the place of the client: the smallest territory that holds it; unhealthy ones are climbed from.',
  { 'country US': 'us-east', 'continent EU': 'eu-west', default: 'us-east' },
  (key) => territoryKind.read(key),
  (territories) => ({ kind: 'territory', territories, climb: true }),
);

const NETWORK: PolicyFormat = placedFormat<string>(
  'networks',
  'By the address of the client: the longest block that holds it.',
  { '198.51.100.0/24': 'eu-west', default: 'us-east' },
  (key) => {
    return key === 'default' ? key : blockKind.read(key);
  },
  (blocks) => ({
    kind: 'network',
    blocks: blocks.map((own) => own.filter((block) => block !== 'default')),
    climb: true,
  }),
);

const REGIONS: PolicyFormat = placedFormat<number>(
  'regions',
  'By region of the scenario.',
  { 'us-east': 'us-east', default: 'eu-west' },
  (key, { regions }) => {
    const index = regions.indexOf(key);
    if (index >= 0 || key === 'default') return index;
    return new Problem(
      'scenario-unknown-region',
      `there is no region '${key}'`,
      `write one of ${regions.join(', ')} or default`,
    );
  },
  (regions) => ({
    kind: 'region',
    regions: regions.map((own) => own.filter((one) => one >= 0)),
    climb: true,
  }),
);

const weight = field(numberKind(0), 'Weight; 0 is answered only when nothing else is healthy.', {
  example: 70,
});
const bias = field(degreesKind(99), 'Bias, -99 to 99: a positive one draws clients in.', { example: 25 });

export const GENERIC: ProviderFormat = {
  kind: 'generic',
  title: 'no vendor in particular',
  policies: {
    failover: FAILOVER,
    simple: listFormat('simple', candidates('All of them in one answer.'), () => ({
      arrange: { kind: 'together' },
      take: Number.POSITIVE_INFINITY,
    })),
    weighted: {
      ...listFormat(
        'weighted',
        numbered('weight', weight, 'One of them, by weight.', { 'us-east': 70, 'eu-west': 30 }),
        (docs: readonly Weighted[]) => ({
          arrange: { kind: 'together' },
          take: 1,
          weights: docs.map((doc) => doc.weight ?? 1),
        }),
      ),
      levers: { weights: numberKind(0), weigh: withWeight<Weighted> },
    },
    latency: listFormat('latency', candidates('The one with the shortest round trip.'), () => ({
      arrange: { kind: 'latency' },
      take: 1,
    })),
    geoproximity: listFormat(
      'geoproximity',
      numbered('bias', bias, 'The nearest, under a bias.', { 'us-east': 0, 'eu-west': 25 }),
      (docs: readonly Biased[]) => ({
        arrange: { kind: 'distance', biases: docs.map((doc) => doc.bias ?? 0) },
        take: 1,
      }),
    ),
    multivalue: listFormat('multivalue', candidates('Several healthy ones in one answer.'), (_, desk) => {
      const path = [...desk.path.slice(0, -1), 'answers'];
      const take = desk.ledger.settle(path, desk.common.answers, wholeKind(1), defaults.answers);
      return { arrange: { kind: 'together' }, take };
    }),
    geo: GEO,
    networks: NETWORK,
    regions: REGIONS,
  },
  references: [
    ['provider', 'policies.*.failover.provider'],
    ['endpoint', 'policies.*.failover.primary'],
    ['endpoint', 'policies.*.failover.secondary'],
    ...['failover', 'simple', 'weighted', 'latency', 'geoproximity', 'multivalue'].flatMap((word) => [
      ['endpoint', `policies.*.${word}.#`] as const,
      ...candidateReferences(`policies.*.${word}.#`),
    ]),
    ['endpoint', 'policies.*.weighted.~'],
    ['endpoint', 'policies.*.geoproximity.~'],
    ...['geo', 'networks', 'regions'].flatMap((word) => [
      ['endpoint', `policies.*.${word}.*`] as const,
      ...candidateReferences(`policies.*.${word}.*`),
    ]),
  ],
};
