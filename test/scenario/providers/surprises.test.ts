/**
 * What surprises most about each kind of provider, from a scenario file to what clients are answered before and after the
 * fault, and the words by which a trace tells the rule. The everyday rules are in `every-rule.test.ts`.
 */
import { describe, expect, test } from 'vitest';
import { answers, type Row, said, scenario } from './drill.ts';

const US_AND_EU = '{ at: 5m, fail: endpoint us }, { at: 5m, fail: endpoint eu }';
const ALL_DEAD = `${US_AND_EU}, { at: 5m, fail: endpoint ap }`;
const LUA = '{ enable-lua-records: yes }';

/** `before` and `after` for clients in us, eu and ap; `words`: what the trace of a look-up from us says after. */
type Line = readonly [
  rule: string,
  parts: Omit<Row, 'kind'>,
  before: string,
  after: string,
  words?: RegExp | string,
];

const KINDS: Readonly<Record<string, readonly Line[]>> = {
  route53: [
    [
      'failover, both unhealthy: the primary [dns-failover-types]',
      { policy: '{ route53: { failover: { primary: us, secondary: eu } }, ttl: 5s }', timeline: US_AND_EU },
      'us us us',
      'us us us',
      'us and eu are unhealthy; as both are, the primary is answered',
    ],
    [
      'a primary without a check never fails over',
      {
        policy:
          '{ route53: { failover: { primary: { endpoint: us, check: none }, secondary: eu } }, ttl: 5s }',
      },
      'us us us',
      'us us us',
    ],
    [
      'a secondary without a check is answered, dead or not',
      {
        policy:
          '{ route53: { failover: { primary: us, secondary: { endpoint: eu, check: none } } }, ttl: 5s }',
        timeline: US_AND_EU,
      },
      'us us us',
      'eu eu eu',
      'us is unhealthy',
    ],
    [
      'weights 0 alone: alike',
      {
        policy: '{ route53: { weighted: { us: 0, eu: 0 } }, ttl: 5s }',
        timeline: '{ at: 13m, fail: endpoint us }',
      },
      'eu+us eu+us eu+us',
      'eu+us eu+us eu+us',
    ],
    [
      'weight 0 counts once all others are unhealthy, and says so',
      { policy: '{ route53: { weighted: { us: 1, eu: 0 } }, ttl: 5s }' },
      'us us us',
      'eu eu eu',
      'us is unhealthy; weight 0 counts now that all others are unhealthy',
    ],
    [
      'multivalue, all unhealthy: all of them',
      { policy: '{ route53: { multivalue: [us, eu] }, ttl: 5s }', timeline: US_AND_EU },
      'eu+us eu+us eu+us',
      'eu+us eu+us eu+us',
      'us and eu are unhealthy; as all are, all count as healthy',
    ],
    [
      'geolocation, the whole ladder unhealthy: the smallest place',
      {
        policy: "{ route53: { geolocation: { 'country US': us, default: eu } }, ttl: 5s }",
        timeline: US_AND_EU,
      },
      'us eu eu',
      'us eu eu',
      'us and eu are unhealthy; all records for clients there are unhealthy, so that of the smallest place is answered',
    ],
    [
      'geolocation without a match or a default: no data, while a healthy record stands beside',
      { policy: "{ route53: { geolocation: { 'continent EU': eu } }, ttl: 5s }" },
      'nodata eu nodata',
      'nodata eu nodata',
      'no record is for clients there, and there is no default',
    ],
    [
      'an alias that does not evaluate its target leads into the dead branch',
      {
        policy: '{ route53: { failover: { primary: { alias: deep.example.com }, secondary: ap } }, ttl: 5s }',
        more: '  deep.example.com/A: { route53: { failover: { primary: us, secondary: eu } }, ttl: 5s }\n',
        timeline: US_AND_EU,
      },
      'us us us',
      'us us us',
      /deep\.example\.com does not evaluate its target, where nothing is healthy/,
    ],
    [
      'evaluated over two levels: one living record below is enough',
      {
        policy:
          '{ route53: { failover: { primary: { alias: deep.example.com, evaluate-target-health: true }, secondary: ap } }, ttl: 5s }',
        more: '  deep.example.com/A: { route53: { failover: { primary: us, secondary: eu } }, ttl: 5s }\n',
      },
      'us us us',
      'eu eu eu',
      /us is unhealthy/,
    ],
    [
      'more than 18 % of the checkers are enough: a path lost to one region of three changes nothing',
      {
        policy: '{ route53: { failover: { primary: us, secondary: ap } }, ttl: 5s }',
        timeline: '{ at: 5m, fail: path eu-west/us-east }',
      },
      'us us us',
      'us us us',
    ],
    [
      'a negative bias gives clients away',
      { policy: '{ route53: { geoproximity: [{ endpoint: eu, bias: -90 }, us] }, ttl: 5s }' },
      'us eu us',
      'eu eu eu',
      'us is unhealthy',
    ],
    [
      'a disabled check is healthy',
      {
        policy: '{ route53: { failover: { primary: us, secondary: eu } }, ttl: 5s }',
        timeline: '{ at: 1m, disable: check us }, { at: 5m, fail: endpoint us }',
      },
      'us us us',
      'us us us',
    ],
  ],
  cloudflare: [
    [
      'the fallback pool is answered whatever its health [health-details]',
      {
        policy: '{ cloudflare: { pools: { a: [us], b: [eu] }, steering: off }, ttl: 30s }',
        timeline: US_AND_EU,
      },
      'us us us',
      'eu eu eu',
      /fallback/,
    ],
    [
      'no fallback pool: no data',
      {
        policy: '{ cloudflare: { pools: { a: [us], b: [eu] }, fallback: none, steering: off }, ttl: 30s }',
        timeline: US_AND_EU,
      },
      'us us us',
      'nodata nodata nodata',
    ],
    [
      'a pool without a monitor is healthy for ever',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [{ endpoint: us, check: none }] }, b: [eu] }, steering: off }, ttl: 30s }',
      },
      'us us us',
      'us us us',
    ],
    [
      'geo: an area whose only pool is down goes to the fallback pool, not to the default ones',
      {
        policy:
          '{ cloudflare: { pools: { a: [us], b: [eu], c: [ap] }, default: [b, c], fallback: c, steering: geo, geo: { region ENAM: a } }, ttl: 30s }',
      },
      'us eu eu',
      'ap eu eu',
      /fallback/,
    ],
    [
      'a degraded pool answers with what is up in it',
      { policy: '{ cloudflare: { pools: { a: [us, eu], b: [ap] }, steering: off }, ttl: 30s }' },
      'eu+us eu+us eu+us',
      'eu eu eu',
      /degraded/,
    ],
    [
      'a disabled pool is as though it were not there',
      {
        policy: '{ cloudflare: { pools: { a: [us], b: [eu] }, steering: off }, ttl: 30s }',
        timeline: '{ at: 5m, disable: pool a }',
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'a disabled balancer: its name has the plain record',
      {
        policy: '{ cloudflare: { pools: { a: [us], b: [eu] }, steering: off }, ttl: 30s }',
        records: 'app 5 IN A 203.0.113.4',
        timeline: '{ at: 5m, disable: policy app.example.com/A }',
      },
      'us us us',
      'spare spare spare',
    ],
    [
      'a proxied CNAME is flattened to the edge',
      {
        own: '{ proxied: [alias.example.com] }',
        records: 'alias 5 IN CNAME www\nwww 5 IN A 203.0.113.4',
        asked: 'alias.example.com',
      },
      '10.0.0.24 10.0.0.24 10.0.0.24',
      '10.0.0.24 10.0.0.24 10.0.0.24',
    ],
  ],
  ns1: [
    [
      'up with all down: no data, kept for the hour of the SOA',
      {
        policy: '{ ns1: { answers: [us, eu], chain: [up, { select_first_n: { N: 1 } }] }, ttl: 5s }',
        timeline: US_AND_EU,
      },
      'us us us',
      'nodata nodata nodata',
      /up removes us.*eu.*nothing is left/,
    ],
    [
      'an answer nobody monitors stays, dead or not',
      {
        policy:
          '{ ns1: { answers: [us, { endpoint: eu, check: none }], chain: [up, { select_first_n: { N: 1 } }] }, ttl: 5s }',
        timeline: US_AND_EU,
      },
      'us us us',
      'eu eu eu',
      /up removes us/,
    ],
    [
      'no up in the chain: nothing is monitored for it',
      { policy: '{ ns1: { answers: [us, eu], chain: [{ select_first_n: { N: 1 } }] }, ttl: 5s }' },
      'us us us',
      'us us us',
    ],
    [
      'geotarget removes nothing: without select_first_n all are answered, the nearest first',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: eu, meta: { country: [IE] } }, { endpoint: us, meta: { country: [US] } }], chain: [up, geotarget_country] }, ttl: 5s }',
      },
      'us eu eu',
      'eu eu eu',
      /up removes us/,
    ],
    [
      'geofence keeps answers that say nothing of where they are',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: eu, meta: { country: [IE] } }, spare], chain: [up, geofence_country, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'spare eu spare',
      'spare eu spare',
    ],
    [
      'shed_load: from the high watermark on an answer is gone, though it is up',
      {
        own: '{ feeds: { load: { 0s: 10, 5m: 95 } } }',
        policy:
          '{ ns1: { answers: [{ endpoint: eu, meta: { loadavg: { feed: load }, low_watermark: 50, high_watermark: 90 } }], chain: [shed_load] }, ttl: 5s }',
      },
      'eu eu eu',
      'nodata nodata nodata',
      /shed_load removes eu: nothing is left/,
    ],
  ],
  google: [
    [
      'WRR, all down: as though all were healthy',
      { policy: '{ google: { wrr: { us: 1, eu: 1 } }, ttl: 5s }', timeline: US_AND_EU },
      'eu+us eu+us eu+us',
      'eu+us eu+us eu+us',
      /as though all were healthy/,
    ],
    [
      'failover, nothing healthy: the primary again',
      {
        policy: '{ google: { failover: { primary: us, backup: { eu-west: eu } } }, ttl: 5s }',
        timeline: US_AND_EU,
      },
      'us us us',
      'us us us',
      /healthy/,
    ],
    [
      'a trickle of 100 % is a failover by hand',
      {
        policy: '{ google: { failover: { primary: us, backup: { eu-west: eu }, trickle: 100% } }, ttl: 5s }',
      },
      'eu eu eu',
      'eu eu eu',
    ],
    [
      'behind a fence a dead region is answered for as long as it is dead',
      { policy: '{ google: { geo: { us-east: us, eu-west: eu }, geofence: true }, ttl: 5s }' },
      'us eu eu',
      'us eu eu',
      /fence/,
    ],
    [
      'one unchecked address in an item keeps everybody there',
      { policy: '{ google: { geo: { us-east: [us, spare], eu-west: eu } }, ttl: 5s }' },
      'spare+us eu eu',
      'spare eu eu',
    ],
    [
      'geolocation, all down: the nearest, as though it were healthy',
      {
        policy: '{ google: { geo: { us-east: us, eu-west: eu, ap-southeast: ap } }, ttl: 5s }',
        timeline: ALL_DEAD,
      },
      'us eu ap',
      'us eu ap',
      /healthy/,
    ],
  ],
  azure: [
    [
      'geographic: the mapped endpoint is answered though Degraded [routing methods]',
      { policy: "{ azure: { geographic: { 'country US': us, World: eu } }, ttl: 5s }" },
      'us eu eu',
      'us eu eu',
      'us is Degraded; geographic routing answers it all the same',
    ],
    [
      'nested: MinChildEndpoints 2 gives the child up with one of two',
      {
        policy:
          '{ azure: { priority: [{ profile: deep.example.com, min-child-endpoints: 2 }, ap] }, ttl: 5s }',
        more: '  deep.example.com/A: { azure: { priority: [us, eu] }, ttl: 5s }\n',
      },
      'us us us',
      'ap ap ap',
      /Degraded/,
    ],
    [
      'all Degraded: all count as Online',
      { policy: '{ azure: { priority: [us, eu] }, ttl: 5s }', timeline: US_AND_EU },
      'us us us',
      'us us us',
      'us and eu are Degraded; none is Online, so Degraded ones count as Online',
    ],
    [
      'but Disabled ones stay out of it',
      {
        policy: '{ azure: { priority: [us, { endpoint: eu, status: disabled }] }, ttl: 5s }',
      },
      'us us us',
      'us us us',
      'us is Degraded; eu is Disabled; none is Online, so Degraded ones count as Online',
    ],
    [
      'subnet: nobody for the block and no catch-all: no data',
      { policy: '{ azure: { subnet: { 198.51.100.0/26: us } }, ttl: 5s }' },
      'us nodata nodata',
      'us nodata nodata',
    ],
    [
      'a profile disabled while it runs: NXDOMAIN',
      {
        policy: '{ azure: { priority: [us, eu] }, ttl: 5s }',
        timeline: '{ at: 5m, disable: policy app.example.com/A }',
      },
      'us us us',
      'nxdomain nxdomain nxdomain',
    ],
    [
      'always serve: probed no more, answered for ever',
      { policy: '{ azure: { priority: [{ endpoint: us, check: none }, eu] }, ttl: 5s }' },
      'us us us',
      'us us us',
    ],
  ],
  powerdns: [
    [
      'ifportup, all down: a random one of all sets, the order of sets is lost',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {{'203.0.113.1'}, {'203.0.113.2'}})"`,
        timeline: US_AND_EU,
      },
      'us us us',
      'eu+us eu+us eu+us',
    ],
    [
      'as the documentation reads: of the first set alone',
      {
        own: '{ enable-lua-records: yes, backup-set: first }',
        records: `app 5 IN LUA A "ifportup(443, {{'203.0.113.1'}, {'203.0.113.2'}})"`,
        timeline: US_AND_EU,
      },
      'us us us',
      'us us us',
    ],
    [
      'selector all with all down: backupSelector all is all of them, and clients try each',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {'203.0.113.1', '203.0.113.2'}, {selector='all', backupSelector='all'})"`,
        timeline: US_AND_EU,
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'an error in the code is SERVFAIL',
      { own: LUA, records: 'app 5 IN LUA A "nosuchfunction()"' },
      'servfail servfail servfail',
      'servfail servfail servfail',
    ],
  ],
  coredns: [
    [
      'template answers before file, wherever it stands [plugin.cfg]',
      {
        own: `{ corefile: "example.com {\\n file db.example.com\\n template IN A app.example.com {\\n answer \\"{{ .Name }} 5 IN A 203.0.113.3\\"\\n }\\n}\\n" }`,
        records: 'app 5 IN A 203.0.113.4',
      },
      'ap ap ap',
      'ap ap ap',
    ],
    [
      'hosts without fallthrough ends the chain for other names of its zones',
      {
        own: `{ corefile: "example.com {\\n hosts {\\n 203.0.113.2 app.example.com\\n }\\n file db.example.com\\n}\\n" }`,
        asked: 'www.example.com',
      },
      'nxdomain nxdomain nxdomain',
      'nxdomain nxdomain nxdomain',
    ],
    [
      'a name no block is for is REFUSED',
      { own: `{ corefile: "example.org {\\n whoami\\n}\\n" }`, asked: 'www.example.com' },
      'servfail servfail servfail',
      'servfail servfail servfail',
      'coredns: no server block for the name',
    ],
    [
      'nobody looks at endpoints: a dead address is answered',
      {
        own: `{ corefile: "example.com {\\n file db.example.com\\n}\\n" }`,
        records: 'app 5 IN A 203.0.113.1',
      },
      'us us us',
      'us us us',
    ],
  ],
};

for (const [kind, lines] of Object.entries(KINDS)) {
  describe(kind, () => {
    for (const [what, parts, before, after, words] of lines) {
      test(what, () => {
        const text = scenario({ kind, ...parts });
        expect(answers(text)).toEqual([before, after]);
        if (words === undefined) return;
        const told = said(text, 12, parts.asked);
        if (typeof words === 'string') expect(told).toContain(words);
        else expect(told).toMatch(words);
      });
    }
  });
}
