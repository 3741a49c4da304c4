/**
 * Addresses of name servers that are known by name only: looked up ahead of need, when the choice falls on one, or
 * when nobody else is left to ask.
 *
 * A look-up made ahead goes on by itself, whatever becomes of the fetch that started it. That takes over what has been
 * found when it next has to choose; where nothing else is left, it waits for the first that ends.
 *
 * Not modelled: looking up the second family of a server that has an address of the first (Unbound does at once,
 * BIND from its second round on). The cost: queries for AAAA that a real resolver sends once for each server.
 */
import type { Name } from '../../data/name.ts';
import { startLookup } from '../lookup.ts';
import { noteAhead, noteAwaitAny, noteServerAddress } from '../notes.ts';
import type { Core, Cut, Fetch, Lookup, Unresolved } from '../state.ts';
import { addServers } from './delegation.ts';
import { waitsFor } from './fetch.ts';
import { ask } from './send.ts';

/** Takes over what was found ahead, and starts more look-ups when none is under way. @returns false: never a way on */
export function lookAhead(core: Core, fetch: Fetch, cut: Cut): boolean {
  if (cut.ahead.length > 0) takeFound(core, fetch, cut);
  if (cut.unresolved.length === 0 || cut.ahead.length > 0) return false;
  for (const name of namesAhead(core, fetch, cut)) startAhead(core, fetch, cut, name);
  return false;
}

function takeFound(core: Core, fetch: Fetch, cut: Cut): void {
  const found = cut.ahead.filter(({ done }) => done);
  for (const lookup of found) {
    cut.ahead.splice(cut.ahead.indexOf(lookup), 1);
    takeAddresses(core, fetch, lookup);
  }
}

/** The names to look up now, drawn where there are more than may be (Unbound query_for_targets()). */
function namesAhead(core: Core, fetch: Fetch, { unresolved }: Cut): readonly Name[] {
  const { when, names, fewerPerLevel } = core.options.upstream.addresses;
  const most = names - fewerPerLevel * fetch.depth;
  if (when !== 'ahead' || most <= 0 || fetch.depth >= core.options.maximumDepth) return [];
  const left = [...new Set(unresolved.map(({ name }) => name))];
  while (left.length > most) left.splice(Math.floor(core.random() * left.length), 1);
  return left;
}

function startAhead(core: Core, fetch: Fetch, cut: Cut, name: Name): void {
  for (const next of cut.unresolved.filter((one) => one.name === name)) {
    cut.unresolved.splice(cut.unresolved.indexOf(next), 1);
    cut.lookedUp = true;
    noteAhead(core, next, cut.zone);
    cut.ahead.push(startLookup(core, next, { kind: 'ahead', fetch }, fetch.effort, fetch.depth + 1));
  }
}

/** Asks the server on which the choice fell before its address was known, or lets the choice fall on such a one. */
export function askChosen(core: Core, fetch: Fetch, cut: Cut): boolean {
  const { chosen } = cut;
  cut.chosen = undefined;
  if (chosen !== undefined && ask(core, fetch, cut, ({ name, sends }) => name === chosen && sends === 0))
    return true;
  return cut.unresolved.length > 0 && cut.servers.length > 0 && lookUpChosen(core, fetch, cut);
}

function lookUpChosen(core: Core, fetch: Fetch, cut: Cut): boolean {
  const nameless = cut.unresolved.filter(({ name }) => !cut.servers.some((server) => server.name === name));
  if (nameless.length === 0 || !isChosen(core, cut, nameless.length)) return false;
  const next = nameless[Math.floor(core.random() * nameless.length)]!;
  cut.chosen = next.name;
  return lookUp(core, fetch, cut, next);
}

/** Whether the choice falls on one of the servers without an address, drawn as the selection draws the others. */
function isChosen(core: Core, { servers }: Cut, nameless: number): boolean {
  const { selection, upstream } = core.options;
  const { when } = upstream.addresses;
  if (when !== 'explored' && when !== 'untried') return false;
  const usable = servers.filter(({ state, sends }) => state === 'usable' && sends === 0);
  const untried = usable.filter(
    ({ address }) => core.infra.known(address, core.now)?.preference === undefined,
  );
  if (when === 'untried') return core.random() < nameless / (nameless + untried.length);
  const explores = selection.id === 'epsilon-greedy' ? selection.exploreShare : 0;
  return core.random() < (explores * nameless) / (nameless + usable.length);
}

/**
 * While there are addresses left to look up: who looks ahead asks any server that is known; who does not asks those
 * that have not been asked this yet, or owe the rest of a truncated reply. Silent servers then come after the look-ups:
 * else a zone that has a second operator would wait for all time-outs of the first.
 */
export function askBeforeLookUp(core: Core, fetch: Fetch, cut: Cut): boolean {
  if (cut.unresolved.length + cut.ahead.length === 0) return false;
  const any = core.options.upstream.addresses.when === 'ahead';
  return ask(core, fetch, cut, any ? () => true : (server) => server.sends === 0);
}

/** Waits for the first of the look-ups made ahead to end, but for those that wait for this fetch themselves. */
export function awaitAhead(core: Core, fetch: Fetch, cut: Cut): boolean {
  const circles = cut.ahead.filter((lookup) => lookup.fetch !== undefined && waitsFor(lookup.fetch, fetch));
  for (const lookup of circles) cut.ahead.splice(cut.ahead.indexOf(lookup), 1);
  if (circles.length > 0) fetch.addressFailure ??= 'loop';
  if (cut.ahead.length === 0) return false;
  noteAwaitAny(core, cut.zone);
  fetch.awaitsAny = true;
  return true;
}

/** Waits for the address of the next server. */
export function lookUpServer(core: Core, fetch: Fetch, cut: Cut): boolean {
  const next = cut.unresolved[0];
  return next !== undefined && lookUp(core, fetch, cut, next);
}

function lookUp(core: Core, fetch: Fetch, cut: Cut, next: Unresolved): boolean {
  if (cut.unresolved.includes(next)) cut.unresolved.splice(cut.unresolved.indexOf(next), 1);
  if (fetch.depth >= core.options.maximumDepth) {
    fetch.addressFailure = 'budget';
    return true;
  }
  cut.lookedUp = true;
  noteServerAddress(core, next, cut.zone);
  const owner = { kind: 'server-address', fetch, server: next.name } as const;
  fetch.waitsFor = startLookup(core, next, owner, fetch.effort, fetch.depth + 1);
  return true;
}

/** Adds the addresses that a look-up found to the servers of the fetch's cut. */
export function takeAddresses(core: Core, fetch: Fetch, lookup: Lookup): void {
  const last = lookup.chain[lookup.chain.length - 1];
  if (last === undefined || last.kind !== 'data') fetch.addressFailure ??= lookup.failure ?? 'server-failure';
  else if (fetch.cut && last.type === lookup.question.type) {
    addServers(core, fetch.cut.servers, fetch.cut.zone, lookup.question.name, last.rrset);
  }
}
