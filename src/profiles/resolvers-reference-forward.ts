/** The reference values of forwarding: upstreams are picked as servers of a zone are, and errors are told. */
import { cited } from './cited.ts';
import type { Preset } from './preset.ts';

const OWN = 'unused with policy own';
const FORWARD = `${OWN}; CoreDNS 1.14 plugin/forward`;
const DNSMASQ = 'used by sticky-fastest only; dnsmasq 2.91 src/config.h';

export const REFERENCE_FORWARD: Preset['values'] = {
  'forward.policy': cited('own', 'source', 'Unbound forward-zone and BIND forwarders: as servers of a zone'),
  'forward.timeout': cited('2s', 'source', `${FORWARD}: read time-out`),
  'forward.rounds': cited(
    'unlimited',
    'source',
    `${FORWARD}/forward.go ServeDNS(): round until the time is up`,
  ),
  'forward.total': cited('5s', 'source', `${FORWARD}/forward.go defaultTimeout`),
  'forward.resend-errors': cited(true, 'source', `${OWN}; Unbound and BIND try the next after an error`),
  'forward.silent': cited(false, 'source', `${OWN}; RFC 1035 §4.1.1: SERVFAIL`),
  'forward.fallback': cited(false, 'source', 'Unbound forward-first: no'),
  'forward.fresh-ttl': cited(
    'kept',
    'source',
    'CoreDNS 1.14 plugin/cache/cache.go WriteMsg(): the first answer is capped too',
  ),
  'forward.shown-ttl-cap': cited('unlimited', 'source', 'no RFC asks for it'),
  'forward.keep-ttl': cited(false, 'source', 'RFC 1034 §4.1: TTLs of cached data count down'),
  'forward.probe-failures': cited(0, 'source', 'no RFC asks for probes'),
  'forward.probe-pause': cited(
    '500ms',
    'source',
    `unused without probes; CoreDNS 1.14 plugin/forward hcInterval`,
  ),
  'forward.probe-timeout': cited(
    '1s',
    'source',
    'unused without probes; CoreDNS 1.14 plugin/pkg/proxy/health.go',
  ),
  'forward.sticky-questions': cited(50, 'source', `${DNSMASQ} FORWARD_TEST`),
  'forward.sticky-time': cited('20s', 'source', `${DNSMASQ} FORWARD_TIME`),
};
