/** What each filter of a chain removes or reorders, in words, along the likeliest way where chance decides. */
import { type Fork, type Items, isFork } from './filters/filter.ts';
import type { Pipeline, Step } from './pipeline.ts';

/** `up removes us; select_first_n keeps eu`. @param label what a candidate is called */
export function reasonsOf({ start, steps }: Pipeline, label: (item: number) => string): string {
  let items = start;
  const reasons: string[] = [];
  for (const step of steps) {
    if (items.length === 0) break;
    const { after, drawn } = play(step, items);
    const reason = reasonOf(step, items, after, drawn, label);
    if (reason !== undefined) reasons.push(`${step.link.filter} ${reason}`);
    items = after;
  }
  return reasons.join('; ');
}

interface Played {
  readonly after: Items;
  readonly drawn: readonly { readonly fork: Fork; readonly likeliest: Items }[];
}

function play({ stages }: Step, before: Items): Played {
  let after = before;
  const drawn: { fork: Fork; likeliest: Items }[] = [];
  for (const stage of stages) {
    const result = stage(after);
    after = isFork(result) ? likeliestOf(result) : result;
    if (isFork(result) && result.ways.length > 1) drawn.push({ fork: result, likeliest: after });
  }
  return { after, drawn };
}

function likeliestOf({ ways }: Fork): Items {
  return ways.reduce((best, way) => (way.weight > best.weight ? way : best)).items;
}

function reasonOf(
  { link }: Step,
  before: Items,
  after: Items,
  drawn: Played['drawn'],
  label: (item: number) => string,
): string | undefined {
  const list = (items: Items): string => items.map(label).join(' and ');
  const removed = before.filter((item) => !after.includes(item));
  if (link.filter === 'ipv4_prefix_shuffle') return drawn.length > 0 ? 'draws addresses' : undefined;
  const parts: string[] = [];
  if (removed.length > 0 && after.length === 0) parts.push(`removes ${list(removed)}: nothing is left`);
  else if (link.filter.startsWith('select_') && removed.length > 0) parts.push(`keeps ${list(after)}`);
  else if (removed.length > 0) parts.push(`removes ${list(removed)}`);
  if (link.filter === 'shed_load') parts.push(...drawn.map(({ fork }) => sheds(fork, label)));
  else if (drawn.length > 0)
    parts.push(drawn[0]!.fork.by === 'query' ? 'draws' : `goes by the ${drawn[0]!.fork.by}`);
  else if (after.length > 0 && removed.length === 0 && after[0] !== before[0]) {
    parts.push(`puts ${label(after[0]!)} first`);
  }
  return parts.length > 0 ? parts.join(', ') : undefined;
}

/** `puts us last in 40 %`: the second way of a fork of `shed_load` is the one in which it is shed. */
function sheds({ ways }: Fork, label: (item: number) => string): string {
  const [, shed] = ways;
  return `puts ${label(shed!.items.at(-1)!)} last in ${Math.round(shed!.weight * 100)} %`;
}
