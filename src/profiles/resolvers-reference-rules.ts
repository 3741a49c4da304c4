/** The reference values of the rules of caching and answering in which resolvers differ. */
import { cited } from './cited.ts';
import type { Preset } from './preset.ts';

const SILENT = 'no RFC asks for it';

export const REFERENCE_RULES: Preset['values'] = {
  'whole-seconds': cited(false, 'source', 'RFC 1035 §3.2.1 names the unit, not the clock'),
  'ttl-cap-least': cited('0s', 'source', SILENT),
  'ttl-bounds': cited('data', 'source', 'RFC 2308 §5 bounds negative TTLs on their own'),
  'negative-without-soa': cited('0s', 'source', 'RFC 2308 §5: not to be cached'),
  'negative-shown': cited('kept', 'source', 'RFC 2308 §5: the TTL is decremented as that of data'),
  'fresh-shown': cited('received', 'source', 'RFC 1034 §5.3.3 step 4: the reply is the answer'),
  'nxdomain-scope': cited('name', 'source', 'RFC 2308 §5: NXDOMAIN holds for all types'),
  'shared-soa': cited(false, 'source', SILENT),
  'aggressive-nsec': cited(false, 'source', 'RFC 8198 §5.1: for resolvers that validate'),
  'aggressive-nsec3': cited(false, 'source', 'RFC 8198 §5.2: for resolvers that validate'),
  'aggressive-nsec-records': cited(
    100_000,
    'documentation',
    'PowerDNS Recursor settings: aggressive-nsec-cache-size; others bound the whole cache',
  ),
  'packet-cache': cited('0s', 'source', SILENT),
  'prefetch-delegations': cited(false, 'source', SILENT),
  'prefetch-hits': cited(1, 'source', SILENT),
  'prefetch-gap': cited('60s', 'source', 'unused with one hit; CoreDNS plugin/cache/README.md prefetch'),
  'serve-stale.timer-mode': cited('timer', 'source', 'RFC 8767 §5 client response timer'),
  'serve-stale.recheck-with-timer': cited(true, 'source', 'RFC 8767 §5 failure recheck timer'),
  'serve-stale.reset': cited(false, 'source', 'RFC 8767 §5 maximum stale timer'),
  'serve-stale.ede': cited(true, 'source', 'RFC 8914 §4.4'),
  'serve-stale.extensions': cited(0, 'source', SILENT),
  'serve-stale.extension': cited(
    '30s',
    'source',
    'unused without extensions; PowerDNS Recursor recursor_cache.hh s_serveStaleExtensionPeriod',
  ),
  'qname-minimisation.type': cited('A', 'source', 'RFC 9156 §2.1'),
  'qname-minimisation.labels': cited('unlimited', 'source', 'RFC 9156 §2.3 limits the count only'),
  'qname-minimisation.uncut': cited('unlimited', 'source', 'RFC 9156 §2.3 limits the count only'),
  'qname-minimisation.hide-type': cited(false, 'source', 'RFC 9156 §2.3 step 4'),
  any: cited('notimp', 'source', 'RFC 8482 §4 leaves the choice'),
  'without-recursion': cited('refuse', 'source', 'RFC 1034 §4.3.1: recursion is for those it is offered to'),
  'self-alias': cited('loop', 'source', 'RFC 1034 §3.6.2: alias loops are to be signalled as an error'),
  'loop-shows-aliases': cited(false, 'assumption', 'no RFC says what SERVFAIL carries'),
  'discard-after': cited('never', 'source', SILENT),
  'limits.overload': cited('refuse', 'assumption', SILENT),
  'limits.jostle': cited('200ms', 'source', 'used by jostle only; Unbound jostle-timeout'),
  'limits.joined-step': cited(0, 'assumption', SILENT),
  'limits.joined-most': cited(100, 'source', 'unused without steps; BIND max-clients-per-query'),
  'limits.joined-falls': cited('20m', 'source', 'unused without steps; BIND lib/dns/resolver.c'),
};
