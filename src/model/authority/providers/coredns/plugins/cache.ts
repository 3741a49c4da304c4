/**
 * `cache` (CoreDNS 1.14 plugin/cache/cache.go, README.md): what it holds is answered until its TTL is over, whatever has
 * become of the data meanwhile, and with what is left of the TTL.
 *
 * Cells do not share a past, so nothing is stored: names are taken to be asked all the time, by others too, and then an
 * entry is replaced the moment it ends. What is held at any time follows from the versions of the data alone; when the
 * entry of a question began first is drawn by a hash. With `prefetch` it is replaced before its end. SERVFAIL is kept for
 * `servfail`, so a zone that is back is an error for that much longer. With `serve_stale` an entry that ended before the
 * zone was lost is served instead (positive entries go before a SERVFAIL that is held, pull request 8003); `immediate` and
 * `verify` differ in who waits for the refresh, which takes no time here.
 *
 * Not modelled: names rarely asked (they would be fetched anew, with a whole TTL, and with `immediate` the first to ask
 * would hear the old data once more), capacity, chance behind the cache: policies draw anew for each query.
 */
import { describeDuration, type Micros, SECOND } from '../../../../../base/time.ts';
import type { CachePlugin } from '../../../../../dns/corefile/plugins.ts';
import type { Message, Question } from '../../../../../dns/data/message.ts';
import { type RRset, withTtl } from '../../../../../dns/data/rrset.ts';
import { hash32 } from '../../../steering/hash.ts';
import { closest, type Handler, type Reply, type Server } from '../handler.ts';

export const cache: Handler<CachePlugin> = ([statement], question, next, server) => {
  if (closest(statement!.zones, question.name) === undefined) return next(question);
  if (server.clock === undefined) return bounded(statement!, next(question)).reply;
  const { now, eras } = server.clock;
  return held(
    statement!,
    question,
    server,
    now,
    eras.map((until, era) => {
      return { until, fetch: () => server.during(era, () => bounded(statement!, next(question))) };
    }),
  );
};

/** A reply as the cache takes it; `seconds`: how long it is held, absent where it is not. */
interface Kept {
  readonly reply: Reply;
  readonly seconds?: number;
}

/** A time during which the data stayed as they were. */
interface Era {
  /** Its end, Infinity for the present one. */
  readonly until: Micros;
  fetch(): Kept;
}

/** What is answered now: the entry of an earlier era as long as it lives, else that of the present one. */
function held(
  statement: CachePlugin,
  question: Question,
  { number }: Server,
  now: Micros,
  eras: readonly Era[],
): Reply {
  let old: { readonly kept: Kept; readonly at: Micros } | undefined;
  /** What was held last that is no failure. */
  let good: { readonly kept: Kept; readonly at: Micros } | undefined;
  /** When an entry ends and the next begins, in the era looked at. */
  let anchor: Micros | undefined;
  for (const { until, fetch } of eras) {
    if (old && anchor !== undefined && until <= anchor) continue;
    if (old && anchor !== undefined && now < anchor) {
      return stale(statement, old.kept, good, now) ?? aged(statement, old.kept, now - old.at);
    }
    const kept = fetch();
    const cycle = cycleOf(statement, kept);
    if (cycle === undefined) {
      if (now < until) return stale(statement, kept, good, now) ?? kept.reply;
      [old, anchor] = [undefined, until];
      continue;
    }
    const start = anchor ?? phaseOf(question, number, cycle);
    const last = Math.min(now, until - 1);
    const at = start + Math.floor((last - start) / cycle) * cycle;
    if (now < until) return stale(statement, kept, good, now) ?? aged(statement, kept, now - at);
    [old, anchor] = [{ kept, at }, at + cycle];
    if (!isFailure(kept.reply)) good = old;
  }
  throw new RangeError('the last era never ends');
}

/** In place of a failure: the last data, while their end is not too long ago. */
function stale(
  { serveStale }: CachePlugin,
  { reply }: Kept,
  good: { readonly kept: Kept; readonly at: Micros } | undefined,
  now: Micros,
): Reply | undefined {
  if (!serveStale || !good || good.kept.reply === 'drop' || !isFailure(reply)) return undefined;
  const end = good.at + (good.kept.seconds ?? 0) * SECOND;
  if (now >= end + serveStale.upTo) return undefined;
  const past = describeDuration(Math.max(0, now - end));
  const said = `coredns: cache serves stale data, ${past} past their end`;
  return { ...withTtls(good.kept.reply, serveStale.ttlSeconds), said };
}

function isFailure(reply: Reply): boolean {
  return reply !== 'drop' && reply.rcode === 'SERVFAIL';
}

/** From one replacement of an entry to the next; undefined where nothing is held. */
function cycleOf({ prefetch }: CachePlugin, { seconds = 0 }: Kept): Micros | undefined {
  if (seconds === 0) return undefined;
  const ahead = prefetch && prefetch.amount > 0 ? Math.ceil((seconds * prefetch.percentage) / 100) : 0;
  return Math.max(1, seconds - ahead) * SECOND;
}

function phaseOf({ name, type }: Question, server: number, cycle: Micros): Micros {
  return Math.floor((hash32(`${server} ${name} ${type}`) / 2 ** 32) * cycle);
}

function aged({ keepTtl }: CachePlugin, { reply, seconds = 0 }: Kept, age: Micros): Reply {
  if (reply === 'drop' || keepTtl) return reply;
  return withTtls(reply, Math.max(0, seconds - Math.floor(age / SECOND)));
}

/** cache.go WriteMsg: all records get the TTL with which the reply is kept, the first time too. */
function bounded({ keepTtl, success, denial, servfailSeconds }: CachePlugin, reply: Reply): Kept {
  if (isFailure(reply)) return { reply, seconds: servfailSeconds };
  if (reply === 'drop' || (reply.rcode !== 'NOERROR' && reply.rcode !== 'NXDOMAIN')) return { reply };
  const { ttlSeconds, leastSeconds } = reply.answer.length === 0 ? denial : success;
  const seconds = Math.min(Math.max(smallestTtl(reply), leastSeconds), ttlSeconds);
  return { reply: keepTtl ? reply : withTtls(reply, seconds), seconds };
}

function withTtls(reply: Message, seconds: number): Message {
  const evened = (sets: readonly RRset[]): readonly RRset[] => sets.map((rrset) => withTtl(rrset, seconds));
  const { answer, authority, additional } = reply;
  return { ...reply, answer: evened(answer), authority: evened(authority), additional: evened(additional) };
}

/** A message without records lives as long as the least TTL (plugin/pkg/dnsutil/ttl.go). */
const NO_RECORDS = 5;

function smallestTtl({ answer, authority, additional }: Message): number {
  const ttls = [...answer, ...authority, ...additional].map(({ ttl }) => ttl);
  return ttls.length === 0 ? NO_RECORDS : Math.min(...ttls);
}
