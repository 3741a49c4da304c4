/** The rules of health checks in words, as reports tell them. */
import { expect, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { ruleOf } from '../../../src/model/authority/health/words.ts';
import type { CheckSpec, SignalSpec } from '../../../src/model/spec.ts';
import { CHECK, PRIMARY, SECONDARY, world } from '../world.ts';

const of = (check: Partial<CheckSpec>, healthy = false): string =>
  ruleOf(world({ endpoints: [{ ...PRIMARY, check: { ...CHECK, ...check } }, SECONDARY] }), 0, healthy);
const named = (check: SignalSpec): string =>
  ruleOf(world({ checks: [{ name: 'c', check }], endpoints: [PRIMARY, SECONDARY] }), 0, false);

const TIMES = 'every 10 s with 4 s to answer';
const FIFTEEN = Array.from({ length: 15 }, () => 0);
const NINE = [0, 0, 0, 1, 1, 1, 2, 2, 2];
const GOOGLE = { regions: NINE, quorum: 2, regionQuorum: 2 };

const rows: [what: string, said: string, expected: string][] = [
  ['one checker', of({}), `one checker, after 3 failures in a row, ${TIMES}`],
  ['back again', of({ successes: 1 }, true), `one checker, after 1 success, ${TIMES}`],
  [
    'Route 53',
    of({ regions: FIFTEEN, quorum: 13 }),
    `13 of 15 checkers agree, after 3 failures in a row each, ${TIMES}`,
  ],
  [
    'Route 53, back again: more than 18 %',
    of({ regions: FIFTEEN, quorum: 13 }, true),
    `3 of 15 checkers agree, after 3 successes in a row each, ${TIMES}`,
  ],
  [
    'Google Cloud DNS',
    of(GOOGLE),
    `2 of 3 regions agree, each by 2 of its 3 checkers, after 3 failures in a row each, ${TIMES}`,
  ],
  [
    'NS1',
    of({ failures: 1, recheck: { times: 1, after: SECOND } }),
    `one checker, after 1 failure, repeated once after 1 s, ${TIMES}`,
  ],
  [
    'Cloudflare',
    of({ failures: 1, recheck: { times: 2, after: 0 }, aggregation: 5 * SECOND }),
    `one checker, after 1 failure, repeated 2 times at once, ${TIMES}, and 5 s until the verdict`,
  ],
  [
    'inverted: it says unhealthy since its checker found it well',
    of({ inverted: true }),
    `one checker, after 3 successes in a row, ${TIMES}`,
  ],
  [
    'calculated',
    named({ kind: 'calculated', of: [{ kind: 'endpoint', endpoint: 0 }], needed: 1, inverted: false }),
    'of 1 check 1 has to be healthy',
  ],
  [
    'an alarm',
    named({
      kind: 'metric',
      endpoint: 0,
      threshold: 0.5,
      period: 60 * SECOND,
      points: 2,
      missing: 'healthy',
      inverted: false,
    }),
    '2 data points in a row, 1 min each',
  ],
];
test.each(rows)('%s', (_, said, expected) => {
  expect(said).toBe(expected);
});
