/** Why a step of a trace happens, in a sentence, with the rule behind it. */

const REASONS: Readonly<Record<string, string>> = {
  'connection-kept': 'An open connection needs no name: DNS is not asked at all while it lives.',
  'connection-lost':
    'A connection that breaks sends the client back to its caches, which may still hold the address that broke it.',
  'cache-miss':
    'Nothing usable in the caches of the application and the system, so the stub resolver is asked.',
  'cache-hit':
    'A cache may hand out what it holds until the TTL has run out (RFC 1034 §5.3.3, RFC 2181 §8); nobody further on hears of it.',
  'stale-hit': 'No authoritative server could be reached, so an answer past its TTL is served (RFC 8767).',
  'failure-cache-hit':
    'A failure is remembered for a while, so that broken servers are left alone (RFC 9520).',
  'stub-send': 'A stub resolver sends the question on and sends it again when no answer comes in time.',
  'stub-answer': 'What the recursive resolver said, with the TTL that was left.',
  'stub-gave-up': 'The time of the stub resolver is used up; the application gets an error.',
  ask: 'The resolver asks a server of the closest zone it knows of (RFC 1034 §5.3.3).',
  forward: 'This resolver does not search by itself: it hands the question to the next one.',
  'probe-failed': 'An upstream that did not answer is probed; after some failed probes it counts as down.',
  'probe-answered': 'Any answer to a probe makes the upstream count as up again.',
  referral: 'The server is not responsible and names those that are (RFC 1034 §4.3.2).',
  'authority-said':
    'A traffic policy decides the answer when the question comes, by what health checks say and where the client is.',
  answer: 'The answer is kept for its TTL and handed to everybody who waits for it.',
  alias: 'The name is an alias; the search goes on with its target (RFC 1034 §3.6.2).',
  join: 'Many clients ask for the same thing: one query is sent for all of them.',
  'server-timeout':
    'No reply in time: the packet or the reply was lost, or nobody is there. The next attempt waits longer or goes elsewhere.',
  'back-off':
    'Who has kept silent several times is left alone for a while, healed or not; the end of that is a time of the run.',
  'server-unreachable': 'The network said at once that the server cannot be reached.',
  'server-unusable': 'The reply is no use: another server is tried (RFC 1034 §5.3.3, step 4d).',
  truncated: 'The answer did not fit into a datagram (RFC 7766).',
  'no-cut': 'With minimised names the resolver reveals one label at a time (RFC 9156).',
  'full-name':
    'A server did not cope with minimised names, so it is asked for the whole name (RFC 9156 §2.3).',
  'server-address': 'The servers are known by name only; their addresses have to be found first.',
  'address-ahead':
    'Nobody waits for this address: it is looked up so that the server can be asked next time, or when the others fail.',
  priming: 'A resolver that starts empty first learns the servers of the root (RFC 8109).',
  'renew-delegation': 'The delegation may be out of date, so the parent is asked again.',
  failure: 'Every way was tried in vain; the failure itself is remembered (RFC 9520).',
  prefetch: 'A popular answer is fetched again shortly before it expires.',
  'client-timer':
    'The client should not wait any longer, so the resolver looks for an expired answer (RFC 8767 §5).',
  deadline: 'The resolver has spent all the time it gives one question.',
  discard:
    'An answer that comes after the client has surely given up is kept, but not sent (Unbound discard-timeout).',
  overload: 'A resolver lets only so many requests wait; beyond that somebody gets no answer.',
  extension: 'Expired data are given a little more life while the servers fail, and are refreshed meanwhile.',
  denial: 'Signed proofs answer for names nobody has asked for yet (RFC 8198).',
  outcome: 'What the user sees.',
  retry: 'The application tries once more.',
};

/** The sentence for the code of a step; empty for codes without one. */
export function reasonOf(code: string): string {
  return Object.hasOwn(REASONS, code) ? REASONS[code]! : '';
}
