/**
 * Every rule of every kind of provider, from a scenario file to what clients in three regions are answered: before and
 * well after the endpoint in us-east dies. One line a rule; the details are tested beside each kind.
 */
import { describe, expect, test } from 'vitest';
import { answers, type Row, scenario } from './drill.ts';

type Line = readonly [rule: string, parts: Omit<Row, 'kind'>, before: string, after: string];
const GEO = "'country US': us, 'continent EU': eu";

const LUA = '{ enable-lua-records: yes }';
const corefile = (inside: string): string =>
  `{ corefile: "example.com {\\n ${inside.replaceAll('"', '\\"')}\\n}\\n" }`;

const KINDS: Readonly<Record<string, readonly Line[]>> = {
  generic: [
    ['failover', { policy: '{ failover: { primary: us, secondary: eu }, ttl: 5s }' }, 'us us us', 'eu eu eu'],
  ],
  route53: [
    [
      'the health plane is down: frozen',
      {
        policy: '{ route53: { failover: { primary: us, secondary: eu } }, ttl: 5s }',
        timeline: '{ at: 5m, fail: plane main/health }, { at: 5m, fail: endpoint us }',
      },
      'us us us',
      'us us us',
    ],
    [
      'simple: all, whatever their health',
      { policy: '{ route53: { simple: [us, eu] }, ttl: 5s }' },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
    [
      'weighted',
      { policy: '{ route53: { weighted: { us: 1, eu: 1 } }, ttl: 5s }' },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
    [
      'weighted: 0 only when all others are down',
      { policy: '{ route53: { weighted: { us: 1, eu: 0 } }, ttl: 5s }' },
      'us us us',
      'eu eu eu',
    ],
    [
      'failover',
      { policy: '{ route53: { failover: { primary: us, secondary: eu } }, ttl: 5s }' },
      'us us us',
      'eu eu eu',
    ],
    ['latency', { policy: '{ route53: { latency: [us, eu, ap] }, ttl: 5s }' }, 'us eu ap', 'eu eu ap'],
    [
      'geolocation without a default',
      { policy: `{ route53: { geolocation: { ${GEO} } }, ttl: 5s }` },
      'us eu nodata',
      'us eu nodata',
    ],
    [
      'geolocation climbs to the default',
      { policy: `{ route53: { geolocation: { ${GEO}, default: ap } }, ttl: 5s }` },
      'us eu ap',
      'ap eu ap',
    ],
    [
      'geolocation climbs from state to country',
      {
        policy: "{ route53: { geolocation: { 'state US-VA': us, 'country US': eu, default: ap } }, ttl: 5s }",
      },
      'us ap ap',
      'eu ap ap',
    ],
    [
      'geoproximity',
      { policy: '{ route53: { geoproximity: [us, eu, ap] }, ttl: 5s }' },
      'us eu ap',
      'eu eu ap',
    ],
    [
      'geoproximity with a bias',
      { policy: '{ route53: { geoproximity: [us, { endpoint: ap, bias: 80 }] }, ttl: 5s }' },
      'us ap ap',
      'ap ap ap',
    ],
    [
      'multivalue',
      { policy: '{ route53: { multivalue: [us, eu, ap] }, ttl: 5s }' },
      'ap+eu+us ap+eu+us ap+eu+us',
      'ap+eu ap+eu ap+eu',
    ],
    [
      'IP-based',
      { policy: '{ route53: { ip: { 198.51.100.64/26: eu, default: us } }, ttl: 5s }' },
      'us eu us',
      'us eu us',
    ],
    [
      'alias with evaluate-target-health',
      {
        policy:
          '{ route53: { failover: { primary: { alias: deep.example.com, evaluate-target-health: true }, secondary: ap } }, ttl: 5s }',
        more: '  deep.example.com/A: { route53: { weighted: { us: 1 } }, ttl: 5s }\n',
      },
      'us us us',
      'ap ap ap',
    ],
    [
      'alias without it',
      {
        policy: '{ route53: { failover: { primary: { alias: deep.example.com }, secondary: ap } }, ttl: 5s }',
        more: '  deep.example.com/A: { route53: { weighted: { us: 1 } }, ttl: 5s }\n',
      },
      'us us us',
      'us us us',
    ],
    [
      'calculated check',
      {
        policy:
          '{ route53: { failover: { primary: { endpoint: eu, check: both }, secondary: ap } }, ttl: 5s }',
        checks: 'both: { of: [us, eu], at-least: 2 }',
      },
      'eu eu eu',
      'ap ap ap',
    ],
    [
      'inverted check',
      {
        policy:
          '{ route53: { failover: { primary: { endpoint: eu, check: not }, secondary: ap } }, ttl: 5s }',
        checks: 'not: { endpoint: us, tcp: true, inverted: true }',
      },
      'ap ap ap',
      'eu eu eu',
    ],
    [
      'metric check',
      {
        policy:
          '{ route53: { failover: { primary: { endpoint: us, check: alarm }, secondary: ap } }, ttl: 5s }',
        checks: 'alarm: { metric: us, missing: unhealthy }',
      },
      'us us us',
      'ap ap ap',
    ],
    [
      'checks every 10 s',
      {
        policy:
          '{ route53: { failover: { primary: { endpoint: us, check: fast }, secondary: ap } }, ttl: 5s }',
        checks: 'fast: { endpoint: us, tcp: true, interval: 10s }',
      },
      'us us us',
      'ap ap ap',
    ],
    [
      'all unhealthy: as if all were healthy',
      { policy: '{ route53: { weighted: { us: 1 } }, ttl: 5s }' },
      'us us us',
      'us us us',
    ],
  ],
  cloudflare: [
    [
      'the health plane is down: frozen',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] } }, steering: off }, ttl: 30s }',
        timeline: '{ at: 5m, fail: plane main/health }, { at: 5m, fail: endpoint us }',
      },
      'us us us',
      'us us us',
    ],
    [
      'steering off: the order of the list',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] } }, steering: off }, ttl: 30s }',
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'steering random',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] } }, steering: random }, ttl: 30s }',
      },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
    [
      'steering dynamic latency',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] }, c: { endpoints: [ap] } }, steering: dynamic-latency }, ttl: 30s }',
      },
      'us eu ap',
      'eu eu ap',
    ],
    [
      'steering proximity',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] }, c: { endpoints: [ap] } }, steering: proximity }, ttl: 30s }',
      },
      'us eu ap',
      'eu eu ap',
    ],
    [
      'steering geo',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] } }, steering: geo, geo: { region WNAM: a, region ENAM: a, region WEU: b } }, ttl: 30s }',
      },
      'us eu us',
      'eu eu eu',
    ],
    [
      'steering least outstanding requests',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] } }, steering: least-outstanding-requests }, ttl: 30s }',
      },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
    [
      'steering least connections',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [eu] } }, steering: least-connections }, ttl: 30s }',
      },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
    [
      'all pools critical: the fallback, whatever its health',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us] }, b: { endpoints: [us] } }, steering: off }, ttl: 30s }',
      },
      'us us us',
      'us us us',
    ],
    [
      'minimum origins make a pool critical',
      {
        policy:
          '{ cloudflare: { pools: { a: { endpoints: [us, eu], minimum: 2 }, b: { endpoints: [ap] } }, steering: off }, ttl: 30s }',
      },
      'eu+us eu+us eu+us',
      'ap ap ap',
    ],
    [
      'a flattened CNAME',
      {
        own: '{ flattened: [alias.example.com] }',
        records: 'alias 5 IN CNAME www\nwww 5 IN A 203.0.113.4',
        asked: 'alias.example.com',
      },
      'spare spare spare',
      'spare spare spare',
    ],
    [
      'a proxied name is answered with the edge',
      { own: '{ proxied: [www.example.com] }', asked: 'www.example.com' },
      '10.0.0.24 10.0.0.24 10.0.0.24',
      '10.0.0.24 10.0.0.24 10.0.0.24',
    ],
  ],
  ns1: [
    [
      'the health plane is down: frozen',
      {
        policy: '{ ns1: { answers: [us, eu], chain: [up, { select_first_n: { N: 1 } }] }, ttl: 5s }',
        timeline: '{ at: 5m, fail: plane main/health }, { at: 5m, fail: endpoint us }',
      },
      'us us us',
      'us us us',
    ],
    [
      'up',
      { policy: '{ ns1: { answers: [us, eu], chain: [up, { select_first_n: { N: 1 } }] }, ttl: 5s }' },
      'us us us',
      'eu eu eu',
    ],
    [
      'priority, then up',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { priority: 1, weight: 1, country: [US], georegion: [US-EAST] } }, { endpoint: eu, meta: { priority: 2, weight: 1, country: [IE], georegion: [EUROPE] } }, { endpoint: ap, meta: { priority: 3, weight: 1 } }], chain: [up, priority, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'select_first_n before up can leave nothing',
      {
        policy:
          '{ ns1: { answers: [us, eu], chain: [{ select_first_n: { N: 1, knowingly: true } }, up] }, ttl: 5s }',
      },
      'us us us',
      'nodata nodata nodata',
    ],
    [
      'shuffle',
      {
        policy: '{ ns1: { answers: [us, eu], chain: [up, shuffle, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
    [
      'weighted_shuffle',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { priority: 1, weight: 1, country: [US], georegion: [US-EAST] } }, { endpoint: eu, meta: { priority: 2, weight: 1, country: [IE], georegion: [EUROPE] } }, { endpoint: ap, meta: { priority: 3, weight: 1 } }], chain: [up, weighted_shuffle, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'ap+eu+us ap+eu+us ap+eu+us',
      'ap+eu ap+eu ap+eu',
    ],
    [
      'weighted_sticky',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { priority: 1, weight: 1, country: [US], georegion: [US-EAST] } }, { endpoint: eu, meta: { priority: 2, weight: 1, country: [IE], georegion: [EUROPE] } }, { endpoint: ap, meta: { priority: 3, weight: 1 } }], chain: [up, weighted_sticky, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'ap us us',
      'eu eu ap',
    ],
    [
      'geotarget_country',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { priority: 1, weight: 1, country: [US], georegion: [US-EAST] } }, { endpoint: eu, meta: { priority: 2, weight: 1, country: [IE], georegion: [EUROPE] } }, { endpoint: ap, meta: { priority: 3, weight: 1 } }], chain: [up, geotarget_country, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'us eu eu',
      'eu eu eu',
    ],
    [
      'geotarget_regional',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { priority: 1, weight: 1, country: [US], georegion: [US-EAST] } }, { endpoint: eu, meta: { priority: 2, weight: 1, country: [IE], georegion: [EUROPE] } }, { endpoint: ap, meta: { priority: 3, weight: 1 } }], chain: [up, geotarget_regional, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'us eu eu',
      'eu eu eu',
    ],
    [
      'geofence_country',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { priority: 1, weight: 1, country: [US], georegion: [US-EAST] } }, { endpoint: eu, meta: { priority: 2, weight: 1, country: [IE], georegion: [EUROPE] } }, { endpoint: ap, meta: { priority: 3, weight: 1 } }], chain: [up, { geofence_country: { remove_no_location: true } }, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'us eu ap',
      'ap eu ap',
    ],
    [
      'geofence_regional',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { priority: 1, weight: 1, country: [US], georegion: [US-EAST] } }, { endpoint: eu, meta: { priority: 2, weight: 1, country: [IE], georegion: [EUROPE] } }, { endpoint: ap, meta: { priority: 3, weight: 1 } }], chain: [up, geofence_regional, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'us eu ap',
      'ap eu ap',
    ],
    [
      'netfence_prefix',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, meta: { ip_prefixes: [198.51.100.0/26] } }, { endpoint: eu, meta: { ip_prefixes: [198.51.100.64/26] } }, ap], chain: [up, { netfence_prefix: { remove_no_ip_prefixes: true } }, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'us eu ap',
      'ap eu ap',
    ],
    [
      'select_first_region',
      {
        policy:
          '{ ns1: { answers: [{ endpoint: us, group: west }, { endpoint: eu, group: east }, { endpoint: spare, group: east }], chain: [up, select_first_region] }, ttl: 5s }',
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'a feed',
      {
        own: '{ feeds: { load: { 0s: 10, 5m: 100 } } }',
        policy:
          '{ ns1: { answers: [{ endpoint: eu, meta: { loadavg: { feed: load }, low_watermark: 50, high_watermark: 90 } }, ap], chain: [shed_load, { select_first_n: { N: 1 } }] }, ttl: 5s }',
      },
      'eu eu eu',
      'ap ap ap',
    ],
  ],
  google: [
    [
      'the health plane is down: frozen',
      {
        policy: '{ google: { failover: { primary: us, backup: { eu-west: eu } } }, ttl: 5s }',
        timeline: '{ at: 5m, fail: plane main/health }, { at: 5m, fail: endpoint us }',
      },
      'us us us',
      'us us us',
    ],
    ['wrr', { policy: '{ google: { wrr: { us: 1, eu: 1 } }, ttl: 5s }' }, 'eu+us eu+us eu+us', 'eu eu eu'],
    [
      'geo',
      { policy: '{ google: { geo: { us-east: us, eu-west: eu, ap-southeast: ap } }, ttl: 5s }' },
      'us eu ap',
      'eu eu ap',
    ],
    [
      'geo with a fence',
      {
        policy:
          '{ google: { geo: { us-east: us, eu-west: eu, ap-southeast: ap }, geofence: true }, ttl: 5s }',
      },
      'us eu ap',
      'us eu ap',
    ],
    [
      'failover',
      { policy: '{ google: { failover: { primary: us, backup: { eu-west: eu } } }, ttl: 5s }' },
      'us us us',
      'eu eu eu',
    ],
    [
      'failover with a trickle',
      { policy: '{ google: { failover: { primary: us, backup: { eu-west: eu }, trickle: 50% } }, ttl: 5s }' },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
  ],
  azure: [
    [
      'the health plane is down: frozen',
      {
        policy: '{ azure: { priority: [us, eu] }, ttl: 5s }',
        timeline: '{ at: 5m, fail: plane main/health }, { at: 5m, fail: endpoint us }',
      },
      'us us us',
      'us us us',
    ],
    ['priority', { policy: '{ azure: { priority: [us, eu] }, ttl: 5s }' }, 'us us us', 'eu eu eu'],
    [
      'weighted',
      { policy: '{ azure: { weighted: { us: 1, eu: 1 } }, ttl: 5s }' },
      'eu+us eu+us eu+us',
      'eu eu eu',
    ],
    ['performance', { policy: '{ azure: { performance: [us, eu, ap] }, ttl: 5s }' }, 'us eu ap', 'eu eu ap'],
    [
      'geographic',
      { policy: `{ azure: { geographic: { ${GEO} } }, ttl: 5s }` },
      'us eu nodata',
      'us eu nodata',
    ],
    [
      'multivalue',
      { policy: '{ azure: { multivalue: [us, eu, ap] }, ttl: 5s }' },
      'ap+eu+us ap+eu+us ap+eu+us',
      'ap+eu ap+eu ap+eu',
    ],
    [
      'subnet',
      { policy: '{ azure: { subnet: { 198.51.100.0/26: us, default: eu } }, ttl: 5s }' },
      'us eu eu',
      'eu eu eu',
    ],
    [
      'nested',
      {
        policy: '{ azure: { priority: [{ profile: deep.example.com }, ap] }, ttl: 5s }',
        more: '  deep.example.com/A: { azure: { priority: [us] }, ttl: 5s }\n',
      },
      'us us us',
      'ap ap ap',
    ],
    [
      'alias record set',
      {
        policy: '{ azure: { alias: deep.example.com }, ttl: 5s }',
        more: '  deep.example.com/A: { azure: { priority: [us, eu] }, ttl: 5s }\n',
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'disabled profile',
      { policy: '{ azure: { priority: [us], enabled: false }, ttl: 5s }' },
      'nxdomain nxdomain nxdomain',
      'nxdomain nxdomain nxdomain',
    ],
    ['all degraded', { policy: '{ azure: { priority: [us] }, ttl: 5s }' }, 'us us us', 'us us us'],
  ],
  powerdns: [
    [
      'the health plane is down: frozen',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {{'203.0.113.1'}, {'203.0.113.2'}})"`,
        timeline: '{ at: 5m, fail: plane main/health }, { at: 5m, fail: endpoint us }',
      },
      'us us us',
      'us us us',
    ],
    [
      'ifportup, sets in order',
      { own: LUA, records: `app 5 IN LUA A "ifportup(443, {{'203.0.113.1'}, {'203.0.113.2'}})"` },
      'us us us',
      'eu eu eu',
    ],
    [
      'ifurlup',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifurlup('https://app.example.com/', {{'203.0.113.1'}, {'203.0.113.2'}})"`,
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'selector all',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {'203.0.113.1', '203.0.113.2'}, {selector='all'})"`,
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'selector hashed',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {'203.0.113.1', '203.0.113.2'}, {selector='hashed'})"`,
      },
      'eu us eu',
      'eu eu eu',
    ],
    [
      'selector pickclosest',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {'203.0.113.1', '203.0.113.2', '203.0.113.3'}, {selector='pickclosest'})"`,
      },
      'us eu ap',
      'eu eu ap',
    ],
    [
      'backupSelector empty',
      { own: LUA, records: `app 5 IN LUA A "ifportup(443, {'203.0.113.1'}, {backupSelector='empty'})"` },
      'us us us',
      'nodata nodata nodata',
    ],
    [
      'backupSelector, by default any',
      { own: LUA, records: `app 5 IN LUA A "ifportup(443, {'203.0.113.1'})"` },
      'us us us',
      'us us us',
    ],
    [
      'minimumFailures',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {{'203.0.113.1'}, {'203.0.113.2'}}, {minimumFailures=3})"`,
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'failOnIncompleteCheck',
      {
        own: LUA,
        records: `app 5 IN LUA A "ifportup(443, {{'203.0.113.1'}, {'203.0.113.2'}}, {failOnIncompleteCheck='true'})"`,
      },
      'us us us',
      'eu eu eu',
    ],
    [
      'pickrandom',
      { own: LUA, records: `app 5 IN LUA A "pickrandom({'203.0.113.1', '203.0.113.2'})"` },
      'eu+us eu+us eu+us',
      'eu+us eu+us eu+us',
    ],
    [
      'pickwrandom',
      { own: LUA, records: `app 5 IN LUA A "pickwrandom({{1, '203.0.113.1'}, {1, '203.0.113.2'}})"` },
      'eu+us eu+us eu+us',
      'eu+us eu+us eu+us',
    ],
    [
      'pickwhashed',
      { own: LUA, records: `app 5 IN LUA A "pickwhashed({{1, '203.0.113.1'}, {1, '203.0.113.2'}})"` },
      'eu us eu',
      'eu us eu',
    ],
    [
      'pickclosest',
      { own: LUA, records: `app 5 IN LUA A "pickclosest({'203.0.113.1', '203.0.113.2', '203.0.113.3'})"` },
      'us eu ap',
      'us eu ap',
    ],
    [
      'country',
      { own: LUA, records: `app 5 IN LUA A "country('US') and '203.0.113.1' or '203.0.113.2'"` },
      'us eu eu',
      'us eu eu',
    ],
    [
      'view',
      {
        own: LUA,
        records: `app 5 IN LUA A "view({{{'198.51.100.0/26'}, {'203.0.113.1'}}, {{'0.0.0.0/0'}, {'203.0.113.2'}}})"`,
      },
      'us eu eu',
      'us eu eu',
    ],
    [
      'ALIAS',
      { own: '{ expand-alias: true }', records: 'app 5 IN ALIAS www\nwww 5 IN A 203.0.113.4' },
      'spare spare spare',
      'spare spare spare',
    ],
    [
      'ALIAS is off by default',
      { records: 'app 5 IN ALIAS www\nwww 5 IN A 203.0.113.4' },
      'nodata nodata nodata',
      'nodata nodata nodata',
    ],
    [
      'LUA is off by default',
      { records: `app 5 IN LUA A "pickrandom({'203.0.113.1'})"` },
      'nodata nodata nodata',
      'nodata nodata nodata',
    ],
  ],
  coredns: [
    [
      'file',
      { own: corefile('file db.example.com'), asked: 'www.example.com' },
      'spare spare spare',
      'spare spare spare',
    ],
    [
      'hosts',
      { own: corefile('hosts {\\n 203.0.113.2 app.example.com\\n fallthrough\\n }\\n file db.example.com') },
      'eu eu eu',
      'eu eu eu',
    ],
    [
      'template',
      { own: corefile('template IN A {\\n answer "{{ .Name }} 5 IN A 203.0.113.3"\\n }') },
      'ap ap ap',
      'ap ap ap',
    ],
    [
      'rewrite',
      { own: corefile('rewrite name app.example.com www.example.com answer auto\\n file db.example.com') },
      'spare spare spare',
      'spare spare spare',
    ],
    [
      'acl blocks',
      { own: corefile('acl {\\n block\\n }\\n file db.example.com'), asked: 'www.example.com' },
      'servfail servfail servfail',
      'servfail servfail servfail',
    ],
    [
      'loadbalance',
      {
        own: corefile('loadbalance\\n file db.example.com'),
        records: 'app 5 IN A 203.0.113.2\nno 5 IN A 203.0.113.3\napp 5 IN A 203.0.113.3',
      },
      'ap+eu ap+eu ap+eu',
      'ap+eu ap+eu ap+eu',
    ],
    ['whoami answers nothing', { own: corefile('whoami') }, 'nodata nodata nodata', 'nodata nodata nodata'],
  ],
};

/** Planes, for every kind: `www` moves from spare to eu; then one of them is down meanwhile. */
const MOVE = "{ at: 5m10s, put: example.com, records: 'www 5 IN A 203.0.113.2' }";
const PLANES: readonly Line[] = [
  ['a change', '', 'spare spare spare', 'eu eu eu'],
  ['a change while the control plane is down waits', 'control', 'spare spare spare', 'spare spare spare'],
  ['the edge is down', 'edge', 'spare spare spare', 'servfail servfail servfail'],
].map(([rule, plane, before, after]) => {
  const timeline = plane === '' ? MOVE : `{ at: 5m, fail: plane main/${plane} }, ${MOVE}`;
  return [rule!, { asked: 'www.example.com', timeline }, before!, after!];
});

for (const [kind, lines] of Object.entries(KINDS)) {
  describe(kind, () => {
    test.each([...lines, ...PLANES])('%s', (_, parts, before, after) => {
      expect(answers(scenario({ kind, ...parts }))).toEqual([before, after]);
    });
  });
}
