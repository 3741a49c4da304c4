/** What a fetch makes of a reply. */
import type { CacheEntry } from '../../cache/entry.ts';
import { EVERY_TYPE } from '../../cache/entry.ts';
import type { Message, Question } from '../../data/message.ts';
import type { Name } from '../../data/name.ts';
import type { RRset } from '../../data/rrset.ts';
import { DNAME, NS } from '../../data/rrtype.ts';
import type { Delegation, Verdict } from '../classify.ts';
import { classify } from '../classify.ts';
import { leaveDenyingZone } from '../detour/redirect.ts';
import { completeFetch, failFetch } from '../ending.ts';
import { growJoined } from '../limits.ts';
import {
  noteAnswer,
  noteBadReply,
  noteConfirm,
  noteNoCut,
  noteReferral,
  noteSaid,
  noteTruncated,
} from '../notes.ts';
import type { Core, Cut, Fetch, Server } from '../state.ts';
import { learnDenial, learnWildcards } from '../synthesis.ts';
import { dataTtl } from '../ttl.ts';
import { learnCut } from '../validation.ts';
import { cutOf } from './delegation.ts';
import { goPlain, isMinimised, moveTo } from './fetch.ts';
import { isPassedOn } from './forward.ts';
import { reveal } from './minimise.ts';
import { storeAddresses, storeAnswer, storeNegative, storeReferral, storeVolunteered } from './store.ts';

type NonAuthoritative = 'accept' | 'last-resort' | 'lame';

/** A reply and the fetch it came for. */
export interface Received {
  readonly fetch: Fetch;
  readonly server: Server;
  readonly message: Message;
}

/** Believes the reply kept for the case that nothing better comes. @returns whether there was one */
export function useLastResort(core: Core, fetch: Fetch, _cut: Cut): boolean {
  const kept = fetch.lastResort;
  if (kept === undefined) return false;
  fetch.lastResort = undefined;
  readReply(core, { fetch, ...kept }, 'accept');
  return true;
}

/** Classifies a reply and does what it calls for. */
export function readReply(core: Core, received: Received, nonAuthoritative: NonAuthoritative): void {
  const { fetch, server, message } = received;
  const { zone, origin } = fetch.cut!;
  const verdict = classify(message, {
    zone,
    question: fetch.asked!,
    transport: server.transport,
    forwarder: origin === 'forward',
    chainTrust: core.options.chainTrust,
    nonAuthoritative,
  });
  if (verdict.kind === 'nxdomain' && leaveDenyingZone(core, fetch)) return;
  if (isMinimised(fetch) && !ANY_QUESTION.has(verdict.kind)) decideMinimised(core, received, verdict);
  else if (fetch.unsure && keep(core, received, verdict)) askAgain(core, fetch);
  else decide(core, received, verdict);
}

/** Caches the answer to the full question. @returns whether it is one, and not an alias */
function keep(core: Core, received: Received, verdict: Verdict): boolean {
  const { fetch, server, message } = received;
  if (verdict.kind === 'nodata' || verdict.kind === 'nxdomain')
    storeAbsence(core, received, verdict.kind, fetch, verdict.soa);
  else if (verdict.kind === 'answer' && verdict.links[0]!.type === fetch.type)
    storeAnswer(core, verdict.links, message.authoritative, server.address);
  else return false;
  return true;
}

/** The answer is taken for one to a minimised question. */
function askAgain(core: Core, fetch: Fetch): void {
  fetch.unsure = false;
  forgiveTry(core, fetch);
  noteConfirm(core, fetch);
}

/** Unbound does not count the last try of each server when minimisation goes on (iter_utils.c iter_dec_attempts()). */
function forgiveTry({ options }: Core, { cut }: Fetch): void {
  if (options.upstream.triesPer !== 'delegation') return;
  for (const server of cut!.servers) server.tries = Math.max(0, server.tries - 1);
}

/** Verdicts that mean the same for a minimised question. */
const ANY_QUESTION: ReadonlySet<Verdict['kind']> = new Set(['referral', 'truncated', 'last-resort']);

/** RFC 9156 §2.3: what an answer to a minimised name tells about the way down. */
function decideMinimised(core: Core, received: Received, verdict: Verdict): void {
  const { fetch, server, message } = received;
  const asked = fetch.asked!;
  if (verdict.kind === 'answer' || verdict.kind === 'nodata') {
    if (verdict.kind === 'answer') storeAnswer(core, verdict.links, message.authoritative, server.address);
    else storeAbsence(core, received, 'nodata', asked, verdict.soa);
    noteNoCut(core, asked.name);
    forgiveTry(core, fetch);
    reveal(fetch);
  } else if (isError(verdict) && core.options.upstream.minimisedErrors === 'next-server') {
    decide(core, received, verdict);
  } else if (core.options.qnameMinimisation === 'relaxed') {
    if (isError(verdict)) countError(fetch, server);
    goPlain(core, fetch, verdict.kind === 'error' ? verdict.rcode : verdict.kind);
  } else {
    if (verdict.kind === 'nxdomain') storeAbsence(core, received, 'nxdomain', asked, verdict.soa);
    decide(core, received, verdict);
  }
}

function isError({ kind }: Verdict): boolean {
  return kind === 'error' || kind === 'lame';
}

function decide(core: Core, received: Received, verdict: Verdict): void {
  const { fetch, server, message } = received;
  if (message.said !== undefined && verdict.kind !== 'error') noteSaid(core, server, message.said);
  switch (verdict.kind) {
    case 'answer':
      takeAnswer(core, received, verdict);
      break;
    case 'nodata':
    case 'nxdomain':
      takeAbsence(core, received, verdict.kind, verdict.soa);
      break;
    case 'referral':
      follow(core, received, verdict.delegation);
      break;
    case 'too-long':
      failFetch(core, fetch, 'loop', 'YXDOMAIN');
      break;
    case 'truncated':
      noteTruncated(core, server);
      server.transport = 'tcp';
      break;
    case 'last-resort':
      fetch.lastResort ??= { message, server };
      // Not held against the server: its reply may be used yet.
      server.state = 'lame';
      noteBadReply(core, server, 'recursive resolver in place of an authority');
      break;
    case 'lame':
      core.infra.markLame(server.address, fetch.cut!.zone, core.now);
      reject(core, received, 'lame', verdict.why);
      break;
    case 'error':
      if (message.failure) fetch.told = message.failure;
      reject(core, received, 'failed', message.said ? `${verdict.rcode}, ${message.said}` : verdict.rcode);
  }
}

function takeAnswer(
  core: Core,
  { fetch, server, message }: Received,
  { links, volunteered, addresses }: Extract<Verdict, { kind: 'answer' }>,
): void {
  const entries = storeAnswer(core, links, message.authoritative, server.address, fetch.cut!.bounds);
  storeAddresses(core, addresses, server.address);
  if (core.denials && message.authoritative) learnWildcards(core, message);
  if (volunteered && core.options.acceptVolunteeredNs) storeVolunteered(core, volunteered, server.address);
  const wanted = entries.filter((entry) => isWanted(entry, fetch));
  noteAnswer(core, fetch, 'answered', wanted[0]!.ttlSeconds);
  succeed(core, fetch, wanted);
}

/** A DNAME above the name is cached; the answer goes on with the CNAME made from it. */
function isWanted({ name, type }: CacheEntry, fetch: Fetch): boolean {
  return type !== DNAME || name === fetch.name;
}

function takeAbsence(
  core: Core,
  received: Received,
  kind: 'nodata' | 'nxdomain',
  soa: RRset | undefined,
): void {
  const { fetch } = received;
  const entry = storeAbsence(core, received, kind, fetch, soa);
  noteAnswer(core, fetch, kind === 'nodata' ? 'NODATA' : 'NXDOMAIN', entry.ttlSeconds);
  succeed(core, fetch, [entry]);
}

function storeAbsence(
  core: Core,
  { fetch, server, message }: Received,
  kind: 'nodata' | 'nxdomain',
  question: Question,
  soa: RRset | undefined,
): CacheEntry {
  const entry = storeNegative(
    core,
    kind,
    question,
    soa,
    message.authoritative,
    server.address,
    fetch.cut!.bounds,
  );
  if (core.denials && soa && message.authoritative) learnDenial(core, soa, message, entry.expiresAt);
  return entry;
}

function succeed(core: Core, fetch: Fetch, entries: readonly CacheEntry[]): void {
  core.failures.succeed(fetch.name, fetch.type);
  core.failures.succeed(fetch.cut!.zone, EVERY_TYPE);
  if (fetch.spilled) growJoined(core);
  completeFetch(core, fetch, { kind: 'entries', entries });
}

/** Goes down to the zone a referral names. */
function follow(core: Core, { fetch, server, message }: Received, delegation: Delegation): void {
  const { ns, glue } = delegation;
  const renewal = fetch.worn?.zone === ns.name || endsSoon(core, fetch, ns.name);
  storeReferral(core, delegation, server.address, renewal);
  if (core.secureCuts) learnCut(core, fetch.cut!.zone, ns, message);
  noteReferral(core, ns, dataTtl(ns.ttl, core.options));
  const cut = cutOf(core, ns, glue, 'referral');
  if (fetch.worn?.zone === ns.name) {
    if (!core.options.upstream.refreshAddresses) keepWear(cut, fetch.worn);
    else if (fetch.renewals === 1) grantLastTry(core, cut);
  }
  moveTo(fetch, cut);
}

/** The cached delegation was taken for ended, so what the parent says now takes its place. */
function endsSoon(core: Core, { effort }: Fetch, zone: Name): boolean {
  if (effort.leewayMicros === 0) return false;
  const cached = core.delegations.exact(zone, NS, core.now);
  return cached !== undefined && cached.expiresAt <= core.now + effort.leewayMicros;
}

/** Servers found to be of no use stay so when the renewed delegation names them again. */
function keepWear(cut: Cut, worn: Cut): void {
  for (const server of cut.servers) {
    const same = worn.servers.find(({ address }) => address === server.address);
    if (same) server.state = same.state;
  }
}

/** Unbound asks each server once more after the NS set was asked for again (iter_utils.c iter_merge_retry_counts()). */
function grantLastTry({ options }: Core, { servers }: Cut): void {
  for (const server of servers) server.tries = options.sendsPerServer - 1;
}

function reject(core: Core, received: Received, state: Server['state'], what: string): void {
  const { fetch, server } = received;
  const { errorsPerServer, maximumErrors = Number.POSITIVE_INFINITY, tcp } = core.options.upstream;
  countError(fetch, server);
  const isOut = tcp?.afterErrors ? !askOtherwise(received) : server.errors >= errorsPerServer;
  if (isOut) server.state = state;
  core.throttle?.record(server.address, fetch.asked!, 'error', core.now);
  noteBadReply(core, server, what);
  if (fetch.errorsInRow >= maximumErrors || isPassedOn(core, fetch, received.message.rcode))
    failFetch(core, fetch, 'server-failure');
}

function countError(fetch: Fetch, server: Server): void {
  server.errors++;
  fetch.errorsInRow++;
}

/**
 * After SERVFAIL or REFUSED the full name without further ado, then TCP (Knot Resolver, lib/selection.c error()).
 * @returns whether there was something else to try
 */
function askOtherwise({ fetch, server, message: { rcode } }: Received): boolean {
  if (rcode !== 'SERVFAIL' && rcode !== 'REFUSED') return false;
  const isPlain = fetch.plain || fetch.revealedDepth > 0;
  if (isPlain && server.transport === 'tcp') return false;
  fetch.overTcp = isPlain;
  fetch.plain = true;
  return true;
}
