/** What findings cost: each trial shows a loss that its fix makes smaller. */
import { describe, expect, it, test } from 'vitest';
import { lint } from '../../src/advice/lint/lint.ts';
import { CHECKED, FAILOVER, type Parts, PUT, UNCHECKED, written } from './parts.ts';

describe('what findings cost', () => {
  const trialOf = (rule: string, parts: Parts) => {
    const input = { text: written(parts), file: 'drill.yaml' };
    return lint([input], { only: [rule] }).report!.findings[0]!.trial!;
  };

  test.each<[string, Parts]>([
    ['single-provider', { providers: '{ one: {} }' }],
    [
      'single-provider',
      {
        providers: '{ one: {} }',
        zone: '{ name: example.com, records: "app 300 A 203.0.113.10\\n@ 172800 NS ns1.one-dns.net." }',
      },
    ],
    ['one-failure-domain', { providers: '{ one: { sites: [us] } }' }],
    ['single-endpoint', { providers: '{ one: {} }' }],
    ['single-endpoint', { endpoints: '{}', timeline: '[]', providers: '{ one: {} }' }],
    ['no-health-check', { endpoints: UNCHECKED, policies: FAILOVER, providers: '{ one: {} }' }],
    [
      'check-slower-than-ttl',
      { endpoints: CHECKED.replaceAll('10s', '2m'), policies: FAILOVER, providers: '{ one: {} }' },
    ],
    [
      'all-unhealthy',
      {
        policies: FAILOVER.replace('secondary: eu', 'secondary: eu, both-unhealthy: none'),
        providers: '{ one: {} }',
      },
    ],
    [
      'missing-default',
      { policies: '{ app.example.com/A: { regions: { eu: eu } } }', providers: '{ one: {} }' },
    ],
    [
      'failover-ttl',
      { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, ttl: 1h'), providers: '{ one: {} }' },
    ],
    [
      'ttl-before-change',
      { zone: '{ name: example.com, records: "app 3600 A 203.0.113.10" }', timeline: PUT(60) },
    ],
    [
      'secondary-without-check',
      {
        providers: '{ one: {} }',
        endpoints:
          '{ us: { address: 203.0.113.10, check: { https: /h, interval: 10s } }, eu: { address: 198.51.100.20 } }',
        policies: FAILOVER,
      },
    ],
    [
      'ttl-before-change',
      {
        providers: '{ one: {} }',
        policies: '{ app.example.com/A: { weighted: { us: 1, eu: 0 }, ttl: 1h } }',
        timeline: '[{ at: 10m, weight: policy app.example.com/A, to: { us: 0, eu: 1 } }]',
      },
    ],
    [
      'negative-ttl',
      {
        zone: '{ name: example.com, records: "@ 1d SOA ns1.one-dns.net. h 1 7200 900 1209600 86400\\napp 60 A 203.0.113.10" }',
      },
    ],
  ])('%s costs less with its fix: %j', (rule, parts) => {
    const trial = trialOf(rule, parts);
    expect(trial.userMinutesLost).toBeGreaterThan(0);
    expect(trial.userMinutesLostWithRemedy).toBeLessThan(trial.userMinutesLost / 1.2);
  });

  it('is the same every time, and may be left out or asked for everywhere', () => {
    const parts = { providers: '{ one: {} }' };
    const input = { text: written(parts), file: 'drill.yaml' };
    expect(lint([input])).toEqual(lint([input]));
    const trials = (which: 'none' | 'all') =>
      lint([input], { trials: which }).report!.findings.filter(({ trial }) => trial).length;
    expect(trials('none')).toBe(0);
    expect(trials('all')).toBe(2);
  });

  it('counts people as the scenario does', () => {
    const clients = (represents: number) =>
      `{ users: { count: 100, represents: ${represents}, resolvers: isp, requests: { name: app.example.com, every: 60s } } }`;
    const [few, many] = [1_000, 100_000].map(
      (count) => trialOf('single-endpoint', { clients: clients(count) }).userMinutesLost,
    );
    expect(many! / few!).toBeCloseTo(100, 0);
  });
});
