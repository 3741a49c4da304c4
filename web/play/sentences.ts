/** What Play says in words: computed from outcomes, never written beforehand. */
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { formatCount, formatExact, formatSeconds, formatShare } from '../../src/report/numbers.ts';
import type { Description, Frame } from '../engine/session-messages.ts';
import { valueText } from './knob-scale.ts';
import { pathOf } from './turn.ts';

/** Everybody but fewer than this share is "users", without saying how many. */
const NEARLY_EVERYBODY = 0.995;

/** "Half of users recover within 2 min 31 s, 99 % within 5 min 10 s." */
export function recoverySentence({ result, half, nearlyAll }: SessionOutcome): string {
  const { affected, censored } = result.overall.recovery;
  if (result.requests === 0) return 'No requests were made, so there is nothing to see.';
  if (affected.mean === 0) return 'Nobody is affected: every request is served.';
  const missing = formatShare(censored.mean);
  const all = affected.mean >= NEARLY_EVERYBODY;
  const some = `Of the ${formatShare(affected.mean)} of users affected,`;
  if (half === null)
    return all
      ? `Of all users, ${missing} are not back by the end.`
      : `${some} ${missing} are not back by the end.`;
  const start = all
    ? `Half of users recover within ${formatSeconds(half)}`
    : `${some} half recover within ${formatSeconds(half)}`;
  if (nearlyAll === null) return `${start}, but ${missing} are not back by the end.`;
  return `${start}, ${formatShare(0.99)} within ${formatSeconds(nearlyAll)}.`;
}

/** "Before: 99 % within 5 min 10 s. Now 3 min 2 s sooner." Empty where there is nothing to hold against. */
export function changeSentence(now: SessionOutcome, before: SessionOutcome | undefined): string {
  if (!before) return '';
  const [new99, old99] = [now.nearlyAll, before.nearlyAll];
  if (old99 === null)
    return new99 === null
      ? 'Before: not everybody was back by the end either.'
      : 'Before: not everybody was back by the end.';
  const was = `Before: ${formatShare(0.99)} within ${formatSeconds(old99)}.`;
  if (new99 === null) return was;
  const difference = Math.round(old99) - Math.round(new99);
  if (Math.abs(difference) < 1) return `${was} No difference worth a second.`;
  return `${was} That is ${formatSeconds(Math.abs(difference))} ${difference > 0 ? 'sooner' : 'later'} now.`;
}

/** What is sent along with a link: the drill, what was turned, what came of it, and what it was before. */
export function findingText(
  { title, knobs }: Pick<Description, 'title' | 'knobs'>,
  sets: readonly string[],
  now: SessionOutcome,
  before: SessionOutcome | undefined,
): string {
  const turnedKnobs = knobs.filter(({ template }) => sets.some((set) => pathOf(set) === pathOf(template)));
  const turns = turnedKnobs.map((knob) => {
    return `${knob.label} ${knob.kind === 'choice' ? knob.value : valueText(knob.value, knob.kind)}`;
  });
  const parts = [`${title}${turns.length > 0 ? ` (${turns.join(', ')})` : ''}:`, recoverySentence(now)];
  return [...parts, changeSentence(now, before)].filter((part) => part !== '').join(' ');
}

/** "1,000,000 users, played by 5,000 clients behind 50 resolver caches". */
export function scaleSentence({ represents, clients, resolverCaches }: Description): string {
  const users = represents === clients ? '' : `${formatExact(represents)} users, played by `;
  const caches = `${formatExact(resolverCaches)} resolver cache${resolverCaches === 1 ? '' : 's'}`;
  return `${users}${formatExact(clients)} clients behind ${caches}`;
}

/** What times are counted from: the first fault, the first change of a drill without faults, or the start. */
export type Origin = 'fault' | 'change' | 'start';

export function originOf({ marks }: Pick<Description, 'marks'>): Origin {
  if (marks.length === 0) return 'start';
  return marks.some(({ kind }) => kind === 'fault') ? 'fault' : 'change';
}

/** "12 s after the fault began", "20 s before the change". */
export function momentText(now: number, { faultAt, marks }: Pick<Description, 'faultAt' | 'marks'>): string {
  const since = now - faultAt;
  const origin = originOf({ marks });
  if (Math.abs(since) < 0.05) return ORIGIN_TEXT[origin];
  return since > 0
    ? `${formatSeconds(round(since))} after the ${origin}${origin === 'fault' ? ' began' : ''}`
    : `${formatSeconds(round(-since))} before the ${origin}`;
}

const ORIGIN_TEXT: Readonly<Record<Origin, string>> = {
  fault: 'the fault begins',
  change: 'the change',
  start: 'the start',
};

function round(seconds: number): number {
  return seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
}

/** One sentence on the field at a moment, for screen readers. */
export function fieldSentence(
  { counts, now }: Frame,
  names: readonly string[],
  description: Pick<Description, 'faultAt' | 'marks'>,
): string {
  const parts = counts.flatMap((count, code) => (count > 0 ? [`${count} ${names[code]}`] : []));
  return `${momentText(now, description)}: of ${counts.reduce((a, b) => a + b, 0)} caches ${parts.join(', ')}.`;
}

/** "You said 1 min 30 s; it is 1 min 12 s: 25 % too long." */
export function betSentence(guess: number, truth: number | null): string {
  const said = `You said ${formatSeconds(round(guess))}`;
  if (truth === null) return `${said}; not everybody is back by the end.`;
  if (truth === 0) return `${said}; nobody is affected at all.`;
  const off = guess / truth - 1;
  const how = Math.abs(off) < 0.05 ? 'spot on' : wayOff(guess / truth);
  return `${said}; it is ${formatSeconds(round(truth))}: ${how}.`;
}

function wayOff(ratio: number): string {
  if (ratio >= 2) return `${formatCount(ratio)} times too long`;
  if (ratio <= 0.5) return `${formatCount(1 / ratio)} times too short`;
  const percent = formatShare(Math.abs(ratio - 1));
  return `${percent} too ${ratio > 1 ? 'long' : 'short'}`;
}
