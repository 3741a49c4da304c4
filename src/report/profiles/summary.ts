/** One line that says what kind of cache a profile is. */
import type { ProfileSection } from '../../scenario/settings/profile-kinds.ts';

/** A value as it is written, a schedule as when it gives up; `undefined` where there is no such setting. */
type Look = (key: string) => string | undefined;

type Part = (look: Look) => string | undefined;

const PARTS: Readonly<Record<ProfileSection, readonly Part[]>> = {
  resolvers: [
    (look) => span('TTL', look('ttl-floor'), look('ttl-cap')),
    (look) => span('negatives', look('negative-floor'), look('negative-cap')),
    (look) => kept('failures', look('failure.first')),
    (look) => after('serve-stale', look('serve-stale.enabled')),
    (look) => (look('fragments') === '1' ? undefined : after('fragments', look('fragments'))),
  ],
  os: [cachePart, failurePart, (look) => after('gives up on one resolver after', look('one-resolver'))],
  apps: [
    cachePart,
    pollPart,
    failurePart,
    holdPart,
    (look) => (look('cache.grace') === '0s' ? undefined : after('grace', look('cache.grace'))),
    (look) => (look('keep-alive') === '0s' ? undefined : after('idle connections kept', look('keep-alive'))),
  ],
};

/** The values that matter most for an outage, in words. Settings a kind does not have are left out. */
export function summaryOf(section: ProfileSection, look: Look): string {
  return PARTS[section].flatMap((part) => part(look) ?? []).join(', ');
}

function cachePart(look: Look): string | undefined {
  const mode = look('cache.mode');
  if (mode === 'none') return 'no cache';
  if (mode === 'fixed') return after('answers kept', look('cache.fixed'));
  if (mode === 'ttl') return span(`TTL${stretch(look)}`, look('cache.floor'), look('cache.cap'));
  return polls(look) ? undefined : after('answers kept', mode);
}

function failurePart(look: Look): string | undefined {
  return look('cache.mode') === 'none' ? undefined : kept('failures', look('cache.failure'));
}

function stretch(look: Look): string {
  const [factor, add] = [look('cache.factor'), look('cache.add')];
  return `${factor === '1' ? '' : ` x ${factor}`}${add === '0s' ? '' : ` + ${add}`}`;
}

function pollPart(look: Look): string | undefined {
  if (!polls(look)) return undefined;
  const every = look('poll.every');
  return every === 'ttl' ? 'looked up when the TTL ends' : after('looked up every', every);
}

function holdPart(look: Look): string | undefined {
  const hold = look('cache.hold');
  if (hold === '0s') return undefined;
  return hold === 'unlimited' ? 'old data held while look-ups fail' : after('old data held', hold);
}

function polls(look: Look): boolean {
  return (look('poll.every') ?? 'off') !== 'off';
}

function span(what: string, from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  if (to === 'unlimited') return from === '0s' ? `${what} as given` : `${what} from ${from}`;
  return from === '0s' ? `${what} to ${to}` : `${what} ${from} to ${to}`;
}

function kept(what: string, time: string | undefined): string | undefined {
  return time === '0s' ? `${what} not kept` : after(what, time);
}

function after(what: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${what} ${value}`;
}
