/**
 * Warm caches: before the run begins, a resolver has resolved every question of its clients.
 *
 * The resolver itself does the work, against authorities at their median round-trip time that lose nothing, at
 * negative times and in their order. Not modelled: questions nobody asked lately (with rate λ an entry of TTL T is
 * present only λT/(1+λT) of the time); the cost is a first TTL that is a little too warm for resolvers with few
 * clients. Aliases are taken to live as long as the whole chain.
 */
import { type Micros, SECOND, type Seconds } from '../../base/time.ts';
import type { Message, Question } from '../../dns/data/message.ts';
import { type RRset, withTtl } from '../../dns/data/rrset.ts';
import type { ResolverAction, ResolverEvent } from '../../dns/resolve/protocol.ts';
import type { Resolver } from '../../dns/resolve/resolver.ts';
import type { Asker, Outside } from '../outside.ts';
import { messageOf } from './hops.ts';

/** A resolution that took place so long before the run begins. */
export interface WarmJob {
  readonly question: Question;
  readonly age: Micros;
  /** For forwarders: the cache of the upstream that answers. */
  readonly source?: Resolver;
  /** ... and the most it had left then. */
  readonly ttlLimit?: Seconds;
}

/** The draw of an ordinary day: median round-trip times, and no loss below one half strikes. */
const ordinary = (): number => 0.5;

/** More steps than this for one question mean that it cannot be resolved: the cache then stays cold for it. */
const STEP_LIMIT = 500;
/** Room for the round trips of a resolution: it ends before the run begins, or before the next one is due. */
const ROOM: Micros = SECOND;

/**
 * When a busy resolver last fetched an answer and the delegations above it.
 *
 * It fetches the answer once per TTL, at a uniform phase, and along with it whatever has expired above. So a
 * delegation is as old as the answer plus whole periods of the answer, and so on upwards: every age is uniform
 * over its own period.
 * @param ttls of the answer, then of the delegations from the closest up
 * @param phases one for each, in [0, 1)
 * @returns ages in the same order, never falling
 */
export function fetchAges(ttls: readonly Seconds[], phases: readonly number[]): readonly Micros[] {
  let age = 0;
  let period = 0;
  return ttls.map((ttl, at) => {
    const phase = phases[at]!;
    if (at === 0) {
      age = Math.max(ROOM, Math.round(phase * ttl * SECOND));
      period = ttl * SECOND + ROOM;
    } else {
      const periods = Math.ceil((ttl * SECOND + ROOM) / period);
      age += Math.floor(phase * periods) * period;
      period *= periods;
    }
    return age;
  });
}

/** Resolves the questions into the resolver's cache, oldest first. */
export function warm(
  resolver: Resolver,
  jobs: readonly WarmJob[],
  region: number,
  outside: Outside,
  asker?: Asker,
): void {
  const order = jobs.map((job, at) => ({ ...job, at })).sort((a, b) => b.age - a.age || a.at - b.at);
  let now = Number.NEGATIVE_INFINITY;
  for (const job of order) {
    now = resolveBefore(resolver, job.question, Math.max(-job.age, now), region, outside, job, asker).now;
  }
}

/** TTL that a resolver without memory gives its clients for a question; 0 when it cannot resolve it. */
export function ttlOf(
  resolver: Resolver,
  question: Question,
  region: number,
  outside: Outside,
  asker?: Asker,
): Seconds {
  return resolveBefore(resolver, question, -ROOM, region, outside, {}, asker).ttl;
}

/** One resolution from `at` on: the TTL of the answer (0 when none could be had) and the time it ended. */
function resolveBefore(
  resolver: Resolver,
  question: Question,
  at: Micros,
  region: number,
  outside: Outside,
  job: Partial<WarmJob>,
  asker: Asker | undefined,
): { readonly ttl: Seconds; readonly now: Micros } {
  let ttl = 0;
  /** What is on its way, soonest first. */
  const due: Due[] = [{ at, event: { kind: 'query', ticket: 0, question } }];
  let now = at;
  for (let steps = 0; due.length > 0 && steps < STEP_LIMIT; steps++) {
    const next = due.shift()!;
    now = next.at;
    const actions: ResolverAction[] = [];
    resolver.step(next.event, now, actions);
    for (const action of actions) {
      if (action.kind === 'answer') ttl = action.answer.ttl;
      if (action.kind !== 'send') continue;
      const reply = job.source
        ? fromUpstream(job.source, action, now, job.ttlLimit)
        : fromAuthority(outside, action, now, region, asker);
      if (reply) insert(due, reply);
    }
  }
  return { ttl, now };
}

type Send = Extract<ResolverAction, { kind: 'send' }>;

interface Due {
  readonly at: Micros;
  readonly event: ResolverEvent;
}

function insert(due: Due[], one: Due): void {
  const index = due.findIndex(({ at }) => at > one.at);
  due.splice(index < 0 ? due.length : index, 0, one);
}

/** Nothing comes where the upstream holds no answer. */
function fromUpstream(
  source: Resolver,
  { exchange, question }: Send,
  now: Micros,
  ttlLimit: Seconds | undefined,
): Due | undefined {
  const held = source.held(question, now);
  return held && { at: now, event: { kind: 'reply', exchange, message: limited(messageOf(held), ttlLimit) } };
}

/** Who is silent on an ordinary day is not waited for. */
function fromAuthority(
  outside: Outside,
  { exchange, address, question, transport }: Send,
  now: Micros,
  region: number,
  asker: Asker | undefined,
): Due {
  const delivery = outside.ask(address, question, region, transport, now, ordinary, asker);
  if (delivery.kind === 'lost') return { at: now, event: { kind: 'unreachable', exchange } };
  const at = now + delivery.delay;
  if (delivery.kind === 'unreachable') return { at, event: { kind: 'unreachable', exchange } };
  return { at, event: { kind: 'reply', exchange, message: delivery.message } };
}

/** The same message with no TTL above the limit. */
function limited(message: Message, limit: Seconds | undefined): Message {
  if (limit === undefined) return message;
  const cut = (sets: readonly RRset[]): readonly RRset[] =>
    sets.map((set) => (set.ttl > limit ? withTtl(set, limit) : set));
  return { ...message, answer: cut(message.answer), authority: cut(message.authority) };
}
