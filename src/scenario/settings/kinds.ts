/** Scalars that only the settings of software profiles need. */
import { type Micros, parseDuration, type Seconds } from '../../base/time.ts';
import type { PrefetchOptions } from '../../dns/resolve/options.ts';
import { durationKind, type Kind, Problem, quote, shareKind, ttlKind, wholeKind } from '../kinds.ts';

const LARGEST_TTL: Seconds = 2 ** 31 - 1;

/** `on`, `off`, true or false. */
export const switchKind: Kind<boolean> = {
  noun: 'on or off',
  json: { enum: ['on', 'off', true, false] },
  read(raw) {
    if (raw === true || raw === 'on') return true;
    if (raw === false || raw === 'off') return false;
    return new Problem('scenario-bad-flag', `${quote(raw)} is neither on nor off`);
  },
  show: (value) => (value ? 'on' : 'off'),
};

/** Another kind, or a word that stands for one fixed value. */
function orWord<T, W>(kind: Kind<T>, word: string, value: W): Kind<T | W> {
  return {
    noun: `${kind.noun} or '${word}'`,
    json: { anyOf: [kind.json, { const: word }] },
    read(raw) {
      if (raw === word) return value;
      const read = kind.read(raw);
      if (!(read instanceof Problem)) return read;
      const hint = read.hint === undefined ? `or write ${word}` : `${read.hint}, or ${word}`;
      return new Problem(read.code, read.message, hint);
    },
    show: (shown) => (shown === value ? word : kind.show(shown as T)),
  };
}

/** A TTL, or `unlimited`: the largest TTL there is (RFC 2181 §8). */
export const ttlCapKind: Kind<Seconds> = orWord(ttlKind, 'unlimited', LARGEST_TTL);

/** A whole number of at least one, or `unlimited` (undefined). */
export const limitKind: Kind<number | undefined> = orWord(wholeKind(1), 'unlimited', undefined);

/** A duration, or `unlimited` (undefined): how long one waits for something else to end. */
export const waitKind: Kind<Micros | undefined> = orWord(durationKind(), 'unlimited', undefined);

/** A duration, or `connect-timeout` (undefined): as long as connecting may take. */
export const silenceKind: Kind<Micros | undefined> = orWord(durationKind(1), 'connect-timeout', undefined);

/** A duration, `ttl`, or `off` (undefined): what makes a timer look a name up. */
export const pollKind: Kind<Micros | 'ttl' | undefined> = orWord(
  orWord(durationKind(1), 'ttl', 'ttl' as const),
  'off',
  undefined,
);

/** Durations such as `0s, 5s, 30s`, or `none` (an empty list). */
export const delaysKind: Kind<readonly Micros[]> = {
  noun: 'a list of durations',
  json: { type: ['string', 'number'] },
  read(raw) {
    if (raw === 'none') return [];
    const parts = typeof raw === 'string' ? raw.split(',').map((part) => parseDuration(part.trim())) : [];
    const known = parts.flatMap((part) => part ?? []);
    if (known.length > 0 && known.length === parts.length) return known;
    return new Problem(
      'scenario-bad-delays',
      `${quote(raw)} is not a list of durations`,
      "write for example '0s, 5s, 30s', or none",
    );
  },
  show: (value) => value.map((delay) => durationKind().show(delay)).join(', ') || 'none',
};

/** A duration, or `after-failure` (undefined): when stale data goes out. */
export const clientTimerKind: Kind<Micros | undefined> = orWord(durationKind(), 'after-failure', undefined);

/** A duration, or `never` (undefined): when an answer comes too late to be sent. */
export const discardKind: Kind<Micros | undefined> = orWord(durationKind(1), 'never', undefined);

/**
 * `off`, a share of the TTL such as `10%`, a share and seconds as in `1% + 5s`, or `2s of 9s`: the last 2 s of
 * TTLs of at least 9 s.
 */
export const prefetchKind: Kind<PrefetchOptions | undefined> = {
  noun: 'a prefetch rule',
  json: { type: ['string', 'number'] },
  read(raw) {
    if (raw === 'off' || raw === false) return undefined;
    const parts = typeof raw === 'string' ? raw.split(' of ') : [];
    if (parts.length === 2) return lastSeconds(parts[0]!, parts[1]!);
    const sum = typeof raw === 'string' ? raw.split(' + ') : [];
    if (sum.length === 2) return shareAndSeconds(sum[0]!, sum[1]!);
    const share = shareKind.read(raw);
    return share instanceof Problem ? wrongPrefetch(raw) : { remainingShare: share };
  },
  show(value) {
    if (value === undefined) return 'off';
    const { remainingShare, remainingSeconds, minimumOriginalSeconds } = value;
    if (remainingShare === undefined) return `${remainingSeconds}s of ${minimumOriginalSeconds}s`;
    const share = shareKind.show(remainingShare);
    return remainingSeconds === undefined ? share : `${share} + ${remainingSeconds}s`;
  },
};

function shareAndSeconds(share: string, seconds: string): PrefetchOptions | Problem {
  const remainingShare = shareKind.read(share);
  const remainingSeconds = ttlKind.read(seconds);
  if (remainingShare instanceof Problem) return remainingShare;
  return remainingSeconds instanceof Problem ? remainingSeconds : { remainingShare, remainingSeconds };
}

function lastSeconds(remaining: string, original: string): PrefetchOptions | Problem {
  const remainingSeconds = ttlKind.read(remaining);
  const minimumOriginalSeconds = ttlKind.read(original);
  if (remainingSeconds instanceof Problem) return remainingSeconds;
  if (minimumOriginalSeconds instanceof Problem) return minimumOriginalSeconds;
  return { remainingSeconds, minimumOriginalSeconds };
}

function wrongPrefetch(raw: unknown): Problem {
  return new Problem(
    'scenario-bad-prefetch',
    `${quote(raw)} is not a prefetch rule`,
    'write off, 10%, 1% + 5s, or 2s of 9s',
  );
}
