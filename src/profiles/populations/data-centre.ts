/** Servers that call one another: run-times and proxies behind resolvers of their own. */
import { cited } from '../cited.ts';
import type { PopulationPreset } from '../population.ts';

const MIX = 'dnsdrill: no published count of run-times by look-ups; change it to what runs in your place';
const HALF = 'dnsdrill: half the machines in clusters, half beside them';

export const DATA_CENTRE: PopulationPreset = {
  id: 'data-centre',
  title: 'Servers of a data centre: run-times and proxies behind Unbound and CoreDNS',
  notes: [
    'Every share is an assumption: nobody publishes such counts. Look up your own and write weights: with them.',
    'Programs in clusters ask CoreDNS, which forwards to the Unbound of the site; the others ask that directly.',
    'DNSSEC validation of the site resolver is not modelled.',
  ],
  clients: {
    'jvm on linux': { app: 'jvm-httpclient', os: 'linux', share: cited(0.25, 'assumption', MIX) },
    'go on linux': { app: 'go', os: 'linux', share: cited(0.2, 'assumption', MIX) },
    'node on linux': { app: 'node', os: 'linux', share: cited(0.15, 'assumption', MIX) },
    'python on systemd-resolved': {
      app: 'python',
      os: 'systemd-resolved',
      share: cited(0.2, 'assumption', MIX),
    },
    'nginx on linux': { app: 'nginx-resolver', os: 'linux', share: cited(0.1, 'assumption', MIX) },
    'envoy on linux': { app: 'envoy-strict-dns', os: 'linux', share: cited(0.1, 'assumption', MIX) },
  },
  resolvers: {
    'site-unbound': {
      profile: 'unbound',
      share: cited(0.5, 'assumption', HALF),
      instances: cited(2, 'assumption', 'two are common; resolv.conf(5) takes up to three'),
    },
    'cluster-coredns': {
      profile: 'coredns-kubernetes',
      share: cited(0.5, 'assumption', HALF),
      instances: cited(2, 'assumption', 'two replicas are common'),
      forward: cited('site-unbound', 'documentation', 'Corefile of Kubernetes: forward . /etc/resolv.conf'),
    },
  },
};
