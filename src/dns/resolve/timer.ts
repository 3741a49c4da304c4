/** The one timer of a look-up: first the client response timer (RFC 8767 §5) where there is one, then the deadline. */
import type { Micros } from '../../base/time.ts';
import { answerStale, conclude } from './conclude.ts';
import { detach, failFetch, lateReason } from './ending.ts';
import { noteClientTimer, noteDeadline } from './notes.ts';
import { clientTimer, fetchStaleAt } from './stale.ts';
import type { Core, Lookup } from './state.ts';

/** Arms the timer when a look-up begins to wait. */
export function startTimer(core: Core, lookup: Lookup): void {
  const delay = lookup.owner.kind === 'client' ? clientTimer(core) : undefined;
  if (delay === 0) answerStale(core, lookup, 'at-once');
  if (delay) lookup.staleAt = staleAt(core, lookup, delay);
  if (lookup.staleAt !== undefined && lookup.staleAt < lookup.effort.deadline)
    armTimer(core, lookup, lookup.staleAt);
  else armDeadline(core, lookup);
}

/** When the client response timer rings; undefined where a fetch has one, which is the end of a wait. */
function staleAt(core: Core, { fetch }: Lookup, delay: Micros): Micros | undefined {
  if (fetch && fetchStaleAt(core, fetch) !== undefined) return undefined;
  const shares = core.options.serveStale?.timerOf === 'waiting';
  const running = shares ? fetch?.waiters.find((other) => (other.staleAt ?? 0) > core.now) : undefined;
  return running?.staleAt ?? core.now + delay;
}

/** Where the limit only forbids another try, nothing needs to happen when it has come. */
function armDeadline(core: Core, lookup: Lookup): void {
  if (core.options.upstream.timeLimit === 'at-once') armTimer(core, lookup, lookup.effort.deadline);
}

function armTimer(core: Core, lookup: Lookup, at: number): void {
  const timer = core.nextId++;
  core.timers.set(timer, lookup);
  lookup.timer = timer;
  core.actions.push({ kind: 'arm', timer, delay: at - core.now });
}

/** The client response timer or the deadline has come. */
export function lookupTimer(core: Core, lookup: Lookup): void {
  lookup.timer = undefined;
  if (core.now >= lookup.effort.deadline) {
    runOutOfTime(core, lookup);
    return;
  }
  noteClientTimer(core, lookup.question);
  answerStale(core, lookup, 'timer');
  armDeadline(core, lookup);
}

/** The fetch fails for all who wait for it when its own time is up as well. */
function runOutOfTime(core: Core, lookup: Lookup): void {
  noteDeadline(core, lookup.question);
  const fetch = lookup.fetch;
  if (fetch && core.now >= fetch.effort.deadline) {
    failFetch(core, fetch, lateReason(fetch));
  } else {
    detach(core, lookup);
    conclude(core, lookup, 'budget', 'SERVFAIL');
  }
}
