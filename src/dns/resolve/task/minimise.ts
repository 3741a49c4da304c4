/**
 * QNAME minimisation (RFC 9156): which name to show the servers of a zone.
 *
 * A name already known from the cache to hold no cut is not asked, unless `remembersUncut` is off. Not modelled:
 * special cases for reverse zones, which change counts of queries, not answers.
 */
import type { Question } from '../../data/message.ts';
import { depth, isSubdomain, type Name, parent } from '../../data/name.ts';
import { A, DS, NS, type RrType } from '../../data/rrtype.ts';
import type { Core, Cut, Fetch } from '../state.ts';

/** The question to ask the servers of the fetch's cut. */
export function nextQuestion(core: Core, fetch: Fetch, cut: Cut): Question {
  const full = { name: fetch.name, type: fetch.type };
  if (fetch.plain || cut.origin === 'forward') return full;
  const type = core.options.minimisedType === 'NS' ? NS : A;
  const target = depth(fetch.name);
  const zone = depth(cut.zone);
  const { minimiseUncutLabels = target, minimiseLabels = target } = core.options;
  const most = Math.min(zone + minimiseUncutLabels, minimiseLabels);
  let shown = Math.max(zone, fetch.revealedDepth);
  for (;;) {
    shown += labelsToAdd(core, fetch, target - shown);
    if (shown >= target || shown > most) return lastQuestion(core, fetch, full);
    const name = suffix(fetch.name, target - shown);
    if (!isKnownUncut(core, name, type)) return { name, type };
    fetch.revealedDepth = shown;
  }
}

/** The full name: with type A first where the type is hidden, unless that is known to tell nothing more. */
function lastQuestion(core: Core, fetch: Fetch, full: Question): Question {
  const { name, type } = full;
  if (!core.options.minimiseHidesType || type === A || type === DS) return full;
  if (fetch.revealedDepth >= depth(name) || core.cache.answer(name, A, core.now)) return full;
  return { name, type: A };
}

/** Notes that the name asked for exists or at least is no zone cut: the next query shows more. */
export function reveal(fetch: Fetch): void {
  if (fetch.asked && isSubdomain(fetch.name, fetch.asked.name)) fetch.revealedDepth = depth(fetch.asked.name);
  fetch.asked = undefined;
}

/** One label at first, then the rest in equal steps (RFC 9156 §2.3). */
function labelsToAdd(core: Core, fetch: Fetch, left: number): number {
  const { minimiseCount, minimiseOneLabelCount } = core.options;
  if (fetch.minimisedQueries < minimiseOneLabelCount) return 1;
  const queriesLeft = minimiseCount - fetch.minimisedQueries;
  return queriesLeft <= 0 ? left : Math.max(1, Math.ceil(left / queriesLeft));
}

function isKnownUncut(core: Core, name: Name, type: RrType): boolean {
  if (!core.options.upstream.remembersUncut) return false;
  const entry = core.cache.answer(name, type, core.now);
  return entry !== undefined && entry.kind !== 'nxdomain';
}

function suffix(name: Name, labelsOff: number): Name {
  let rest = name;
  for (let count = 0; count < labelsOff; count++) rest = parent(rest)!;
  return rest;
}
