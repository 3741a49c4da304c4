/** CoreDNS with its cache and forward plugins, alone and as Kubernetes deploys it. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const CACHE = 'CoreDNS 1.14 plugin/cache';
const FORWARD = 'CoreDNS 1.14 plugin/forward';
const COREFILE = 'Kubernetes cluster/addons/dns/coredns/coredns.yaml.base';

export const COREDNS: Preset = {
  id: 'coredns',
  title: 'CoreDNS 1.14 with the cache and forward plugins',
  notes: [
    'It asks the resolvers its `forward` names; without `forward` it walks from the root here, as it never does.',
    'An upstream that fails is probed every 0.5 s and counts as down after three failed probes (more than max_fails 2); when all ' +
      'are down one is picked at random all the same.',
    'A full cache throws out entries at random; look-ups beyond max_concurrent get REFUSED, here SERVFAIL.',
  ],
  values: {
    'ttl-floor': cited('5s', 'source', 'CoreDNS 1.14 plugin/pkg/dnsutil/ttl.go MinimalDefaultTTL'),
    'ttl-cap': cited('1h', 'source', `${CACHE}/cache.go: positive entries`),
    'negative-floor': cited('5s', 'source', 'CoreDNS 1.14 plugin/pkg/dnsutil/ttl.go MinimalDefaultTTL'),
    'negative-cap': cited('30m', 'source', `${CACHE}/cache.go: negative entries`),
    'cached-names': cited(9984, 'source', `${CACHE}/README.md: entries, negative ones counted apart`),
    'cached-denials': cited(9984, 'source', `${CACHE}/README.md denial: a cache of its own`),
    'failure.first': cited('5s', 'source', `${CACHE}/README.md servfail`),
    'failure.factor': cited(1, 'source', `${CACHE}/README.md servfail: constant`),
    'failure.maximum': cited('5s', 'source', `${CACHE}/README.md servfail`),
    'serve-stale.enabled': cited(false, 'source', `${CACHE}/README.md serve_stale: off by default`),
    'serve-stale.client-timer': cited('0s', 'source', `${CACHE}/README.md serve_stale immediate`),
    'serve-stale.answer-ttl': cited('0s', 'source', `${CACHE}/README.md serve_stale`),
    'serve-stale.max-stale': cited('1h', 'source', `${CACHE}/README.md serve_stale`),
    'serve-stale.recheck': cited('0s', 'source', `${CACHE}/README.md serve_stale: every hit tries again`),
    prefetch: cited('off', 'source', `${CACHE}/README.md prefetch: off by default`),
    'nxdomain-cut': cited(false, 'source', `${CACHE}/cache.go hash(): one entry per question`),
    'nxdomain-scope': cited('type', 'source', `${CACHE}/cache.go hash(): one entry per name and type`),
    'negative-without-soa': cited('5s', 'source', 'CoreDNS 1.14 plugin/pkg/dnsutil/ttl.go MinimalTTL()'),
    'qname-minimisation.mode': cited('off', 'assumption', 'it forwards whole questions'),
    'sends-per-server': cited(2, 'source', `${FORWARD}/forward.go: twice as many attempts as upstreams`),
    'timeout.mode': cited('fixed', 'source', `${FORWARD}: read time-out`),
    'timeout.first': cited('2s', 'source', `${FORWARD}: read time-out`),
    'timeout.minimum': cited('2s', 'source', `${FORWARD}: read time-out`),
    'timeout.maximum': cited('2s', 'source', `${FORWARD}: read time-out`),
    'timeout.backoff': cited(1, 'source', `${FORWARD}: the same for every attempt`),
    'selection.by': cited('uniform', 'source', `${FORWARD}/README.md policy random`),
    'forward.policy': cited('random', 'source', `${FORWARD}/README.md policy random`),
    'forward.timeout': cited('2s', 'source', `${FORWARD}: read time-out`),
    'forward.rounds': cited('unlimited', 'source', `${FORWARD}/forward.go ServeDNS(): until the time is up`),
    'forward.total': cited('5s', 'source', `${FORWARD}/forward.go defaultTimeout: looked at before each try`),
    'forward.resend-errors': cited(false, 'source', `${FORWARD}/forward.go: no failover rcodes by default`),
    'forward.silent': cited(false, 'source', `${FORWARD}/forward.go ServeDNS(): SERVFAIL`),
    'forward.probe-failures': cited(
      3,
      'source',
      'CoreDNS 1.14 plugin/pkg/proxy/proxy.go Down(): more failed probes than max_fails, 2 by default; ' +
        'plugin/forward/README.md: after that many',
    ),
    'forward.probe-pause': cited('500ms', 'source', `${FORWARD}/forward.go hcInterval`),
    'forward.probe-timeout': cited('1s', 'source', 'CoreDNS 1.14 plugin/pkg/proxy/health.go ReadTimeout'),
    'limits.time': cited('5s', 'source', `${FORWARD}/forward.go defaultTimeout`),
    'limits.outstanding': cited('unlimited', 'source', `${FORWARD}/README.md max_concurrent: not set`),
  },
};

export const COREDNS_KUBERNETES: Preset = {
  id: 'coredns-kubernetes',
  title: 'CoreDNS as Kubernetes deploys it (v1.14.2 manifest)',
  notes: [
    '`cache 30` cuts every TTL from outside to 30 s.',
    'Pods ask with ndots:5, so one look-up of an outside name may become several: give the clients `search` and `ndots`.',
  ],
  variantOf: 'coredns',
  values: {
    'ttl-cap': cited('30s', 'source', `${COREFILE}: cache 30`),
    'negative-cap': cited('30s', 'source', `${COREFILE}: cache 30`),
    'limits.outstanding': cited(1000, 'source', `${COREFILE}: max_concurrent 1000`),
  },
};

const NODELOCAL = 'Kubernetes cluster/addons/dns/nodelocaldns/nodelocaldns.yaml';

export const NODELOCAL_DNSCACHE: Preset = {
  id: 'nodelocal-dnscache',
  title: 'Kubernetes NodeLocal DNSCache (k8s-dns-node-cache 1.26)',
  notes: [
    'A CoreDNS on every node: `count` is the number of nodes, `forward` names the cluster DNS.',
    'Its denials for the cluster zone live 5 s; here the values of the block for outside names stand for all.',
    'It asks the cluster DNS over TCP; here as over UDP.',
  ],
  variantOf: 'coredns',
  values: {
    'ttl-cap': cited('30s', 'source', `${NODELOCAL}: cache 30`),
    'negative-cap': cited('30s', 'source', `${NODELOCAL}: cache 30`),
  },
};
