/** Private DNS zones linked to virtual networks [Azure dns/private-dns-fallback; REST API, virtualNetworkLinks]. */
import { describe, expect, it, test } from 'vitest';
import { World } from '../../../src/model/world.ts';
import { describeSource } from '../../../src/scenario/effective.ts';
import { line, load, mustLoad } from '../base.ts';

const ZONE = 'privatelink.blob.core.windows.net';
/** Storage accounts of two tenants: `ours` has a private endpoint in this network, `theirs` has one elsewhere. */
const scenario = (name: string, link = ''): string => `duration: 10m
start: cold
providers:
  public: { kind: azure }
  network: { kind: azure }
zones:
  - name: windows.net
    providers: public
    records: |
      ours.blob.core 60 IN CNAME ours.privatelink.blob.core
      theirs.blob.core 60 IN CNAME theirs.privatelink.blob.core
      ours.privatelink.blob.core 60 IN A 203.0.113.1
      theirs.privatelink.blob.core 60 IN A 203.0.113.2
      ours.privatelink.blob.core 60 IN AAAA 2001:db8::1
  - name: ${ZONE}
    providers: network
    private: { resolvers: vnet${link} }
    records: |
      ours 10 IN A 10.0.0.4
resolvers:
  vnet: { profile: azure-resolver, count: 1 }
  isp: { count: 1 }
clients:
  machines: { count: 5, resolvers: vnet, requests: { name: ${name}, every: 10s } }
  people: { count: 5, resolvers: isp, requests: { name: ${name}, every: 10s } }
`;
const REDIRECT = ', resolution-policy: nxdomain-redirect';

/** What each population was answered. */
function answers(text: string): string {
  const { spec } = mustLoad(text).strategies[0]!;
  const seen = spec.populations.map(() => new Set<string>());
  const world = new World(spec, 1, 0, {
    observer: ({ population, address, outcome }) => {
      const index = spec.populations.findIndex((one) => one.name === population);
      seen[index]!.add(address ? `${address} ${outcome}` : outcome);
    },
  });
  world.runUntil(spec.duration);
  return seen.map((one) => [...one].join(' | ')).join(', ');
}

const rows: [what: string, name: string, link: string, machines: string, people: string][] = [
  ['a private endpoint', 'ours.blob.core.windows.net', '', '10.0.0.4', '203.0.113.1'],
  [
    'by default what the linked zone lacks does not exist',
    'theirs.blob.core.windows.net',
    '',
    'nxdomain',
    '203.0.113.2',
  ],
  [
    'NxDomainRedirect: it is asked for in public',
    'theirs.blob.core.windows.net',
    REDIRECT,
    '203.0.113.2',
    '203.0.113.2',
  ],
  [
    'NxDomainRedirect: the private endpoint goes first',
    'ours.blob.core.windows.net',
    REDIRECT,
    '10.0.0.4',
    '203.0.113.1',
  ],
  [
    'NxDomainRedirect: unknown in public too',
    'none.privatelink.blob.core.windows.net',
    REDIRECT,
    'nxdomain',
    'nxdomain',
  ],
];
test.each(rows)('%s', (_, name, link, machines, people) => {
  const wanted = [machines, people].map((one) => (one === 'nxdomain' ? one : `${one} served`)).join(', ');
  expect(answers(scenario(name, link))).toBe(wanted);
});

it('NxDomainRedirect: no such type in the linked zone is final', () => {
  const text = scenario('{ name: ours.blob.core.windows.net, types: AAAA }', REDIRECT)
    .replaceAll('requests: { name: { name: ', 'requests: { name: ')
    .replaceAll('types: AAAA }, every', 'types: AAAA, every');
  expect(answers(text)).toBe('nodata, 2001:db8::1 served');
});

describe('resolution-policy', () => {
  it('is explained with its sources', () => {
    const { effective } = mustLoad(scenario('ours.blob.core.windows.net')).strategies[0]!;
    const found = effective.find(({ path }) => path === 'zones.1.private.resolution-policy')!;
    expect(`${found.value} <- ${describeSource(found.from)}`).toBe(
      'default <- default (a private zone is final: Azure dns/private-dns-fallback, Route 53 hosted-zone-private-considerations; documentation)',
    );
  });
  it('is for zones of Private Link', () => {
    const text = scenario('ours.blob.core.windows.net', REDIRECT).replaceAll('privatelink', 'inside');
    expect(load(text).issues.map(line)).toEqual([
      '17:52 warning scenario-redirect: Azure redirects what zones of Private Link deny, and inside.blob.core.windows.net. is none (zones.1.private.resolution-policy) -> their names begin with privatelink',
    ]);
  });
  it('is one of two words', () => {
    expect(
      load(scenario('ours.blob.core.windows.net', ', resolution-policy: nxdomain')).issues.map(line),
    ).toEqual([expect.stringContaining('scenario-bad-word')]);
  });
});
