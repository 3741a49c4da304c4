/**
 * The plugins of CoreDNS in the order in which a query passes them. It is compiled in (plugin.cfg), so the order in
 * a Corefile does not count, but among several statements of one plugin (CoreDNS 1.14 plugin.cfg).
 */

/** All plugins of a standard build, first to last. */
export const PLUGIN_ORDER: readonly string[] = [
  'root',
  'metadata',
  'geoip',
  'cancel',
  'tls',
  'quic',
  'https',
  'https3',
  'timeouts',
  'multisocket',
  'reload',
  'nsid',
  'bufsize',
  'bind',
  'debug',
  'trace',
  'ready',
  'health',
  'pprof',
  'prometheus',
  'errors',
  'log',
  'dnstap',
  'local',
  'dns64',
  'any',
  'chaos',
  'loadbalance',
  'tsig',
  'rewrite',
  'autopath',
  'acl',
  'cache',
  'header',
  'dnssec',
  'minimal',
  'template',
  'transfer',
  'hosts',
  'route53',
  'azure',
  'clouddns',
  'k8s_external',
  'kubernetes',
  'file',
  'auto',
  'secondary',
  'etcd',
  'loop',
  'forward',
  'grpc',
  'erratic',
  'whoami',
  'on',
  'sign',
  'view',
  'nomad',
];

/** Statements that change no answer here: accepted in silence. */
export const WITHOUT_EFFECT: readonly string[] = [
  'root',
  'metadata',
  'cancel',
  'timeouts',
  'multisocket',
  'nsid',
  'bufsize',
  'bind',
  'debug',
  'trace',
  'ready',
  'health',
  'pprof',
  'prometheus',
  'errors',
  'log',
  'dnstap',
  'loop',
  'reload',
  'transfer',
  'header',
  'chaos',
  'on',
];

/** Releases differ in where `rewrite` and `acl` stand to `cache`. */
export type PluginOrder = 'current' | 'before-1.14.2';

/** Before 1.14.2 `acl` came first of all and `rewrite` after `cache` (CoreDNS 1.12 plugin.cfg). */
export const EARLIER_PLUGIN_ORDER: readonly string[] = PLUGIN_ORDER.filter(
  (one) => !['acl', 'rewrite', 'autopath'].includes(one),
).flatMap((one) => {
  if (one === 'any') return ['acl', 'any'];
  if (one === 'cache') return ['cache', 'rewrite'];
  return one === 'dnssec' ? ['dnssec', 'autopath'] : [one];
});
