/** Health checks: of one endpoint, and `checks:`, those that stand by themselves. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import { DEFAULTS } from '../defaults.ts';
import { durationKind, flagKind, shareKind, textKind, wholeKind, wordKind } from '../kinds.ts';
import { mapOf, oneOrMore, reference } from './common.ts';
import { about, field, type RuleBreach, withRules } from './field.ts';

export interface CheckDoc {
  readonly https?: string;
  readonly http?: string;
  readonly tcp?: boolean;
  readonly ping?: boolean;
  readonly dns?: boolean;
  readonly by?: string;
  readonly interval?: Micros;
  readonly timeout?: Micros;
  readonly failures?: number;
  readonly successes?: number;
  readonly regions?: readonly string[];
  readonly quorum?: number;
  readonly 'region-quorum'?: number;
  readonly phase?: Micros;
  readonly 'interval-from'?: 'schedule' | 'response';
  readonly inverted?: boolean;
  readonly 'verdict-delay'?: Micros;
  readonly initial?: 'healthy' | 'unhealthy';
}

/** A check beside those of the endpoints: a probe, a count of other checks, or an alarm on a metric. */
export interface NamedCheckDoc extends CheckDoc {
  readonly endpoint?: string;
  readonly of?: readonly string[];
  readonly 'at-least'?: number;
  readonly metric?: string;
  readonly threshold?: number;
  readonly period?: Micros;
  readonly points?: number;
  readonly missing?: 'healthy' | 'unhealthy' | 'last-known';
}

const { check: defaults, alarm } = DEFAULTS;

const SHAPE: Readonly<Record<string, z.ZodType>> = {
  https: field(textKind, 'Path fetched over HTTPS.', { example: '/health' }).exactOptional(),
  http: field(textKind, 'Path fetched over HTTP.', { example: '/health' }).exactOptional(),
  tcp: field(flagKind, 'A TCP connection is enough.', { example: true }).exactOptional(),
  ping: field(flagKind, 'An answer to a ping is enough: the host is up, whatever its service does.', {
    example: true,
  }).exactOptional(),
  dns: field(flagKind, 'A DNS query must be answered.', { example: true }).exactOptional(),
  by: reference(
    'Provider whose checkers probe, with its rules. Default: the first that has checkers of its own, if any.',
    'main',
  ).exactOptional(),
  interval: field(durationKind(1), 'Time between probes of one checker.', {
    fallback: defaults.interval,
  }).exactOptional(),
  timeout: field(durationKind(1), 'A probe without an answer fails after this long.', {
    fallback: defaults.timeout,
  }).exactOptional(),
  failures: field(wholeKind(1, 1000), 'Failures in a row until a checker says unhealthy.', {
    fallback: defaults.failures,
  }).exactOptional(),
  successes: field(wholeKind(1, 1000), 'Successes in a row until it says healthy again.', {
    fallback: defaults.successes,
  }).exactOptional(),
  regions: oneOrMore(
    reference('A region.', 'us-east'),
    "One checker per region named. Default: one, in the endpoint's own region, or as the provider's checkers stand.",
  ).exactOptional(),
  quorum: field(wholeKind(1), 'Checkers that must say unhealthy. Default: the majority.').exactOptional(),
  'region-quorum': field(
    wholeKind(1),
    'Checkers of a region that make it say unhealthy; quorum then counts regions. Default: none, checkers are counted.',
  ).exactOptional(),
  phase: field(durationKind(), 'First probe of the first checker. Default: drawn at random.').exactOptional(),
  'interval-from': field(
    wordKind(['schedule', 'response']),
    'schedule: probes start every interval; response: an interval after the last result.',
    { fallback: defaults.intervalFrom },
  ).exactOptional(),
  'verdict-delay': field(durationKind(), "From the checkers' agreement until the verdict is known.", {
    fallback: defaults.aggregation,
  }).exactOptional(),
  initial: field(
    wordKind(['healthy', 'unhealthy']),
    'What it says before its checkers have come to a verdict: a new check of Cloudflare is down. Default healthy.',
  ).exactOptional(),
  inverted: field(flagKind, 'Says healthy when it finds the endpoint unhealthy.', {
    fallback: defaults.inverted,
  }).exactOptional(),
};

/** Ways to probe, the one that says most first. */
export const WAYS = ['https', 'http', 'tcp', 'ping', 'dns'] as const;

export const checkSchema: z.ZodType<CheckDoc> = withRules(
  about(z.strictObject(SHAPE) as unknown as z.ZodType<CheckDoc>, 'A health check of the endpoint.', {
    https: '/health',
    interval: '10s',
    failures: 3,
  }),
  oneWayToCheck,
  quorumFits,
);

function oneWayToCheck(doc: CheckDoc): RuleBreach | undefined {
  const ways = WAYS.filter((way) => doc[way] !== undefined && doc[way] !== false).length;
  if (ways === 1) return undefined;
  const message =
    ways === 0 ? 'the check does not say what it probes' : 'the check probes in more than one way';
  const hint = 'write one of https: /path, http: /path, tcp: true, ping: true, dns: true';
  return { code: 'scenario-check-kind', message, path: [], hint };
}

function quorumFits({ quorum, regions, by }: CheckDoc): RuleBreach | undefined {
  if (quorum === undefined || (regions === undefined && by !== undefined)) return undefined;
  const checkers = regions?.length ?? 1;
  if (quorum <= checkers) return undefined;
  const message = `a quorum of ${quorum} needs as many checkers, but there ${checkers === 1 ? 'is' : 'are'} ${checkers}`;
  const hint = 'list more regions or lower the quorum';
  return { code: 'scenario-quorum', message, path: ['quorum'], hint };
}

const named: z.ZodType<NamedCheckDoc> = withRules(
  about(
    z.strictObject({
      ...SHAPE,
      endpoint: reference('Endpoint to be probed.', 'us-east').exactOptional(),
      of: oneOrMore(
        reference('A check, or an endpoint that has one.', 'us-east'),
        'Other checks to be counted, listed before this one.',
      ).exactOptional(),
      'at-least': field(wholeKind(0), 'How many of them must be healthy. Default: all.').exactOptional(),
      metric: reference('Endpoint whose failing requests are watched.', 'us-east').exactOptional(),
      threshold: field(shareKind, 'Share of failing requests that sets the alarm off.', {
        fallback: alarm.threshold,
      }).exactOptional(),
      period: field(durationKind(1), 'Time between data points.', {
        fallback: alarm.period,
      }).exactOptional(),
      points: field(wholeKind(1, 1000), 'Data points in a row that turn the alarm.', {
        fallback: alarm.points,
      }).exactOptional(),
      missing: field(wordKind(['healthy', 'unhealthy', 'last-known']), 'What missing data say.', {
        fallback: alarm.missing,
      }).exactOptional(),
    }) as unknown as z.ZodType<NamedCheckDoc>,
    'A check beside those of the endpoints: a probe, a count of other checks, or an alarm on a metric.',
  ),
  oneKind,
  (doc) => (doc.endpoint === undefined ? undefined : oneWayToCheck(doc)),
  quorumFits,
);

function oneKind({ endpoint, of, metric }: NamedCheckDoc): RuleBreach | undefined {
  if ([endpoint, of, metric].filter((one) => one !== undefined).length === 1) return undefined;
  const message = 'the check must be one of three: a probe, a count, an alarm';
  const hint = 'write one of endpoint: NAME, of: [NAMES], metric: NAME';
  return { code: 'scenario-check-kind', message, path: [], hint };
}

export const checksSchema: z.ZodType<Record<string, NamedCheckDoc>> = mapOf(
  named,
  'Health checks that stand by themselves, by name; policies refer to them.',
  { either: { of: ['us-east', 'eu-west'], 'at-least': 1 } },
);
