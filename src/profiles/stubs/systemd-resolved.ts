/** systemd-resolved, the local resolver of many Linux distributions. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const CACHE = 'systemd 257 src/resolve/resolved-dns-cache.c';
const TIMES = 'systemd 257 src/resolve/resolved-timeouts.h and resolved-dns-transaction.c';
const ATTEMPTS = 24;
const SEARCH = 'systemd 257 src/resolve/resolved-dns-query.c dns_query_candidate_notify()';
const INTERVAL_SECONDS = 5;

/** One transmission every 5 s, each to the next server, 24 in all. */
const GO_ROUND: string = Array.from({ length: ATTEMPTS }, (_, send) => {
  return `${send === 0 ? '1' : 'next'} at ${send * INTERVAL_SECONDS}s, `;
})
  .join('')
  .concat(`give up at ${ATTEMPTS * INTERVAL_SECONDS}s`);

export const SYSTEMD_RESOLVED: Preset = {
  id: 'systemd-resolved',
  title: 'systemd-resolved 257',
  notes: [
    'A caller through glibc may give up after 10 s although the service goes on for 120 s.',
    'Two repeats after SERVFAIL are those of builds with DNSSEC off, as Debian; allow-downgrade has one more.',
    'Answers of a resolver on the same host are not kept by systemd-resolved; here they are.',
  ],
  values: {
    'cache.mode': cited('ttl', 'source', `${CACHE} calculate_until_valid()`),
    'cache.cap': cited('2h', 'source', `${CACHE} CACHE_TTL_MAX_USEC`),
    'cache.negative-cap': cited('2h', 'source', `${CACHE} CACHE_TTL_MAX_USEC`),
    'cache.failure': cited('10s', 'source', `${CACHE} CACHE_TTL_STRANGE_RCODE_USEC`),
    'one-resolver': cited(GO_ROUND, 'source', TIMES),
    'two-resolvers': cited(GO_ROUND, 'source', TIMES),
    'more-resolvers': cited(GO_ROUND, 'source', TIMES),
    order: cited(
      'sticky',
      'source',
      'systemd 257 src/resolve/resolved-dns-scope.c dns_scope_next_dns_server()',
    ),
    'next-on-failure': cited(
      'each-once',
      'source',
      'systemd 257 src/resolve/resolved-dns-transaction.c dns_transaction_process_reply(): n_picked_servers',
    ),
    'failure-repeats': cited(
      2,
      'source',
      'systemd 257 src/resolve/resolved-dns-transaction.c: once as it was, then without EDNS',
    ),
    types: cited('together', 'source', `${SEARCH}: a transaction for each type at once`),
    'search.few-dots': cited(
      'list',
      'documentation',
      'systemd-resolved.service(8): single labels, list only',
    ),
    'search.many-dots': cited('as-is', 'documentation', 'systemd-resolved.service(8): single labels only'),
    'search.nodata': cited('end', 'source', `${SEARCH}: a success ends the list`),
    'search.failure': cited('next', 'source', `${SEARCH}: anything but a success goes on`),
    'search.timeout': cited('next', 'source', `${SEARCH}: anything but a success goes on`),
  },
};
