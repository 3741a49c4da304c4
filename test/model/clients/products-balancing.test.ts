/** Proxies with several addresses of which one is dead: who meets it, and how often. */
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { ApplicationBehaviour } from '../../../src/profiles/client-behaviour.ts';
import { fault } from '../world.ts';
import { asks, drill, NEW_ADDRESS, OLD_ADDRESS, OLD_ENDPOINT, observe } from './population-world.ts';
import { product, users } from './products.ts';

/** One process that gets a request each second for a name with two addresses; one is silent from 100 s on. */
function requests(app: ApplicationBehaviour, until = Number.POSITIVE_INFINITY): readonly Observation[] {
  const at = { at: 100 * SECOND, until: until * SECOND };
  const spec = drill({
    duration: 1000 * SECOND,
    records: `two 3600 IN A ${OLD_ADDRESS}\ntwo 3600 IN A ${NEW_ADDRESS}`,
    populations: [users({ ...app, keepAlive: 0 }, 1, { questions: [asks('two.example.com. A')] })],
    timeline: [fault(OLD_ENDPOINT, { kind: 'down', mode: 'silent' }, at)],
  });
  return observe(spec).seen;
}

const madeIn = (seen: readonly Observation[], from: number, to: number): readonly Observation[] =>
  seen.filter(({ at }) => at >= from * SECOND && at < to * SECOND);
const slowIn = (seen: readonly Observation[], from: number, to: number): number[] =>
  madeIn(seen, from, to)
    .filter(({ latency }) => latency > 30 * SECOND)
    .map(({ at }) => at / SECOND);
const share = (count: number, of: number): number => count / of;

describe('nginx (max_fails 1, fail_timeout 10 s, proxy_connect_timeout 60 s)', () => {
  const seen = requests(product('nginx-static'));

  it('spreads requests evenly while both live', () => {
    const old = madeIn(seen, 0, 100).filter(({ address }) => address === OLD_ADDRESS).length;
    expect(Math.abs(share(old, 100) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 100));
  });

  it('sends half of them to the dead one until the first time-out', () => {
    const slow = slowIn(seen, 100, 159).length;
    expect(Math.abs(share(slow, 59) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 59));
  });

  it('then lets one request try it at a time, no more than one in 10 s', () => {
    const slow = slowIn(seen, 165, 900);
    const gaps = slow.slice(1).map((at, index) => at - slow[index]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10);
    // A draw of one in two each second once the 10 s are over: 11 s on average.
    expect(Math.abs(slow.length - 735 / 11)).toBeLessThan(10);
  });

  it('without that memory every second request meets it (negative control)', () => {
    const forgetful = {
      ...product('nginx-static'),
      addresses: { style: 'balanced', families: 'as-asked' },
    } as const;
    const slow = slowIn(requests(forgetful), 165, 900).length;
    expect(Math.abs(share(slow, 735) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 735));
  });

  it('goes back to even shares once the address works again', () => {
    const healed = madeIn(requests(product('nginx-static'), 500), 540, 1000);
    const old = healed.filter(({ address }) => address === OLD_ADDRESS).length;
    expect(Math.abs(share(old, healed.length) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / healed.length));
  });
});

describe('Envoy STRICT_DNS without retries', () => {
  it('fails every second request as long as the dead host is among the addresses', () => {
    const failed = madeIn(requests(product('envoy-strict-dns')), 110, 900).filter(
      ({ cause }) => cause !== '',
    );
    expect(Math.abs(share(failed.length, 790) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 790));
    expect(new Set(failed.map(({ cause }) => cause))).toEqual(new Set(['dead-address/authority']));
  });
});
