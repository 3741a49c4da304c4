/**
 * One sentence for people per cause. A cause is written `what/where` or `what/where@server`: what went wrong,
 * which part of the path handed it to the client, and which authoritative server had said so.
 */

/** Sentences that the grid below would not say well. */
const EXACT: Readonly<Record<string, string>> = {
  'dead-address/authority': 'The authoritative servers still published a dead address.',
  'dead-family/authority': 'The published address is of a family that these clients cannot reach.',
  'abandoned/authority': 'The published address was given up before it could answer.',
  'endpoint-errors/authority': 'The published endpoint accepted connections but failed requests.',
  'proxy-errors/authority': "The provider's proxy, or the origin behind it, failed requests.",
  'endpoint-loss/authority': 'Packets to the published endpoint were lost.',
  'hijacked/authority': 'An authoritative server gave a wrong address.',
  'too-slow/authority': 'Fetching the answer from the authoritative servers took too long.',
  'servfail/no-reachable-server': 'The recursive resolver reached no authoritative server.',
  'servfail/server-failure': 'Every authoritative server answered with a failure.',
  'servfail/failure-cache': 'The recursive resolver repeated a failure it had remembered.',
  'servfail/budget': 'The recursive resolver gave up: too many queries or too much time.',
  'servfail/loop': 'The recursive resolver ran into a loop of aliases or delegations.',
  'servfail/limit': 'The recursive resolver had too many queries outstanding.',
  'timed-out/resolver': 'The recursive resolver did not answer in time.',
};

const WHERE: Readonly<Record<string, string>> = {
  authority: 'The authoritative servers',
  'resolver-cache': "The recursive resolver's cache",
  'resolver-stale': 'The recursive resolver, serving stale,',
  'os-cache': "The operating system's cache",
  'application-cache': "The application's own cache",
  'kept-for-ever': 'The application, which keeps the first answer for ever,',
  timer: 'The application, which refreshes addresses by a timer,',
  connection: 'A connection kept open',
};

const WHAT: Readonly<Record<string, string>> = {
  'dead-address': 'led to a dead address',
  'dead-family': 'led to an address of a family that these clients cannot reach',
  abandoned: 'led to an address that was given up before it could answer',
  'endpoint-loss': 'led to an endpoint that lost packets',
  'endpoint-errors': 'led to an endpoint that failed requests',
  'proxy-errors': "led to a provider's proxy that failed requests, or had no working origin",
  hijacked: 'led to a wrong address',
  nxdomain: 'said that the name does not exist',
  nodata: 'said that there is no such record',
  servfail: 'repeated a failed resolution',
  'timed-out': 'repeated that no answer had come',
  'too-slow': 'led to an address that worked, but too late',
};

/** The sentence for a cause; an unknown cause is its own text. */
export function causeText(cause: string): string {
  const [, code, what, where, server] = /^(([^/@]+)\/([^/@]+))(?:@(.+))?$/.exec(cause) ?? [];
  if (server !== undefined && (what === 'servfail' || where === 'resolver'))
    return resolverText(where, server) ?? cause;
  const sentence = lookUp(EXACT, code) ?? compose(lookUp(WHERE, where), lookUp(WHAT, what));
  if (sentence === undefined) return cause;
  return server === undefined ? sentence : `${sentence.slice(0, -1)} (as told by ${server}).`;
}

/** Where resolvers forward to each other, a failure names the one it comes from. */
const OF_A_RESOLVER: Readonly<Record<string, string>> = {
  'no-reachable-server': 'had no reply from any server it asks',
  'server-failure': 'was told of failures only',
  'failure-cache': 'repeated a failure it had remembered',
  budget: 'gave up: too many queries or too much time',
  loop: 'ran into a loop of aliases or delegations',
  limit: 'had too many queries outstanding',
  resolver: 'did not answer in time',
};

function resolverText(reason: string | undefined, resolver: string): string | undefined {
  const what = lookUp(OF_A_RESOLVER, reason);
  return what === undefined ? undefined : `The resolver ${resolver} ${what}.`;
}

function lookUp(texts: Readonly<Record<string, string>>, key: string | undefined): string | undefined {
  return key !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined;
}

function compose(where: string | undefined, what: string | undefined): string | undefined {
  return where === undefined || what === undefined ? undefined : `${where} ${what}.`;
}
