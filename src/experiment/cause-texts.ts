/** One sentence for people per cause. A cause is `what the client saw` / `where that came from`. */
const CAUSE_TEXTS: Readonly<Record<string, string>> = {
  'dead-address/application-cache': 'The application kept using a dead address from its own cache.',
  'dead-address/os-cache': 'The cache of the operating system held a dead address.',
  'dead-address/resolver-cache': 'The cache of the recursive resolver held a dead address.',
  'dead-address/authority': 'The authoritative servers still published a dead address.',
  'dead-address/connection': 'A connection kept open went to a dead address.',
  'dead-address/serve-stale': 'The recursive resolver served an expired answer with a dead address.',
  'servfail/no-reachable-server': 'The recursive resolver reached no authoritative server.',
  'servfail/server-failure': 'Every authoritative server answered with a failure.',
  'servfail/failure-cache': 'The recursive resolver repeated a failure it had remembered.',
  'servfail/budget': 'The recursive resolver gave up: the resolution took too long or too many queries.',
  'servfail/loop': 'The recursive resolver ran into a loop of aliases or delegations.',
  'servfail/limit': 'The recursive resolver had too many queries outstanding.',
  'timed-out/resolver': 'The recursive resolver did not answer in time.',
  'timed-out/limit': 'The recursive resolver dropped the query: too many outstanding.',
  'nxdomain/negative-cache-resolver': 'The recursive resolver remembered that the name did not exist.',
  'nxdomain/negative-cache-application': 'The application remembered that the name did not exist.',
  'nxdomain/negative-cache-os': 'The operating system remembered that the name did not exist.',
  'nxdomain/authority': 'The authoritative servers said that the name does not exist.',
  'nodata/negative-cache-resolver': 'The recursive resolver remembered that there was no such record.',
  'nodata/negative-cache-application': 'The application remembered that there was no such record.',
  'nodata/negative-cache-os': 'The operating system remembered that there was no such record.',
  'nodata/authority': 'The authoritative servers said that there is no such record.',
  'endpoint/errors': 'The endpoint accepted connections but failed requests.',
  'endpoint/loss': 'Packets between the client and the endpoint were lost.',
  'endpoint/down': 'The endpoint was down, and no other address was offered.',
  'wrong-address/authority': 'An authoritative server gave a wrong address.',
  'wrong-address/resolver-cache': 'The cache of the recursive resolver held a wrong address.',
  'wrong-address/os-cache': 'The cache of the operating system held a wrong address.',
  'wrong-address/application-cache': 'The application kept a wrong address in its own cache.',
  'too-slow/resolution': 'The answer to the query came later than the application waits.',
  'too-slow/resolver': 'The recursive resolver answered later than the application waits.',
  'too-slow/connection': 'Failed connection attempts used up the time the application waits.',
  'too-slow/endpoint': 'The endpoint answered later than the application waits.',
};

/** The sentence for a cause; a cause without one is its own text. */
export function causeText(cause: string): string {
  return Object.hasOwn(CAUSE_TEXTS, cause) ? CAUSE_TEXTS[cause]! : cause;
}
