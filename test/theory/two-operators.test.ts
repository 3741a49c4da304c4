/**
 * Which operator of a zone a resolver asks. Where it looks up every server's address and picks among all alike, an
 * operator with k of n servers gets k/n of the questions, wherever glue came from. One operator that is wrong is then
 * believed by k/n of those who learn something; where only glue counts, by all or nobody.
 */
import { describe, test } from 'vitest';
import type { ResolverOptions } from '../../src/dns/resolve/options.ts';
import { UPSTREAM_REFERENCE } from '../../src/dns/resolve/upstream.ts';
import { COM_SERVER, NET_ZONE, ROOT_SERVER, ROOT_ZONE, World } from '../dns/resolve/harness.ts';
import { type Estimate, expectAgreement, expectDisagreement, replicate } from './estimate.ts';

const QUESTIONS = 400;
/** Addresses of the operator with glue, and of the one without. */
const near = (index: number): string => `192.0.2.${index + 1}`;
const far = (index: number): string => `198.51.100.${index + 1}`;

/** A resolver at a zone with so many servers of either operator; the second gives another answer. */
function world(here: number, there: number, options: Partial<ResolverOptions>, seed: number): World {
  const made = new World({ useIpv6: false, selection: { id: 'uniform' }, ...options }, draws(seed));
  const nearNames = Array.from({ length: here }, (_, index) => `ns${index}.example.com.`);
  const farNames = Array.from({ length: there }, (_, index) => `ns${index}.other.net.`);
  const delegation = [...nearNames, ...farNames].map((name) => `example.com. 172800 NS ${name}`).join('\n');
  const glue = nearNames.map((name, index) => `${name} 172800 A ${near(index)}`).join('\n');
  const other = farNames.map((name, index) => `${name} 172800 A ${far(index)}`).join('\n');
  made.serve(ROOT_SERVER, { '.': ROOT_ZONE });
  made.serve(COM_SERVER, {
    'com.': `com. 900 SOA a. b. 1 1 1 1 1\n${delegation}\n${glue}`,
    'net.': `${NET_ZONE}other.net. 172800 NS ns0.other.net.\nns0.other.net. 172800 A ${far(0)}`,
  });
  const zone = (address: string): string =>
    `example.com. 900 SOA a. b. 1 1 1 1 1\n${delegation}\n${glue}\n*.example.com. 60 A ${address}`;
  const net = `other.net. 900 SOA a. b. 1 1 1 1 1\nother.net. 172800 NS ns0.other.net.\n${other}`;
  for (let index = 0; index < here; index++) made.serve(near(index), { 'example.com.': zone('203.0.113.1') });
  for (let index = 0; index < there; index++)
    made.serve(far(index), { 'example.com.': zone('203.0.113.2'), 'other.net.': net });
  return made;
}

/** Share of the answers that come from the operator without glue, once its addresses had time to be found. */
function shareOfOther(
  here: number,
  there: number,
  replications: number,
  options: Partial<ResolverOptions> = {},
): Estimate {
  return replicate(replications, (replication) => {
    const made = world(here, there, options, replication + 1);
    for (const label of ['x', 'y']) {
      made.resolve(`${label}.example.com. A`);
      made.settle();
    }
    let count = 0;
    for (let index = 0; index < QUESTIONS; index++)
      count += made.resolve(`q${index}.example.com. A`).includes('203.0.113.2') ? 1 : 0;
    return [count / QUESTIONS];
  })[0]!;
}

describe('two operators', () => {
  test.each([
    [2, 4],
    [1, 1],
    [4, 2],
  ])('%i servers with glue, %i without: shares go by numbers', (here, there) => {
    const share = there / (here + there);
    expectAgreement(`operators ${here}+${there}`, shareOfOther(here, there, 25), share);
    const addresses = { when: 'needed' as const, names: 0, fewerPerLevel: 0 };
    const blind = shareOfOther(here, there, 3, { upstream: { ...UPSTREAM_REFERENCE, addresses } });
    expectDisagreement(`operators ${here}+${there}, glue only`, blind, share);
  });
});

/** Draws of a replication: Lehmer's generator. */
function draws(seed: number): () => number {
  let state = 7_919 * seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
