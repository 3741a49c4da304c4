/** The whole scenario document. This is its one definition: reader, JSON Schema, help and `explain` use it. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import { DEFAULTS } from '../defaults.ts';
import { durationKind, shareKind, textKind, wholeKind, wordKind } from '../kinds.ts';
import { CHANGES, type ChangeDoc } from './changes.ts';
import { checksSchema, type NamedCheckDoc } from './checks.ts';
import { clientsSchema, type PopulationDoc } from './clients.ts';
import { listOf, mapOf } from './common.ts';
import { type EndpointDoc, endpointsSchema } from './endpoints.ts';
import { FAULTS, type FaultDoc } from './faults.ts';
import { about, field } from './field.ts';
import { type NetworkDoc, networkSchema } from './network.ts';
import { type PolicyDoc, policiesSchema } from './policies.ts';
import { type ProviderPricesDoc, pricesSchema } from './prices.ts';
import { type ProfilesDoc, profilesSchema } from './profiles.ts';
import { type ProviderDoc, providersSchema } from './providers.ts';
import { type ResolverDoc, resolversSchema } from './resolvers.ts';
import { type ZoneDoc, zonesSchema } from './zones.ts';

const SCENARIO_SCHEMA_VERSION = 1;

export type TimelineDoc = FaultDoc | ChangeDoc;

export interface ScenarioDoc {
  readonly schema?: number;
  readonly title?: string;
  readonly description?: string;
  readonly duration: Micros;
  readonly seed?: number;
  readonly replications?: number;
  readonly start?: 'warm' | 'cold';
  readonly network?: NetworkDoc;
  readonly providers?: Readonly<Record<string, ProviderDoc>>;
  readonly zones: readonly ZoneDoc[];
  readonly endpoints?: Readonly<Record<string, EndpointDoc>>;
  readonly checks?: Readonly<Record<string, NamedCheckDoc>>;
  readonly policies?: Readonly<Record<string, PolicyDoc>>;
  readonly profiles?: ProfilesDoc;
  readonly resolvers?: Readonly<Record<string, ResolverDoc>>;
  readonly clients: Readonly<Record<string, PopulationDoc>>;
  readonly timeline?: readonly TimelineDoc[];
  readonly prices?: Readonly<Record<string, ProviderPricesDoc>>;
  readonly strategies?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly recovery?: { readonly target?: number; readonly hold?: Micros };
  readonly expect?: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

/** The key that names the action of a timeline entry, and its schema. */
export const ACTIONS: Readonly<Record<string, z.ZodType<TimelineDoc>>> = { ...FAULTS, ...CHANGES };

const expectation = field(textKind, 'METRIC OPERATOR VALUE.', { example: 'recovery.p99 < 5m' });
const expectations = z.array(expectation);

const recovery: z.ZodType<NonNullable<ScenarioDoc['recovery']>> = about(
  z.strictObject({
    target: field(shareKind, 'Availability counts as restored at this share of successful requests.', {
      fallback: DEFAULTS.recovery.target,
    }).exactOptional(),
    hold: field(durationKind(), '... once it has stayed there this long.', {
      fallback: DEFAULTS.recovery.hold,
    }).exactOptional(),
  }),
  'When a population counts as recovered.',
);

export const scenarioSchema: z.ZodType<ScenarioDoc> = about(
  z.strictObject({
    schema: field(wholeKind(1, SCENARIO_SCHEMA_VERSION), 'Version of the format.', {
      example: SCENARIO_SCHEMA_VERSION,
    }).exactOptional(),
    title: field(
      textKind,
      'One line that says what is drilled. Default: the name of the file.',
    ).exactOptional(),
    description: field(textKind, 'What the scenario shows, and where its numbers come from.').exactOptional(),
    duration: field(durationKind(1), 'Length of the run in virtual time.', { example: '1h' }),
    seed: field(wholeKind(0), 'Start of the random draws.', { fallback: DEFAULTS.seed }).exactOptional(),
    replications: field(wholeKind(1, 100_000), 'Runs with different draws.', {
      fallback: DEFAULTS.replications,
    }).exactOptional(),
    start: field(wordKind(['warm', 'cold']), 'Whether caches are filled at the start.', {
      fallback: DEFAULTS.start,
    }).exactOptional(),
    network: networkSchema.exactOptional(),
    providers: providersSchema.exactOptional(),
    zones: zonesSchema,
    endpoints: endpointsSchema.exactOptional(),
    checks: checksSchema.exactOptional(),
    policies: policiesSchema.exactOptional(),
    profiles: profilesSchema.exactOptional(),
    resolvers: resolversSchema.exactOptional(),
    clients: clientsSchema,
    timeline: about(
      z.array(about(z.union(Object.values(ACTIONS) as [z.ZodType<TimelineDoc>]), 'A fault or a change.')),
      'What happens, each with its time.',
      [{ at: '10m', fail: 'endpoint us-east', for: '20m' }],
    ).exactOptional(),
    prices: pricesSchema.exactOptional(),
    strategies: mapOf(
      mapOf(z.unknown() as z.ZodType<unknown>, 'Values by path, as --set takes them.'),
      'Variants to compare, each a set of values by path.',
      { 'ttl 30': { 'policies.app.example.com/A.failover.ttl': '30s' } },
    ).exactOptional(),
    recovery: recovery.exactOptional(),
    expect: about(
      z.union([
        about(expectations, 'Expectations for every strategy.'),
        mapOf(listOf(expectation, 'Expectations for this strategy.'), 'Expectations by strategy.'),
      ]),
      'What must hold for the run to pass.',
      ['recovery.p99 < 5m', 'availability.min >= 50%'],
    ).exactOptional(),
  }) as z.ZodType<ScenarioDoc>,
  'A drill for dnsdrill.',
);
