/** What can be done to a component of the running world, as timeline entries. */
import { parseDuration, SECOND } from '../../src/base/time.ts';
import type { Part, PartKind } from '../../src/experiment/session/topology.ts';
import { formatSeconds } from '../../src/report/numbers.ts';
import type { InjectedEntry } from '../engine/session-messages.ts';

export interface FaultChoice {
  readonly id: string;
  readonly title: string;
  /** Keys of the timeline entry besides `at` and `for`. */
  readonly entry: (target: string) => InjectedEntry;
  readonly kinds: readonly PartKind[];
}

const ON_THE_WAY: readonly PartKind[] = ['resolver', 'root', 'tld', 'provider', 'server', 'endpoint'];
const SERVERS: readonly PartKind[] = ['root', 'tld', 'provider', 'server'];

export const FAULT_CHOICES: readonly FaultChoice[] = [
  { id: 'fail', title: 'Fail: no answer at all', kinds: ON_THE_WAY, entry: (fail) => ({ fail }) },
  {
    id: 'refuse',
    title: 'Fail: refuse at once',
    kinds: ON_THE_WAY,
    entry: (fail) => ({ fail, mode: 'refused' }),
  },
  { id: 'slow', title: 'Slow: 500 ms more', kinds: ON_THE_WAY, entry: (slow) => ({ slow, extra: '500ms' }) },
  {
    id: 'lossy',
    title: 'Lossy: half of the packets',
    kinds: ON_THE_WAY,
    entry: (lossy) => ({ lossy, loss: '50%' }),
  },
  {
    id: 'servfail',
    title: 'Wrong answer: SERVFAIL',
    kinds: SERVERS,
    entry: (wrong) => ({ wrong, answer: 'servfail' }),
  },
  {
    id: 'empty',
    title: 'Wrong answer: an empty zone',
    kinds: SERVERS,
    entry: (wrong) => ({ wrong, answer: 'empty-zone' }),
  },
  {
    id: 'errors',
    title: 'Errors: every request fails',
    kinds: ['endpoint'],
    entry: (errors) => ({ errors, share: '100%' }),
  },
  {
    id: 'false-alarm',
    title: 'False alarm: only the check fails',
    kinds: ['endpoint'],
    entry: (target) => ({ 'false-alarm': target }),
  },
];

/** How long an injected fault lasts. */
export const LENGTHS: readonly (readonly [value: string, text: string])[] = [
  ['', 'until the end'],
  ['30s', 'for 30 s'],
  ['5m', 'for 5 min'],
  ['30m', 'for 30 min'],
];

export function choicesFor({ kind, target }: Part): readonly FaultChoice[] {
  return target === undefined ? [] : FAULT_CHOICES.filter(({ kinds }) => kinds.includes(kind));
}

/** Seconds as a scenario writes an instant, to the millisecond; never later than the moment given. */
export function instant(seconds: number): string {
  return `${Math.floor(seconds * 1000) / 1000}s`;
}

export function faultEntry(choice: FaultChoice, target: string, now: number, length: string): InjectedEntry {
  return { at: instant(now), ...choice.entry(target), ...(length === '' ? {} : { for: length }) };
}

export function restoreEntry(target: string, now: number): InjectedEntry {
  return { at: instant(now), restore: target };
}

/** An entry in words: `31 min 19 s: fail endpoint us-east, mode refused`. */
export function entryText(entry: InjectedEntry): string {
  const { at, for: length, ...rest } = entry;
  const micros = parseDuration(String(at));
  const when = micros === undefined ? String(at) : formatSeconds(Math.round(micros / SECOND));
  const what = Object.entries(rest).map(([key, value]) => `${key} ${valueText(value)}`);
  return `${when}: ${what.join(', ')}${length === undefined ? '' : ` for ${length}`}`;
}

function valueText(value: InjectedEntry[string]): string {
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map((pair) => pair.join(' '))
    .join(', ');
}
