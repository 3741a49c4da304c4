/** How fetches and look-ups end, and what they leave behind: nothing armed, nothing under way. */
import { SECOND } from '../../base/time.ts';
import type { Rcode } from '../data/message.ts';
import { noteFailure } from './notes.ts';
import type { Reason } from './protocol.ts';
import type { Core, Exchange, Fetch, Lookup, Outcome } from './state.ts';
import { leave, withdraw } from './task/share.ts';

/** Ends a fetch and hands its end to all who wait; they deal with it later in the same step. */
export function completeFetch(core: Core, fetch: Fetch, outcome: Outcome): void {
  if (fetch.done) return;
  const waiters = fetch.waiters.splice(0);
  dismantle(core, fetch);
  for (const lookup of waiters) {
    lookup.fetch = undefined;
    lookup.outcome = outcome;
    core.ready.push(lookup);
  }
}

/** Ends a fetch without a result, and remembers that (RFC 9520 §3.2). */
export function failFetch(core: Core, fetch: Fetch, reason: Reason, rcode: Rcode = 'SERVFAIL'): void {
  if (fetch.done) return;
  rememberFailure(core, fetch, reason);
  const told = reason === 'server-failure' ? fetch.told : undefined;
  completeFetch(core, fetch, { kind: 'failure', reason, rcode, told });
}

/** Ends a look-up that nobody needs any more, and its fetch when no other waits for it. */
export function abandonLookup(core: Core, lookup: Lookup): void {
  lookup.done = true;
  disarm(core, lookup);
  detach(core, lookup);
}

/** Takes a look-up off the fetch it waits for. */
export function detach(core: Core, lookup: Lookup): void {
  const fetch = lookup.fetch;
  if (fetch === undefined) return;
  lookup.fetch = undefined;
  fetch.waiters.splice(fetch.waiters.indexOf(lookup), 1);
  if (fetch.waiters.length > 0) return;
  if (core.now >= fetch.effort.deadline) rememberFailure(core, fetch, 'budget');
  dismantle(core, fetch);
}

/** Takes back the look-up's timer. */
export function disarm(core: Core, lookup: Lookup): void {
  if (lookup.timer === undefined) return;
  core.timers.delete(lookup.timer);
  core.actions.push({ kind: 'disarm', timer: lookup.timer });
  lookup.timer = undefined;
}

function dismantle(core: Core, fetch: Fetch): void {
  fetch.done = true;
  if (core.fetches.get(fetch.key) === fetch) core.fetches.delete(fetch.key);
  leave(fetch);
  if (fetch.exchange) cancel(core, fetch.exchange);
  fetch.exchange = undefined;
  for (const exchange of fetch.alongside ?? []) cancel(core, exchange);
  fetch.alongside = [];
  if (fetch.waitsFor && !fetch.waitsFor.done) abandonLookup(core, fetch.waitsFor);
}

function cancel(core: Core, exchange: Exchange): void {
  const { id } = exchange;
  core.ready.push(...withdraw(core, exchange));
  core.exchanges.delete(id);
  core.actions.push({ kind: 'cancel', exchange: id });
}

function rememberFailure(core: Core, fetch: Fetch, reason: Reason): void {
  const failure = core.failures.record(fetch.name, fetch.type, core.now);
  noteFailure(core, fetch, reason, (failure.until - core.now) / SECOND);
}

/** Why a fetch ran out of time: nobody answers, or it simply took too long. */
export function lateReason({ cut, exchange }: Fetch): Reason {
  const servers = cut?.servers ?? [];
  const errors = servers.some(({ state }) => state === 'failed' || state === 'lame');
  const timedOut = servers.some((server) => server.sends > (exchange?.server === server ? 1 : 0));
  return timedOut && !errors ? 'no-reachable-server' : 'budget';
}
