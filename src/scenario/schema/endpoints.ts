/** `endpoints:`: what names lead to, and how its health is checked. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import { DEFAULTS } from '../defaults.ts';
import { addressKind, durationKind, flagKind, textKind, wholeKind, wordKind } from '../kinds.ts';
import { mapOf, oneOrMore, reference } from './common.ts';
import { about, field, withRules } from './field.ts';

export interface EndpointDoc {
  readonly address: readonly string[];
  readonly region?: string;
  readonly check?: CheckDoc;
}

export interface CheckDoc {
  readonly https?: string;
  readonly http?: string;
  readonly tcp?: boolean;
  readonly interval?: Micros;
  readonly timeout?: Micros;
  readonly failures?: number;
  readonly successes?: number;
  readonly regions?: readonly string[];
  readonly quorum?: number;
  readonly phase?: Micros;
  readonly 'interval-from'?: 'schedule' | 'response';
}

const { check: defaults } = DEFAULTS;

const check: z.ZodType<CheckDoc> = withRules(
  about(
    z.strictObject({
      https: field(textKind, 'Path fetched over HTTPS.', { example: '/health' }).exactOptional(),
      http: field(textKind, 'Path fetched over HTTP.', { example: '/health' }).exactOptional(),
      tcp: field(flagKind, 'A TCP connection is enough.', { example: true }).exactOptional(),
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
        "One checker per region named. Default: one, in the endpoint's own region.",
      ).exactOptional(),
      quorum: field(wholeKind(1), 'Checkers that must say unhealthy. Default: the majority.').exactOptional(),
      phase: field(
        durationKind(),
        'First probe of the first checker. Default: drawn at random.',
      ).exactOptional(),
      'interval-from': field(
        wordKind(['schedule', 'response']),
        'schedule: probes start every interval; response: an interval after the last result.',
        { fallback: defaults.intervalFrom },
      ).exactOptional(),
    }) as z.ZodType<CheckDoc>,
    'A health check of the endpoint.',
    { https: '/health', interval: '10s', failures: 3 },
  ),
  oneWayToCheck,
  quorumFits,
);

function oneWayToCheck({ https, http, tcp }: CheckDoc): ReturnType<typeof quorumFits> {
  const ways = [https, http, tcp === true ? tcp : undefined].filter((way) => way !== undefined).length;
  if (ways === 1) return undefined;
  const message =
    ways === 0 ? 'the check does not say what it probes' : 'the check probes in more than one way';
  return {
    code: 'scenario-check-kind',
    message,
    path: [],
    hint: 'write one of https: /path, http: /path, tcp: true',
  };
}

function quorumFits({
  quorum,
  regions,
}: CheckDoc): { code: string; message: string; path: readonly string[]; hint: string } | undefined {
  const checkers = regions?.length ?? 1;
  if (quorum === undefined || quorum <= checkers) return undefined;
  const message = `a quorum of ${quorum} needs as many checkers, but there ${checkers === 1 ? 'is' : 'are'} ${checkers}`;
  return {
    code: 'scenario-quorum',
    message,
    path: ['quorum'],
    hint: 'list more regions or lower the quorum',
  };
}

const endpoint: z.ZodType<EndpointDoc> = about(
  z.strictObject({
    address: oneOrMore(
      field(addressKind, 'An address.', { example: '203.0.113.10' }),
      'Address, or a list of them.',
    ),
    region: reference('Where the endpoint stands. Default: the first region.', 'us-east').exactOptional(),
    check: check.exactOptional(),
  }),
  'A service that clients connect to.',
);

export const endpointsSchema: z.ZodType<Record<string, EndpointDoc>> = mapOf(
  endpoint,
  'Services that clients connect to. Addresses in zones that no endpoint has become endpoints that never fail.',
  { 'us-east': { address: '203.0.113.10' } },
);
