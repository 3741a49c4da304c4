/** Load at each hop of a chain of resolvers. */
import { expect, it } from 'vitest';
import { loadScenario, playTask } from '../../src/index.ts';

const TEXT = `
duration: 20m
replications: 1
zones:
  - name: example.com
    records: app 60 IN A 203.0.113.10
resolvers:
  isp: { profile: unbound, count: 2 }
  router: { profile: dnsmasq, count: 40, forward: isp }
clients:
  homes: { count: 120, app: none, os: none, resolvers: router, requests: { name: app.example.com, every: 20s } }
`;

it('forwarders and the last resolver are counted apart, in the order a request meets them', () => {
  const { scenario, issues } = loadScenario({ text: TEXT, file: 'drill.yaml' });
  if (!scenario) throw new Error(JSON.stringify(issues));
  const { hops } = playTask(scenario, { strategy: 0, replication: 0 });
  const names = hops.map(({ hop }) => hop);
  expect(names.indexOf('resolver router')).toBe(names.indexOf('resolver isp') - 1);
  const [router, isp, zone] = ['resolver router', 'resolver isp', 'main'].map(
    (name) => hops.find(({ hop }) => hop === name)!,
  ) as [(typeof hops)[number], (typeof hops)[number], (typeof hops)[number]];
  expect(router.queries).toBeGreaterThan(6500);
  // Nobody else asks the ISP: its load is what the routers could not answer and did not join.
  expect(isp.queries).toBeLessThanOrEqual(router.queries - router.hits!);
  expect(isp.queries).toBeGreaterThan(0.98 * (router.queries - router.hits!));
  // One fetch per router and TTL, some 20 routers per instance of the ISP: most of them are hits there.
  expect(isp.queries / 40).toBeGreaterThan(15);
  expect(isp.queries / 40).toBeLessThanOrEqual(21);
  expect(zone.queries).toBeLessThan(isp.queries / 4);
});
