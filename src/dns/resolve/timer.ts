/** The one timer of a look-up: first the client response timer (RFC 8767 §5) where there is one, then the deadline. */
import { answerStale, conclude } from './conclude.ts';
import { detach, failFetch } from './ending.ts';
import { noteClientTimer, noteDeadline } from './notes.ts';
import type { Reason } from './protocol.ts';
import { clientTimer } from './stale.ts';
import type { Core, Fetch, Lookup } from './state.ts';

/** Arms the timer when a look-up begins to wait. */
export function startTimer(core: Core, lookup: Lookup): void {
  const delay = lookup.owner.kind === 'client' ? clientTimer(core) : undefined;
  if (delay === 0) answerStale(core, lookup, 'at-once');
  const soon = delay === undefined || delay === 0 ? lookup.effort.deadline : core.now + delay;
  armTimer(core, lookup, Math.min(soon, lookup.effort.deadline));
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
  armTimer(core, lookup, lookup.effort.deadline);
}

/** The fetch fails for all who wait for it when its own time is up as well. */
function runOutOfTime(core: Core, lookup: Lookup): void {
  noteDeadline(core, lookup.question);
  const fetch = lookup.fetch;
  if (fetch && core.now >= fetch.effort.deadline) {
    failFetch(core, fetch, deadlineReason(fetch));
  } else {
    detach(core, lookup);
    conclude(core, lookup, 'budget', 'SERVFAIL');
  }
}

/** Why a fetch ran out of time: nobody answers, or it simply took too long. */
function deadlineReason({ cut, exchange }: Fetch): Reason {
  const servers = cut?.servers ?? [];
  const errors = servers.some(({ state }) => state === 'failed' || state === 'lame');
  const timedOut = servers.some((server) => server.sends > (exchange?.server === server ? 1 : 0));
  return timedOut && !errors ? 'no-reachable-server' : 'budget';
}
