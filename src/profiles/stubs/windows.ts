/** The DNS Client service of Windows. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const TIMES = 'Microsoft Learn, DNS client resolution timeouts (KB 2834226)';
const TYPES =
  'Microsoft TechNet bb727035, DNS client behaviour in Windows Vista: A, then AAAA to the same server unless A fails';
const SUFFIXES =
  'Microsoft DnsClient.admx, AppendToMultiLabelName: as it is first; suffixes only where that is allowed';
const PRIORITIES = 'Microsoft KB 320760, of Windows XP: ServerPriorityTimeLimit, reset every 15 minutes';

export const WINDOWS: Preset = {
  id: 'windows',
  title: 'Windows DNS Client service (Windows 7 to 11)',
  notes: [
    'Servers after the third are first asked at 4 s, together with all others.',
    'Whether SERVFAIL ends a look-up at once differs between editions of the documentation.',
    'That later editions set priorities back as Windows XP does is an assumption.',
  ],
  values: {
    'cache.mode': cited('ttl', 'documentation', 'Microsoft Learn, MaxCacheTtl'),
    'cache.cap': cited('1d', 'documentation', 'MaxCacheTtl 86400 (itprotoday.com 2002 and others)'),
    'cache.negative-cap': cited('5s', 'assumption', 'commonly stated for current Windows; not confirmed'),
    'cache.failure': cited('0s', 'assumption', 'not documented'),
    'one-resolver': cited(
      '1 at 0s, 1 at 1s, 1 at 2s, 1 at 4s, 1 at 8s, give up at 10s',
      'documentation',
      TIMES,
    ),
    'two-resolvers': cited(
      '1 at 0s, 2 at 1s, 2 at 2s, all at 4s, all at 8s, give up at 10s',
      'documentation',
      TIMES,
    ),
    'more-resolvers': cited(
      '1 at 0s, 2 at 1s, 3 at 2s, all at 4s, all at 8s, give up at 10s',
      'documentation',
      TIMES,
    ),
    'next-on-failure': cited(
      'off',
      'assumption',
      'an older edition of KB 2834226: SERVFAIL ends the look-up',
    ),
    order: cited('penalty', 'documentation', PRIORITIES),
    'penalty.duration': cited('15m', 'documentation', PRIORITIES),
    'penalty.ends': cited('clock', 'documentation', PRIORITIES),
    types: cited('a-decides', 'documentation', TYPES),
    'search.few-dots': cited('list', 'assumption', 'single labels: suffixes, then LLMNR and NetBIOS'),
    'search.many-dots': cited('as-is', 'documentation', SUFFIXES),
    'search.nodata': cited('next', 'assumption', 'not documented'),
    'search.failure': cited('end', 'assumption', 'not documented'),
    'search.timeout': cited('end', 'assumption', 'not documented'),
  },
};
