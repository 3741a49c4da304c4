/** The rules of CoreDNS as an authoritative server, each with its source in the name of its row. */
import { describe, expect, it, test } from 'vitest';
import { MINUTE, type Micros, SECOND } from '../../../../src/base/time.ts';
import type { PluginOrder } from '../../../../src/dns/corefile/order.ts';
import type { Outside } from '../../../../src/model/outside.ts';
import type { FaultSpec, ProviderSpec, WorldSpec } from '../../../../src/model/spec.ts';
import type { ServicesDoc } from '../../../../src/scenario/corefile/cluster.ts';
import { ask, fault, name, outside, play, provider, question, world, worldAt, zone } from '../../world.ts';
import { type CorednsParts, corednsOptions } from './coredns-options.ts';
import { PLACED } from './worlds.ts';

const SERVICES: ServicesDoc = {
  'shop/web': { address: ['10.96.0.20'], ports: { http: 80 } },
  'shop/db': { headless: true, pods: ['10.244.1.7', '10.244.1.8'], ports: { sql: 5432 } },
  'shop/pay': { external: name('pay.example.com.') },
  'other/web': { address: ['10.96.0.30'] },
};

interface Parts extends CorednsParts {
  readonly provider?: Partial<ProviderSpec> & { readonly count?: number };
}

function coredns(corefile: string, { provider: more, ...parts }: Parts = {}): ProviderSpec {
  const options = corednsOptions(corefile, SERVICES, parts);
  return provider({ name: 'ns', kind: 'coredns', options, ...more });
}

const RECORDS = `app 300 IN A 203.0.113.10
two 300 IN A 203.0.113.11
two 300 IN A 203.0.113.12
long 7200 IN A 203.0.113.13
zero 0 IN A 203.0.113.14
way 300 IN CNAME app
out 300 IN CNAME web.shop.svc.cluster.local.
`;

function worldOf(corefile: string, parts: Parts = {}, more: Partial<WorldSpec> = {}): WorldSpec {
  const zones = [{ origin: name('example.com.'), zone: zone('example.com.', RECORDS), providers: [0] }];
  return world({ providers: [coredns(corefile, parts)], zones, network: PLACED, ...more });
}

/** What a server with this Corefile says. */
function says(corefile: string, asked: string, parts: Parts = {}, options = {}): string {
  return ask(outside(worldOf(corefile, parts)), asked, { draw: () => 0, ...options });
}

const FILE = 'file db.example.com example.com';

describe('which block answers (core/dnsserver/server.go ServeDNS)', () => {
  const rows: [what: string, corefile: string, asked: string, answer: string][] = [
    [
      'the longest zone',
      `. {\n template IN A {\n rcode NXDOMAIN\n }\n}\nexample.com {\n ${FILE}\n}`,
      'app.example.com. A',
      'app.example.com. 300 A 203.0.113.10',
    ],
    [
      'a longer one that has no such name does not fall back',
      `example.com {\n ${FILE}\n}\nx.example.com {\n whoami\n}`,
      'app.x.example.com. A',
      'NODATA aa',
    ],
    ['no block: REFUSED', `example.org {\n whoami\n}`, 'app.example.com. A', 'REFUSED'],
    ['a block of another port: REFUSED', `example.com:1053 {\n ${FILE}\n}`, 'app.example.com. A', 'REFUSED'],
    ['a block without plugins: REFUSED', 'example.com {\n}', 'app.example.com. A', 'REFUSED'],
    ['nobody left in the chain: SERVFAIL', 'example.com {\n errors\n}', 'app.example.com. A', 'SERVFAIL'],
    ['a plugin for other zones passes on: SERVFAIL', `. {\n ${FILE}\n}`, 'app.example.org. A', 'SERVFAIL'],
  ];
  test.each(rows)('%s', (_, corefile, asked, answer) => {
    expect(says(corefile, asked)).toBe(answer);
  });
});

describe('file, auto (plugin/file/file.go ServeDNS, plugin/auto/README.md)', () => {
  const rows: [what: string, inside: string, asked: string, answer: string][] = [
    ['data', FILE, 'app.example.com. A', 'app.example.com. 300 A 203.0.113.10'],
    ['no such name', FILE, 'gone.example.com. A', 'NXDOMAIN aa'],
    ['no such type', FILE, 'app.example.com. AAAA', 'NODATA aa'],
    [
      'a CNAME inside',
      FILE,
      'way.example.com. A',
      'way.example.com. 300 CNAME app.example.com.; app.example.com. 300 A 203.0.113.10',
    ],
    ['a zone without data: SERVFAIL', 'file db.other example.org', 'www.example.org. A', 'SERVFAIL'],
    [
      'a CNAME out is followed by the server itself',
      `${FILE}\n kubernetes cluster.local`,
      'out.example.com. A',
      'out.example.com. 300 CNAME web.shop.svc.cluster.local.; web.shop.svc.cluster.local. 5 A 10.96.0.20',
    ],
    [
      '... and stands alone where that leads nowhere',
      FILE,
      'out.example.com. A',
      'out.example.com. 300 CNAME web.shop.svc.cluster.local.',
    ],
    [
      'auto: every zone below its own',
      'auto com {\n directory zones\n }',
      'app.example.com. A',
      'app.example.com. 300 A 203.0.113.10',
    ],
    ['auto: none outside of it', 'auto org {\n directory zones\n }', 'app.example.com. A', 'SERVFAIL'],
    [
      'fallthrough after NXDOMAIN',
      `${FILE} {\n fallthrough\n }\n forward . 192.0.2.200`,
      'gone.example.com. A',
      'SERVFAIL',
    ],
  ];
  test.each(rows)('%s', (_, inside, asked, answer) => {
    expect(says(`. {\n ${inside}\n}`, asked)).toBe(answer);
  });
});

describe('the order of plugins is plugin.cfg, not that of the Corefile', () => {
  it('template answers before file, wherever it stands', () => {
    const template = 'template IN A {\n answer "{{ .Name }} 60 IN A 192.0.2.99"\n }';
    for (const text of [`${template}\n ${FILE}`, `${FILE}\n ${template}`]) {
      expect(says(`. {\n ${text}\n}`, 'app.example.com. A')).toBe('app.example.com. 60 A 192.0.2.99');
    }
  });
  const corefile = `. {\n rewrite name app.example.com two.example.com answer auto\n acl app.example.com {\n block\n }\n ${FILE}\n}`;
  test.each<[source: string, order: PluginOrder, answer: string]>([
    [
      'coredns 7882: rewrite before acl, so acl sees the new name',
      'current',
      'app.example.com. 300 A 203.0.113.11,203.0.113.12',
    ],
    ['CoreDNS 1.12 plugin.cfg: acl before rewrite, so it blocks', 'before-1.14.2', 'REFUSED'],
  ])('%s', (_, order, answer) => {
    expect(says(corefile, 'app.example.com. A', { order })).toBe(answer);
  });
});

describe('hosts (plugin/hosts/hosts.go ServeDNS)', () => {
  const inside =
    'hosts {\n 192.0.2.9 extra.example.com\n 192.0.2.8 extra.example.com\n 192.0.2.7 *.wild.example.com\n';
  const rows: [what: string, more: string, asked: string, answer: string][] = [
    [
      'all addresses of a name, TTL 3600',
      '}',
      'extra.example.com. A',
      'extra.example.com. 3600 A 192.0.2.9,192.0.2.8',
    ],
    ['TTL of its own', 'ttl 7\n}', 'extra.example.com. A', 'extra.example.com. 7 A 192.0.2.9,192.0.2.8'],
    ['another type: NODATA', '}', 'extra.example.com. AAAA', 'NODATA aa'],
    ['no entry: NXDOMAIN without authority', '}', 'app.example.com. A', 'NXDOMAIN'],
    [
      'no entry with fallthrough: the next plugin',
      'fallthrough\n}',
      'app.example.com. A',
      'app.example.com. 300 A 203.0.113.10',
    ],
    [
      'an entry shadows nothing below it in the chain',
      'fallthrough\n}',
      'two.example.com. A',
      'two.example.com. 300 A 203.0.113.11,203.0.113.12',
    ],
    ['a wildcard, one label deep', '}', 'a.wild.example.com. A', 'a.wild.example.com. 3600 A 192.0.2.7'],
    ['... and no deeper', '}', 'b.a.wild.example.com. A', 'NXDOMAIN'],
    ['PTR', '}', '9.2.0.192.in-addr.arpa. PTR', '9.2.0.192.in-addr.arpa. 3600 PTR extra.example.com.'],
    ['no_reverse: none', 'no_reverse\n}', '9.2.0.192.in-addr.arpa. PTR', 'SERVFAIL'],
  ];
  test.each(rows)('%s', (_, more, asked, answer) => {
    expect(says(`. {\n ${inside}${more}\n ${FILE}\n}`, asked)).toBe(answer);
  });
});

describe('template (plugin/template/README.md)', () => {
  const ip =
    'template IN A example.com {\n match ^ip-(?P<a>[0-9]*)-(?P<b>[0-9]*)-(?P<c>[0-9]*)-(?P<d>[0-9]*)[.]\n answer "{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}"\n';
  const hex =
    'template IN A example.com {\n match "^x(?P<b>[a-f0-9]{2})[.]"\n answer "{{ .Name }} 60 IN A 10.0.0.{{ parseInt .Group.b 16 8 }}"\n}';
  const rows: [what: string, inside: string, asked: string, answer: string][] = [
    [
      'groups of the match',
      `${ip} }`,
      'ip-192-0-2-5.example.com. A',
      'ip-192-0-2-5.example.com. 60 A 192.0.2.5',
    ],
    ['no match: SERVFAIL', `${ip} }\n ${FILE}`, 'app.example.com. A', 'SERVFAIL'],
    [
      'no match with fallthrough: the next plugin',
      `${ip} fallthrough\n }\n ${FILE}`,
      'app.example.com. A',
      'app.example.com. 300 A 203.0.113.10',
    ],
    ['another type passes on', `${ip} }\n ${FILE}`, 'app.example.com. AAAA', 'NODATA aa'],
    ['parseInt', hex, 'xff.example.com. A', 'xff.example.com. 60 A 10.0.0.255'],
    ['rcode', 'template ANY ANY {\n rcode NXDOMAIN\n }', 'app.example.com. A', 'NXDOMAIN aa'],
    [
      'what makes no record: SERVFAIL',
      'template IN A {\n answer "{{ .Name }} 60 IN A nonsense"\n }',
      'app.example.com. A',
      'SERVFAIL',
    ],
    [
      'numbered groups',
      'template IN CNAME {\n match ^(.*)[.]example[.]com[.]$\n answer "{{ .Name }} 60 IN CNAME {{ index .Match 1 }}.example.net."\n }',
      'a.example.com. CNAME',
      'a.example.com. 60 CNAME a.example.net.',
    ],
    ['an address that cannot be is SERVFAIL', `${ip} }`, 'ip-999-0-2-5.example.com. A', 'SERVFAIL'],
  ];
  test.each(rows)('%s', (_, inside, asked, answer) => {
    expect(says(`. {\n ${inside}\n}`, asked)).toBe(answer);
  });
});

describe('rewrite (plugin/rewrite/README.md)', () => {
  const rows: [what: string, rule: string, asked: string, answer: string][] = [
    [
      'exact, answer auto',
      'name old.example.com app.example.com answer auto',
      'old.example.com. A',
      'old.example.com. 300 A 203.0.113.10',
    ],
    [
      'without a rule for answers the name does not fit the question',
      'name old.example.com app.example.com',
      'old.example.com. A',
      'app.example.com. 300 A 203.0.113.10',
    ],
    [
      'suffix',
      'name suffix .old.com. .example.com. answer auto',
      'app.old.com. A',
      'app.old.com. 300 A 203.0.113.10',
    ],
    ['prefix', 'name prefix my- - answer auto', 'my-app.example.com. A', 'NXDOMAIN aa'],
    [
      'substring',
      'name substring .old. . answer auto',
      'app.old.example.com. A',
      'app.old.example.com. 300 A 203.0.113.10',
    ],
    [
      'regex with groups, answer name',
      'name regex (.*)-old\\.example\\.com {1}.example.com answer name (.*)\\.example\\.com {1}-old.example.com',
      'app-old.example.com. A',
      'app-old.example.com. 300 A 203.0.113.10',
    ],
    ['type', 'type AAAA A', 'app.example.com. AAAA', 'app.example.com. 300 A 203.0.113.10'],
    ['ttl', 'ttl app.example.com 15', 'app.example.com. A', 'app.example.com. 15 A 203.0.113.10'],
    [
      'ttl between bounds',
      'ttl regex .* 30-60',
      'zero.example.com. A',
      'zero.example.com. 30 A 203.0.113.14',
    ],
    [
      'no match: as it is',
      'name old.example.com two.example.com',
      'app.example.com. A',
      'app.example.com. 300 A 203.0.113.10',
    ],
  ];
  test.each(rows)('%s', (_, rule, asked, answer) => {
    expect(says(`. {\n rewrite ${rule}\n ${FILE}\n}`, asked)).toBe(answer);
  });
  it('stops at the first match unless it continues', () => {
    const rules = (mode: string): string =>
      `. {\n rewrite ${mode} name a.example.com b.example.com answer auto\n rewrite name b.example.com app.example.com answer auto\n ${FILE}\n}`;
    expect(says(rules('stop'), 'a.example.com. A')).toBe('NXDOMAIN aa');
    expect(says(rules('continue'), 'a.example.com. A')).toBe('a.example.com. 300 A 203.0.113.10');
  });
});

describe('acl (plugin/acl/README.md)', () => {
  const EU = 1;
  const rows: [what: string, rules: string, region: number, answer: string][] = [
    ['block: REFUSED', 'block', 0, 'REFUSED'],
    ['filter: empty NOERROR', 'filter', 0, '-> '],
    ['drop: silence', 'drop', 0, 'lost'],
    ['allow before block', 'allow net 192.0.2.0/24\n block', 0, 'app'],
    ['... not from elsewhere', 'allow net 192.0.2.0/24\n block', EU, 'REFUSED'],
    ['another type', 'block type AAAA', 0, 'app'],
    ['no rule that fits: allowed', 'block net 203.0.113.0/24', 0, 'app'],
  ];
  test.each(rows)('%s', (_, rules, region, answer) => {
    const side = outside(worldOf(`. {\n acl {\n ${rules}\n }\n ${FILE}\n}`));
    const delivery = side.ask('192.0.2.1', question('app.example.com. A'), region, 'udp', 0, () => 0.5);
    if (answer === 'lost') expect(delivery.kind).toBe('lost');
    else if (delivery.kind !== 'reply') expect.fail(delivery.kind);
    else {
      const { rcode, answer: sets } = delivery.message;
      const shown = sets.length > 0 ? 'app' : rcode === 'NOERROR' ? '-> ' : rcode;
      expect(shown).toBe(answer);
    }
  });
});

describe('what changes answers', () => {
  const rows: [what: string, inside: string, asked: string, draw: number, answer: string][] = [
    [
      'loadbalance: the order turns (plugin/loadbalance)',
      'loadbalance',
      'two.example.com. A',
      0.6,
      'two.example.com. 300 A 203.0.113.12,203.0.113.11',
    ],
    [
      'without it the order stays',
      '',
      'two.example.com. A',
      0.6,
      'two.example.com. 300 A 203.0.113.11,203.0.113.12',
    ],
    [
      'loadbalance weighted: one first by weight',
      'loadbalance weighted w',
      'two.example.com. A',
      0.7,
      'two.example.com. 300 A 203.0.113.11,203.0.113.12',
    ],
    [
      '... the other with the rest',
      'loadbalance weighted w',
      'two.example.com. A',
      0.8,
      'two.example.com. 300 A 203.0.113.12,203.0.113.11',
    ],
    [
      'loadbalance prefer: a block first',
      'loadbalance {\n prefer 203.0.113.12/32\n }',
      'two.example.com. A',
      0,
      'two.example.com. 300 A 203.0.113.12,203.0.113.11',
    ],
    [
      'cache: TTL at most 3600 (plugin/cache)',
      'cache',
      'long.example.com. A',
      0,
      'long.example.com. 3600 A 203.0.113.13',
    ],
    ['cache 30', 'cache 30', 'app.example.com. A', 0, 'app.example.com. 30 A 203.0.113.10'],
    ['cache: TTL at least 5', 'cache', 'zero.example.com. A', 0, 'zero.example.com. 5 A 203.0.113.14'],
    [
      'cache keepttl',
      'cache {\n keepttl\n }',
      'long.example.com. A',
      0,
      'long.example.com. 7200 A 203.0.113.13',
    ],
    [
      'cache of another zone',
      'cache 30 example.org',
      'app.example.com. A',
      0,
      'app.example.com. 300 A 203.0.113.10',
    ],
    [
      'any: HINFO (RFC 8482)',
      'any',
      'app.example.com. ANY',
      0,
      'app.example.com. 8482 HINFO "ANY obsoleted" "See RFC 8482"',
    ],
    [
      'dns64: AAAA out of A (RFC 6147)',
      'dns64',
      'app.example.com. AAAA',
      0,
      'app.example.com. 300 AAAA 64:ff9b::cb00:710a',
    ],
    ['dns64: a name that is not there stays so', 'dns64', 'gone.example.com. AAAA', 0, 'NXDOMAIN aa'],
  ];
  const files = { w: 'two.example.com\n203.0.113.11 3\n203.0.113.12 1\n' };
  test.each(rows)('%s', (_, inside, asked, draw, answer) => {
    expect(says(`. {\n ${inside}\n ${FILE}\n}`, asked, { files }, { draw: () => draw })).toBe(answer);
  });
});

describe('kubernetes (plugin/kubernetes/README.md, Kubernetes DNS specification 1.1.0)', () => {
  const rows: [what: string, options: string, asked: string, answer: string][] = [
    ['a service, TTL 5', '', 'web.shop.svc.cluster.local. A', 'web.shop.svc.cluster.local. 5 A 10.96.0.20'],
    [
      'TTL of its own',
      'ttl 30',
      'web.shop.svc.cluster.local. A',
      'web.shop.svc.cluster.local. 30 A 10.96.0.20',
    ],
    ['another family: NODATA', '', 'web.shop.svc.cluster.local. AAAA', 'NODATA aa'],
    ['no such service', '', 'gone.shop.svc.cluster.local. A', 'NXDOMAIN aa'],
    ['the search list goes through NXDOMAIN', '', 'example.com.shop.svc.cluster.local. A', 'NXDOMAIN aa'],
    [
      'headless: its pods',
      '',
      'db.shop.svc.cluster.local. A',
      'db.shop.svc.cluster.local. 5 A 10.244.1.7,10.244.1.8',
    ],
    [
      'headless: one pod by name',
      '',
      '10-244-1-7.db.shop.svc.cluster.local. A',
      '10-244-1-7.db.shop.svc.cluster.local. 5 A 10.244.1.7',
    ],
    ['noendpoints: none', 'noendpoints', 'db.shop.svc.cluster.local. A', 'NXDOMAIN aa'],
    [
      'SRV of a service',
      '',
      '_http._tcp.web.shop.svc.cluster.local. SRV',
      '_http._tcp.web.shop.svc.cluster.local. 5 SRV 0 100 80 web.shop.svc.cluster.local.',
    ],
    [
      'SRV of a headless one',
      '',
      '_sql._tcp.db.shop.svc.cluster.local. SRV',
      '_sql._tcp.db.shop.svc.cluster.local. 5 SRV 0 100 5432 10-244-1-7.db.shop.svc.cluster.local.,0 100 5432 10-244-1-8.db.shop.svc.cluster.local.',
    ],
    [
      'ExternalName',
      '',
      'pay.shop.svc.cluster.local. A',
      'pay.shop.svc.cluster.local. 5 CNAME pay.example.com.',
    ],
    ['PTR', '', '20.0.96.10.in-addr.arpa. PTR', '20.0.96.10.in-addr.arpa. 5 PTR web.shop.svc.cluster.local.'],
    ['no PTR: NXDOMAIN', '', '21.0.96.10.in-addr.arpa. PTR', 'NXDOMAIN aa'],
    [
      '... passed on with fallthrough',
      'fallthrough in-addr.arpa',
      '21.0.96.10.in-addr.arpa. PTR',
      'SERVFAIL',
    ],
    [
      'fallthrough of other zones changes nothing',
      'fallthrough in-addr.arpa',
      'gone.shop.svc.cluster.local. A',
      'NXDOMAIN aa',
    ],
    ['pods disabled', '', '10-244-1-7.shop.pod.cluster.local. A', 'NXDOMAIN aa'],
    [
      'pods insecure: any address',
      'pods insecure',
      '10-1-2-3.shop.pod.cluster.local. A',
      '10-1-2-3.shop.pod.cluster.local. 5 A 10.1.2.3',
    ],
    [
      'pods verified: one that is there',
      'pods verified',
      '10-244-1-7.shop.pod.cluster.local. A',
      '10-244-1-7.shop.pod.cluster.local. 5 A 10.244.1.7',
    ],
    ['pods verified: one that is not', 'pods verified', '10-1-2-3.shop.pod.cluster.local. A', 'NXDOMAIN aa'],
    ['only the namespaces listed', 'namespaces other', 'web.shop.svc.cluster.local. A', 'NXDOMAIN aa'],
    ['version', '', 'dns-version.cluster.local. TXT', 'dns-version.cluster.local. 5 TXT "1.1.0"'],
  ];
  test.each(rows)('%s', (_, options, asked, answer) => {
    expect(says(`. {\n kubernetes cluster.local 10.96.0.0/16 {\n ${options}\n }\n}`, asked)).toBe(answer);
  });
});

describe('forward at an authority', () => {
  const primary = provider({ name: 'hidden', first: 9 });
  const both = (to: string): WorldSpec => {
    const zones = [{ origin: name('example.com.'), zone: zone('example.com.', RECORDS), providers: [1] }];
    return worldOf(
      `. {\n forward . ${to}\n}`,
      {},
      { zones, providers: [coredns(`. {\n forward . ${to}\n}`), primary] },
    );
  };
  const aa = (side: Outside): boolean | undefined => {
    const delivery = side.ask('192.0.2.1', question('app.example.com. A'), 0, 'udp', 0, () => 0.5);
    return delivery.kind === 'reply' ? delivery.message.authoritative : undefined;
  };
  it('hands on what an authority says, with authority', () => {
    expect(aa(outside(both('192.0.2.9')))).toBe(true);
  });
  it('hands on what a resolver says, without', () => {
    expect(aa(outside(both('198.51.100.77')))).toBe(false);
  });
});

describe('zones that live in memory (plugin/secondary/README.md, plugin/kubernetes)', () => {
  const SECONDARY = 'example.com {\n secondary {\n transfer from 192.0.2.9\n }\n}';
  const hidden = provider({ name: 'hidden', first: 9 });
  const NS = { kind: 'server', provider: 0, server: 0 } as const;
  const DOWN = { kind: 'down', mode: 'silent' } as const;

  function at(corefile: string, timeline: readonly FaultSpec[], when: Micros, parts: Parts = {}): string {
    const transfer = { from: 1, notify: true };
    const ns = coredns(corefile, { ...parts, provider: { transfer, ...parts.provider } });
    const zones = [{ origin: name('example.com.'), zone: zone('example.com.', RECORDS), providers: [0, 1] }];
    const side = worldAt(worldOf(corefile, parts, { zones, providers: [ns, hidden], timeline }), when);
    return ask(side, 'app.example.com. A', { draw: () => 0.5 });
  }

  const away = (from: Micros, until = Number.POSITIVE_INFINITY): FaultSpec =>
    fault({ kind: 'server', provider: 1, server: 0 }, DOWN, { at: from, until });
  const blip = fault(NS, DOWN, { at: 2 * MINUTE, until: 2 * MINUTE + SECOND });
  const GOOD = 'app.example.com. 300 A 203.0.113.10';

  const rows: [what: string, timeline: readonly FaultSpec[], when: Micros, answer: string][] = [
    ['a primary away: goes on', [away(MINUTE)], 5 * MINUTE, GOOD],
    ['a restart with the primary there: goes on', [blip], 3 * MINUTE, GOOD],
    ['a restart with the primary away: nothing is left', [away(MINUTE), blip], 3 * MINUTE, 'SERVFAIL'],
    [
      '... until the primary is back, asked every 10 s',
      [away(MINUTE, 4 * MINUTE), blip],
      4 * MINUTE + 11 * SECOND,
      GOOD,
    ],
    ['... not before', [away(MINUTE, 4 * MINUTE), blip], 4 * MINUTE - SECOND, 'SERVFAIL'],
  ];
  test.each(rows)('%s', (_, timeline, when, answer) => {
    expect(at(SECONDARY, timeline, when)).toBe(answer);
  });
  it('loses nothing with restarts: off, nor with file', () => {
    const timeline = [away(MINUTE), blip];
    expect(at(SECONDARY, timeline, 3 * MINUTE, { restarts: false })).toBe(GOOD);
    expect(at(`example.com {\n ${FILE}\n}`, timeline, 3 * MINUTE)).toBe(GOOD);
  });
  it('only the server that restarted is without', () => {
    const two = { provider: { count: 2 } };
    const timeline = [away(MINUTE), blip];
    expect(at(SECONDARY, timeline, 3 * MINUTE, two)).toBe('SERVFAIL');
    const transfer = { from: 1, notify: true };
    const ns = coredns(SECONDARY, { provider: { transfer, count: 2 } });
    const zones = [{ origin: name('example.com.'), zone: zone('example.com.', RECORDS), providers: [0, 1] }];
    const side = worldAt(worldOf(SECONDARY, two, { zones, providers: [ns, hidden], timeline }), 3 * MINUTE);
    expect(ask(side, 'app.example.com. A', { address: '192.0.2.2', draw: () => 0.5 })).toBe(GOOD);
  });

  const CLUSTER = '. {\n kubernetes cluster.local\n}';
  const api = fault({ kind: 'plane', provider: 0, plane: 'control' }, DOWN, {
    at: MINUTE,
    until: 4 * MINUTE,
  });
  test.each<[what: string, timeline: readonly FaultSpec[], when: Micros, answer: string]>([
    ['API server away: last known data', [api], 3 * MINUTE, 'web.shop.svc.cluster.local. 5 A 10.96.0.20'],
    ['a restart meanwhile: SERVFAIL', [api, blip], 3 * MINUTE, 'SERVFAIL'],
    [
      'until the API server is back',
      [api, blip],
      4 * MINUTE + SECOND,
      'web.shop.svc.cluster.local. 5 A 10.96.0.20',
    ],
  ])('kubernetes, %s', (_, timeline, when, answer) => {
    const side = play(outside(worldOf(CLUSTER, {}, { timeline })), when);
    expect(ask(side, 'web.shop.svc.cluster.local. A', { draw: () => 0.5 })).toBe(answer);
    const told = side.reactions.map(({ label }) => label);
    expect(told.some((label) => label.includes('comes back without cluster.local.'))).toBe(
      timeline.length > 1,
    );
  });
});

describe('the truth', () => {
  it('is what a server answers that has all its data', () => {
    const corefile = `. {\n hosts {\n 192.0.2.9 extra.example.com\n fallthrough\n }\n template IN A example.com {\n match ^t[.]\n answer "{{ .Name }} 60 IN A 192.0.2.77"\n fallthrough\n }\n loadbalance\n ${FILE}\n}`;
    const side = outside(worldOf(corefile));
    const truth = (text: string): readonly string[] => side.truth(question(text), 0);
    expect(truth('extra.example.com. A')).toEqual(['192.0.2.9']);
    expect(truth('t.example.com. A')).toEqual(['192.0.2.77']);
    expect(truth('two.example.com. A')).toEqual(['203.0.113.11', '203.0.113.12']);
    expect(truth('gone.example.com. A')).toEqual([]);
  });
});
