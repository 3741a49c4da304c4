/** One line that says what kind of cache a profile is. */
import type { ProfileSection } from '../../scenario/settings/profile-kinds.ts';

interface Valued {
  readonly key: string;
  readonly value: string;
}

type Look = (key: string) => string | undefined;

const PARTS: Readonly<Record<ProfileSection, readonly ((look: Look) => string | undefined)[]>> = {
  resolvers: [
    (look) => span('TTL', look('ttl-floor'), look('ttl-cap')),
    (look) => span('negatives', look('negative-floor'), look('negative-cap')),
    (look) => kept('failures', look('failure.first')),
    (look) => after('serve-stale', look('serve-stale.enabled')),
    (look) => (look('fragments') === '1' ? undefined : after('fragments', look('fragments'))),
  ],
  os: [
    cachePart,
    (look) => (look('cache.mode') === 'none' ? undefined : kept('failures', look('cache.failure'))),
    (look) => after('one resolver gives up at', /give up at (\S+)/.exec(look('one-resolver') ?? '')?.[1]),
  ],
  apps: [
    cachePart,
    (look) => (look('cache.mode') === 'none' ? undefined : kept('failures', look('cache.failure'))),
    (look) => (look('keep-alive') === '0s' ? undefined : after('connections kept', look('keep-alive'))),
  ],
};

/** The values that matter most for an outage, in words. Keys that are not there are left out. */
export function summaryOf(section: ProfileSection, values: readonly Valued[]): string {
  const byKey = new Map(values.map(({ key, value }) => [key, value]));
  return PARTS[section].flatMap((part) => part((key) => byKey.get(key)) ?? []).join(', ');
}

function cachePart(look: Look): string | undefined {
  const mode = look('cache.mode');
  if (mode === 'none') return 'no cache';
  if (mode === 'fixed') return after('every answer kept', look('cache.fixed'));
  return span('TTL', look('cache.floor'), look('cache.cap'));
}

function span(what: string, from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  return from === '0s' ? `${what} to ${to}` : `${what} ${from} to ${to}`;
}

function kept(what: string, time: string | undefined): string | undefined {
  return time === '0s' ? `${what} not kept` : after(what, time);
}

function after(what: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${what} ${value}`;
}
