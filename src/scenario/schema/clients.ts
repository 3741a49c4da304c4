/** `clients:`: populations, what they run and what they ask for. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import type { RrType } from '../../dns/data/rrtype.ts';
import { FAMILY_STATES, type FamilyState } from '../../model/spec.ts';
import { APPLICATIONS } from '../../profiles/applications.ts';
import type { Cited } from '../../profiles/cited.ts';
import { STUBS } from '../../profiles/stubs.ts';
import { type AskedName, askedNameKind } from '../asked-name.ts';
import { DEFAULTS } from '../defaults.ts';
import { durationKind, nameKind, numberKind, shareKind, typeKind, wholeKind, wordKind } from '../kinds.ts';
import { APPLICATION_SETTINGS, STUB_SETTINGS } from '../settings/client.ts';
import { listOf, mapOf, oneOrMore, reference } from './common.ts';
import { about, field, withRules } from './field.ts';
import { POPULATION_RULES, populationKey, type WeightsDoc, weightsSchema } from './populations.ts';
import { type ProfileDoc, profileSchema } from './settings.ts';

export interface PopulationDoc {
  readonly population?: string;
  readonly weights?: WeightsDoc;
  readonly count?: number;
  readonly represents?: number;
  readonly region?: string;
  readonly ipv4?: FamilyState;
  readonly ipv6?: FamilyState;
  readonly app?: ProfileDoc;
  readonly os?: ProfileDoc;
  readonly resolvers?: readonly ResolverChoiceDoc[];
  readonly search?: readonly Name[];
  readonly ndots?: number;
  readonly requests: RequestsDoc;
}

/** A share of the clients and its ordered list of resolvers. */
export interface ResolverChoiceDoc {
  readonly share: number;
  readonly resolvers: readonly string[];
  /** Key of the map it was written under; absent when there was no map. */
  readonly key?: string;
}

export interface RequestsDoc {
  readonly name?: AskedName;
  readonly types?: readonly RrType[];
  readonly names?: readonly QuestionDoc[];
  readonly every?: Micros;
  readonly pattern?: 'poisson' | 'periodic' | 'sessions';
  readonly requests?: number;
  readonly pause?: Micros;
  readonly diurnal?: DiurnalDoc;
}

export interface QuestionDoc {
  readonly name: AskedName;
  readonly types?: readonly RrType[];
  readonly weight?: number;
}

export interface DiurnalDoc {
  readonly amplitude?: number;
  readonly peak?: Micros;
}

const { clients: defaults } = DEFAULTS;

const types: z.ZodType<RrType[]> = oneOrMore(
  field(typeKind, 'A record type.', { example: 'AAAA' }),
  'Types looked up together. Default A.',
);
const name: z.ZodType<AskedName> = field(
  askedNameKind,
  'Name asked for. Without its final dot it goes through the search list, where the clients have one.',
  { example: 'app.example.com' },
);

const question: z.ZodType<QuestionDoc> = about(
  z.strictObject({
    name,
    types: types.exactOptional(),
    weight: field(numberKind(0), 'How often, relative to the other names.', {
      fallback: defaults.weight,
    }).exactOptional(),
  }),
  'One of several names asked for.',
);

const diurnal: z.ZodType<DiurnalDoc> = about(
  z.strictObject({
    amplitude: field(shareKind, 'Swing of the rate around its mean.', {
      fallback: defaults.amplitude,
    }).exactOptional(),
    peak: field(durationKind(), 'Time of the daily maximum.', { fallback: defaults.peak }).exactOptional(),
  }),
  'A daily cycle of the rate.',
);

const requests: z.ZodType<RequestsDoc> = withRules(
  about(
    z.strictObject({
      name: name.exactOptional(),
      types: types.exactOptional(),
      names: listOf(question, 'Several names, drawn by weight.').exactOptional(),
      every: field(durationKind(1), 'Mean time between requests (or sessions) of one client.', {
        fallback: defaults.every,
      }).exactOptional(),
      pattern: field(wordKind(['poisson', 'periodic', 'sessions']), 'When clients ask.', {
        fallback: defaults.pattern,
      }).exactOptional(),
      requests: field(numberKind(1), 'sessions: mean number of requests of a session.', {
        fallback: defaults.sessionRequests,
      }).exactOptional(),
      pause: field(durationKind(), 'sessions: mean pause between requests.', {
        fallback: defaults.sessionPause,
      }).exactOptional(),
      diurnal: diurnal.exactOptional(),
    }) as z.ZodType<RequestsDoc>,
    'What the clients ask for, and when; several names go below names:.',
    { name: 'app.example.com', every: '60s' },
  ),
  oneWayToAsk,
  patternFits,
);

type Breach = { code: string; message: string; path: readonly (string | number)[]; hint: string } | undefined;

function oneWayToAsk({ name: one, names, types: asked }: RequestsDoc): Breach {
  const hint = 'write name: app.example.com, or names: with a list';
  if (one === undefined && names === undefined) {
    return { code: 'scenario-missing', message: 'the requests ask for no name', path: [], hint };
  }
  if (names === undefined) return undefined;
  const extra = one !== undefined ? 'name' : asked !== undefined ? 'types' : undefined;
  if (extra === undefined) {
    if (names.some(({ weight }) => weight !== 0)) return undefined;
    return {
      code: 'scenario-weights',
      message: 'all weights are 0',
      path: ['names'],
      hint: 'give one a weight',
    };
  }
  const message = `${extra} and names exclude each other`;
  return { code: 'scenario-both-names', message, path: [extra], hint: 'move it into the list' };
}

function patternFits(doc: RequestsDoc): Breach {
  const pattern = doc.pattern ?? 'poisson';
  const sessionKey = doc.requests !== undefined ? 'requests' : doc.pause !== undefined ? 'pause' : undefined;
  if (sessionKey !== undefined && pattern !== 'sessions') {
    const message = `${sessionKey} means nothing to the pattern ${pattern}`;
    return { code: 'scenario-pattern-key', message, path: [sessionKey], hint: 'set pattern: sessions' };
  }
  if (doc.diurnal === undefined || pattern !== 'periodic') return undefined;
  const message = 'periodic requests have no daily cycle';
  return {
    code: 'scenario-pattern-key',
    message,
    path: ['diurnal'],
    hint: 'use the pattern poisson or sessions',
  };
}

const resolverName: z.ZodType<string> = reference('Name of a resolver.', 'isp');

const resolvers: z.ZodType<ResolverChoiceDoc[]> = withRules(
  about(
    z.union([
      resolverName.transform((only): ResolverChoiceDoc[] => [{ share: 1, resolvers: [only] }]),
      listOf(resolverName, 'Asked in this order: the later ones when the earlier fail.').transform(
        (list): ResolverChoiceDoc[] => [{ share: 1, resolvers: list }],
      ),
      mapOf(
        field(shareKind, 'Share of the clients.', { example: '70%' }),
        'Shares of the clients.',
      ).transform((shares): ResolverChoiceDoc[] =>
        Object.entries(shares).map(([key, share]) => choice(key, share)),
      ),
    ]) as z.ZodType<ResolverChoiceDoc[]>,
    "One resolver, an ordered list, or shares: { isp: 70%, 'isp, google': 30% }.",
    { isp: '70%', google: '30%' },
  ),
  sharesAddUp,
);

function choice(key: string, share: number): ResolverChoiceDoc {
  return { share, key, resolvers: resolverNames(key) };
}

/** The ordered resolvers behind a key such as `isp, google`. */
export function resolverNames(key: string): string[] {
  return key.split(',').map((text) => text.trim());
}

function sharesAddUp(choices: readonly ResolverChoiceDoc[]): Breach {
  const sum = choices.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) < 1e-9) return undefined;
  const message = `the shares add up to ${shareKind.show(sum)} instead of 100%`;
  return { code: 'scenario-shares', message, path: [], hint: 'change them so that they add up to 100%' };
}

function family(noun: string, fallback: Cited<FamilyState>): z.ZodType<FamilyState> {
  const words = 'silent: packets vanish; unreachable: they are refused at once.';
  const fitting = `How ${noun} addresses can be reached from there. ${words}`;
  return field(wordKind(FAMILY_STATES), fitting, { fallback });
}

const search: z.ZodType<Name[]> = listOf(
  field(nameKind, 'A domain.', { example: 'svc.cluster.local' }),
  'Search list: what names without their final dot are completed with, in this order.',
);

const populationShape: z.ZodType<PopulationDoc> = about(
  z.strictObject({
    count: field(wholeKind(1, 1_000_000_000), 'Simulated clients.', {
      fallback: defaults.count,
    }).exactOptional(),
    represents: field(numberKind(1), 'People they stand for. Default: the count.').exactOptional(),
    region: reference('Where they are. Default: the first region.', 'us-east').exactOptional(),
    ipv4: family('IPv4', defaults.ipv4).exactOptional(),
    ipv6: family('IPv6', defaults.ipv6).exactOptional(),
    population: populationKey.exactOptional(),
    weights: weightsSchema.exactOptional(),
    app: profileSchema(
      APPLICATION_SETTINGS,
      APPLICATIONS,
      `What they run: cache, connections, patience, retries. Default ${defaults.app.value}.`,
    ).exactOptional(),
    os: profileSchema(
      STUB_SETTINGS,
      STUBS,
      `Their operating system: cache and retransmissions. Default ${defaults.os.value}.`,
    ).exactOptional(),
    resolvers: resolvers.exactOptional(),
    search: search.exactOptional(),
    ndots: field(wholeKind(0, 15), 'Names with fewer dots go through the search list first.', {
      fallback: defaults.ndots,
    }).exactOptional(),
    requests,
  }) as z.ZodType<PopulationDoc>,
  'A population of clients.',
);

const population: z.ZodType<PopulationDoc> = withRules(populationShape, dotsNeedList, ...POPULATION_RULES);

function dotsNeedList({ search: list, ndots }: PopulationDoc): Breach {
  if (ndots === undefined || list !== undefined) return undefined;
  const message = 'ndots means nothing without a search list';
  return { code: 'scenario-ndots', message, path: ['ndots'], hint: 'add search: [svc.cluster.local]' };
}

export const clientsSchema: z.ZodType<Record<string, PopulationDoc>> = mapOf(
  population,
  'Populations of clients, by name.',
  {
    browsers: { count: 10_000, requests: { name: 'app.example.com', every: '60s' } },
  },
);
