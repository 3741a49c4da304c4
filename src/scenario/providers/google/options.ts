/** `providers.*.google`: settings of Google Cloud DNS where its documentation leaves room, or where zones differ. */
import { z } from 'zod';
import type { CnameChasing, GoogleOptions, Nearest } from '../../../model/authority/providers/google/rule.ts';
import { type Cited, cited } from '../../../profiles/cited.ts';
import { flagKind, type Kind, shareKind, wordKind } from '../../kinds.ts';
import { about, field } from '../../schema/field.ts';
import type { OptionsFormat, PolicyDesk } from '../format.ts';
import { API, COMPUTE, HEALTH_CHECKS, OVERVIEW } from './sources.ts';

interface Settings {
  readonly nearest: Nearest;
  readonly 'all-unhealthy': 'primary' | 'backup';
  readonly 'trickle-to-unhealthy': boolean;
  readonly 'backend-share': number;
  readonly dnssec: boolean;
  readonly 'check-tier': CheckTier;
  readonly 'cname-chasing': CnameChasing;
}

export type OptionsDoc = Partial<Settings>;

export type CheckTier = 'standard' | 'fast';

interface Option<T> {
  readonly kind: Kind<T>;
  readonly about: string;
  readonly fallback: Cited<T>;
}

const NEAREST: Option<Nearest> = {
  kind: wordKind(['distance', 'round-trip']),
  about: 'How the nearest item of a geolocation policy is found.',
  fallback: cited('distance', 'assumption', 'not documented; the place of a query is that of its address'),
};
const ALL_UNHEALTHY: Option<'primary' | 'backup'> = {
  kind: wordKind(['primary', 'backup']),
  about: 'Failover: what answers when neither a primary nor a backup is healthy.',
  fallback: cited(
    'primary',
    'documentation',
    `${OVERVIEW}: all count as healthy, so the primary; ${API}: without a healthy primary the backup policy answers`,
  ),
};
const TRICKLE_TO_UNHEALTHY: Option<boolean> = {
  kind: flagKind,
  about: 'Failover: whether the trickle goes to backups that are all unhealthy.',
  fallback: cited(
    true,
    'assumption',
    `${OVERVIEW}: the trickle is there to test the backups; no exception is named`,
  ),
};
const BACKEND_SHARE: Option<number> = {
  kind: shareKind,
  about: 'Share of its backends that must be healthy for an internal passthrough load balancer to be.',
  fallback: cited(0.2, 'documentation', HEALTH_CHECKS),
};
const DNSSEC: Option<boolean> = {
  kind: flagKind,
  about: 'Its zones are signed: an item with a health check then holds one address.',
  fallback: cited(false, 'documentation', 'Cloud DNS, DNSSEC overview: off unless it is turned on'),
};
const CHECK_TIER: Option<CheckTier> = {
  kind: wordKind(['standard', 'fast']),
  about: 'How often its checkers may probe: every 30 s at most, or every 5 s.',
  fallback: cited(
    'standard',
    'documentation',
    `${COMPUTE}: 30 s or more with source regions; the price list of Cloud DNS sells fast checks of 5 s`,
  ),
};

const CNAME_CHASING: Option<CnameChasing> = {
  kind: wordKind(['by-source', 'each-hop']),
  about:
    'Private zones: by-source looks for targets of their aliases in private zones alone; each-hop in the whole order.',
  fallback: cited(
    'by-source',
    'documentation',
    'Cloud DNS, CNAME chasing, August 2025; from 5 January 2027 each hop is resolved anew (name resolution order)',
  ),
};

const shown = <T>({ kind, about: text, fallback }: Option<T>): z.ZodType<T | undefined> =>
  field(kind, text, { fallback }).exactOptional();

export const GOOGLE_OPTIONS: OptionsFormat = {
  schema: about(
    z.strictObject({
      nearest: shown(NEAREST),
      'all-unhealthy': shown(ALL_UNHEALTHY),
      'trickle-to-unhealthy': shown(TRICKLE_TO_UNHEALTHY),
      'backend-share': shown(BACKEND_SHARE),
      dnssec: shown(DNSSEC),
      'check-tier': shown(CHECK_TIER),
      'cname-chasing': shown(CNAME_CHASING),
    }),
    'Settings of Google Cloud DNS.',
  ),
  build(doc: OptionsDoc, path, { ledger }): GoogleOptions {
    const settle = <K extends keyof Settings>(key: K, { kind, fallback }: Option<Settings[K]>): Settings[K] =>
      ledger.settle([...path, key], doc[key] as Settings[K] | undefined, kind, fallback);
    settle('check-tier', CHECK_TIER);
    return {
      kind: 'google',
      nearest: settle('nearest', NEAREST),
      allUnhealthy: settle('all-unhealthy', ALL_UNHEALTHY),
      trickleToUnhealthy: settle('trickle-to-unhealthy', TRICKLE_TO_UNHEALTHY),
      backendShare: settle('backend-share', BACKEND_SHARE),
      dnssec: settle('dnssec', DNSSEC),
      cnameChasing: settle('cname-chasing', CNAME_CHASING),
    };
  },
};

/** The settings of the provider that runs a policy; the defaults where it is of another kind, which is reported. */
export function optionsOf({ provider: { options } }: PolicyDesk): GoogleOptions {
  if (options?.kind === 'google') return options as GoogleOptions;
  return {
    kind: 'google',
    nearest: NEAREST.fallback.value,
    allUnhealthy: ALL_UNHEALTHY.fallback.value,
    trickleToUnhealthy: TRICKLE_TO_UNHEALTHY.fallback.value,
    backendShare: BACKEND_SHARE.fallback.value,
    dnssec: DNSSEC.fallback.value,
    cnameChasing: CNAME_CHASING.fallback.value,
  };
}

/** The tier of checks that a document asks for. */
export function tierOf(doc: OptionsDoc): CheckTier {
  return doc['check-tier'] ?? CHECK_TIER.fallback.value;
}
