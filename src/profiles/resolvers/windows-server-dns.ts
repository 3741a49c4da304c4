/** The DNS server of Windows Server. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const DNSCMD = 'Microsoft Learn, dnscmd';
const RECURSION = 'Microsoft Learn, Set-DnsServerRecursion';
const FORWARDING = 'Microsoft Learn, Forwarders resolution time-outs';

export const WINDOWS_SERVER_DNS: Preset = {
  id: 'windows-server-dns',
  title: 'Windows Server DNS (2008 to 2022)',
  notes: [
    'With forwarders it asks at most three, at 0, 3.5 and 7.5 s, and says SERVFAIL after about 11.5 s, when the ' +
      'Windows client (10 s) has gone; then it goes on to the root hints.',
    'Failure caching, serve-stale and validation are not documented; what stands here is assumed.',
  ],
  values: {
    'ttl-floor': cited('0s', 'assumption', 'not documented'),
    'ttl-cap': cited('1d', 'documentation', `${DNSCMD} /maxcachettl 0x15180`),
    'negative-cap': cited('15m', 'documentation', `${DNSCMD} /maxnegativecachettl 0x384`),
    'failure.first': cited('1s', 'assumption', 'not documented; the least RFC 9520 §3.2 allows'),
    'failure.factor': cited(1, 'assumption', 'not documented'),
    'failure.maximum': cited('1s', 'assumption', 'not documented; the least RFC 9520 §3.2 allows'),
    'serve-stale.enabled': cited(false, 'assumption', 'not documented'),
    'qname-minimisation.mode': cited('off', 'assumption', 'not documented'),
    'timeout.mode': cited('fixed', 'documentation', `${RECURSION} RetryInterval`),
    'timeout.first': cited('3s', 'documentation', `${RECURSION} RetryInterval 3 s`),
    'timeout.minimum': cited('3s', 'documentation', `${RECURSION} RetryInterval 3 s`),
    'timeout.maximum': cited('3s', 'documentation', `${RECURSION} RetryInterval 3 s`),
    'timeout.backoff': cited(1, 'documentation', `${RECURSION}: one interval`),
    'forward.policy': cited('sequential', 'documentation', `${FORWARDING}: in the order of the list`),
    'forward.timeout': cited('3s', 'documentation', `${FORWARDING}: ForwardingTimeout 3 s`),
    'forward.rounds': cited(1, 'documentation', `${FORWARDING}: each forwarder once`),
    'forward.total': cited('8s', 'documentation', `${FORWARDING}: RecursionTimeout 8 s`),
    'forward.resend-errors': cited(true, 'assumption', 'not documented'),
    'forward.silent': cited(false, 'documentation', `${FORWARDING}: SERVFAIL`),
    'forward.fallback': cited(
      true,
      'documentation',
      `${FORWARDING}: root hints once all forwarders have failed`,
    ),
    'limits.time': cited('8s', 'documentation', `${FORWARDING}: RecursionTimeout 8 s`),
  },
};
