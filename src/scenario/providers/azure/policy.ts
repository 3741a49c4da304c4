/** `policies.*.azure`: a Traffic Manager profile under one routing method, or an alias record set. */
import { z } from 'zod';
import type { Name } from '../../../dns/data/name.ts';
import { A, AAAA } from '../../../dns/data/rrtype.ts';
import type { AzureEndpoint, AzureRule, Method } from '../../../model/authority/providers/azure/rule.ts';
import { cited } from '../../../profiles/cited.ts';
import type { Path } from '../../document/tree.ts';
import { flagKind, type Kind, nameKind, Problem, textKind, ttlKind, wholeKind } from '../../kinds.ts';
import { blockKind, territoryKind } from '../../place-kinds.ts';
import { listOf, mapOf } from '../../schema/common.ts';
import { about, field, type RuleBreach, withRules } from '../../schema/field.ts';
import { candidateReferences } from '../candidate.ts';
import type { BuiltPolicy, PolicyDesk, PolicyFormat, ReferenceNoun } from '../format.ts';
import { type Built, buildEndpoint, completed, type EndpointDoc, endpointSchema } from './endpoints.ts';
import { AZURE_LEVERS } from './levers.ts';
import { DEFAULT_TTL_SOURCE, optionsOf } from './options.ts';
import { ALIAS, METHODS, MONITORING } from './sources.ts';

type Group = readonly EndpointDoc[] | Readonly<Record<string, EndpointDoc>>;
type Profile = Exclude<Method, 'alias'>;

interface AzureDoc extends Readonly<Partial<Record<Profile, Group>>> {
  readonly alias?: Name;
  readonly enabled?: boolean;
  readonly 'max-return'?: number;
}

const ENABLED = cited(true, 'documentation', MONITORING);
const MAX_RETURN = cited(2, 'documentation', `${METHODS}, multivalue`);
const COUNT = wholeKind(1);

const listed = (description: string): z.ZodType<Group> =>
  listOf(endpointSchema, description) as unknown as z.ZodType<Group>;
const mapped = (description: string, example: unknown): z.ZodType<Group> =>
  mapOf(endpointSchema, description, example) as unknown as z.ZodType<Group>;

const weight = field(wholeKind(1, 1000), 'Weight.', { example: 70 });
const weighted = about(
  z.union([
    mapOf(weight, 'Weights by name of endpoint.').transform((map) =>
      Object.entries(map).map(([name, own]) => ({ endpoint: [name], weight: own })),
    ),
    listed('Endpoints with their weights.'),
  ]) as unknown as z.ZodType<Group>,
  'One Online endpoint by weight.',
  { 'us-east': 70, 'eu-west': 30 },
);

const METHOD_SCHEMAS: Readonly<Record<Profile, z.ZodType<Group>>> = {
  priority: listed('The first endpoint that is Online.'),
  weighted,
  performance: listed('The Online endpoint with the lowest latency.'),
  geographic: mapped('Endpoints by state, country, continent or default: answered even when Degraded.', {
    'country US': 'us-east',
    default: 'eu-west',
  }),
  multivalue: listed('Several Online endpoints in one answer.'),
  subnet: mapped('Endpoints by address block, or default.', { '198.51.100.0/24': 'us-east' }),
};

const PROFILES = Object.keys(METHOD_SCHEMAS) as Profile[];
const WORDS: readonly Method[] = [...PROFILES, 'alias'];

function oneMethod(doc: AzureDoc): RuleBreach | undefined {
  const found = WORDS.filter((word) => doc[word] !== undefined);
  if (found.length !== 1) {
    const hint = `write one of ${WORDS.join(', ')}`;
    return { code: 'scenario-policy-kind', message: 'a profile has one routing method', path: [], hint };
  }
  if (found[0] !== 'alias' || doc.enabled === undefined) return undefined;
  const message = 'an alias record set is not disabled';
  return { code: 'scenario-azure', message, path: ['enabled'], hint: 'remove the key' };
}

const schema: z.ZodType<AzureDoc> = withRules(
  about(
    z.strictObject({
      ...Object.fromEntries(PROFILES.map((method) => [method, METHOD_SCHEMAS[method].exactOptional()])),
      alias: field(nameKind, 'An alias record set: whatever this name has of the type.', {
        example: 'app.example.com',
      }).exactOptional(),
      enabled: field(flagKind, 'Whether the profile is enabled; a disabled one does not exist in DNS.', {
        fallback: ENABLED,
      }).exactOptional(),
      'max-return': field(COUNT, 'Multivalue: most endpoints in one answer.', {
        fallback: MAX_RETURN,
      }).exactOptional(),
    }) as unknown as z.ZodType<AzureDoc>,
    'A profile of Azure Traffic Manager under one routing method, or an alias record set of Azure DNS.',
    { priority: ['us-east', 'eu-west'] },
  ),
  oneMethod,
);

/** What the key of an endpoint says, by method; nothing where endpoints stand in a list. */
const KEYS: Readonly<Partial<Record<Method, (key: string) => Partial<AzureEndpoint> | Problem>>> = {
  geographic: said(territoryKind, (territory) => ({ territory })),
  subnet: (key) =>
    key === 'default' ? { blocks: [] } : said(blockKind, (block) => ({ blocks: [block] }))(key),
};

function said<T>(kind: Kind<T>, of: (value: T) => Partial<AzureEndpoint>) {
  return (key: string): Partial<AzureEndpoint> | Problem => {
    const value = kind.read(key);
    return value instanceof Problem ? value : of(value);
  };
}

export const AZURE_POLICY: PolicyFormat = {
  schema,
  build(doc: AzureDoc, desk): BuiltPolicy {
    const method = WORDS.find((word) => doc[word] !== undefined) ?? 'alias';
    const built = method === 'alias' ? [aliasOf(doc.alias!, desk)] : endpointsOf(method, doc[method]!, desk);
    judge(method, built, desk);
    const { ledger, path } = desk;
    const rule: AzureRule = {
      kind: 'azure',
      method,
      enabled: method === 'alias' || ledger.settle([...path, 'enabled'], doc.enabled, flagKind, ENABLED),
      endpoints: built.map(({ endpoint }, at) => completed(endpoint, at)),
      maxReturn:
        method === 'multivalue'
          ? ledger.settle([...path, 'max-return'], doc['max-return'], COUNT, MAX_RETURN)
          : 1,
      subnetDegraded: optionsOf(desk).subnetDegraded,
    };
    const candidates = built.map(({ candidate }) => candidate);
    return { word: `azure ${method}`, candidates, rule, ttl: ttlOf(desk) };
  },
  levers: AZURE_LEVERS,
};

function ttlOf(desk: PolicyDesk): number {
  const beside = [...desk.path.slice(0, -1), 'ttl'];
  const fallback = cited(optionsOf(desk).defaultTtl, 'documentation', DEFAULT_TTL_SOURCE);
  return desk.ledger.settle(beside, desk.common.ttl, ttlKind, fallback);
}

/** The target's TTL: that of the profile, or of the record (assumption for records). @see ALIAS */
function aliasOf(alias: Name, desk: PolicyDesk): Built {
  const place = [...desk.path, 'alias'];
  desk.ledger.derive([...place, 'ttl'], undefined, textKind, 'target', `${ALIAS}: that of its target`);
  return { candidate: desk.candidate({ alias }, place), endpoint: { status: 'enabled' } };
}

function endpointsOf(method: Profile, group: Group, desk: PolicyDesk): Built[] {
  const path = [...desk.path, method];
  const isList = Array.isArray(group);
  const isMap = desk.isMap(path);
  return Object.entries(group).map(([key, doc]: [string, EndpointDoc]) => {
    const place: Path = [...path, isList ? (isMap ? doc.endpoint![0]! : Number(key)) : key];
    return buildEndpoint(doc, place, isList ? {} : keyOf(method, key, place, desk), desk);
  });
}

function keyOf(method: Profile, key: string, place: Path, { issues }: PolicyDesk): Partial<AzureEndpoint> {
  const read = KEYS[method]!(key);
  if (!(read instanceof Problem)) return read;
  const { code, message, hint } = read;
  issues.add(place, code, message, { hint, atKey: true });
  return {};
}

function judge(method: Method, built: readonly Built[], { issues, path, type }: PolicyDesk): void {
  const at = [...path, method];
  const problem = (message: string, hint: string): void => {
    issues.add(at, 'scenario-azure', message, { hint });
  };
  if (method === 'multivalue' && built.some(({ candidate }) => candidate.data.kind === 'alias')) {
    problem('a multivalue profile has addresses only, no names and no nested profiles', 'name endpoints');
  }
  if (method === 'multivalue' && type !== A && type !== AAAA) {
    problem('a multivalue profile answers addresses', 'decide A or AAAA');
  }
  const priorities = built.map(({ endpoint }, place) => endpoint.priority ?? place + 1);
  if (method === 'priority' && new Set(priorities).size < priorities.length) {
    problem('two endpoints have the same priority', 'give each a priority of its own');
  }
}

const PLACE = 'policies.*.azure';

/** Where profiles name endpoints, checks and regions. */
export const POLICY_REFERENCES: readonly (readonly [ReferenceNoun, string])[] = [
  ['endpoint', `${PLACE}.weighted.~`],
  ...['priority', 'weighted', 'performance', 'multivalue'].flatMap((method) => [
    ['endpoint', `${PLACE}.${method}.#`] as const,
    ...candidateReferences(`${PLACE}.${method}.#`),
  ]),
  ...['geographic', 'subnet'].flatMap((method) => [
    ['endpoint', `${PLACE}.${method}.*`] as const,
    ...candidateReferences(`${PLACE}.${method}.*`),
  ]),
];
