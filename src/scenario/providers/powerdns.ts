/**
 * PowerDNS Authoritative in the scenario format. Its LUA and ALIAS records stand in the zones, as they do in real
 * ones; the rules behind them are described in src/model/authority/providers/powerdns/README.md.
 */
import { z } from 'zod';
import { type Micros, SECOND } from '../../base/time.ts';
import type { PowerDnsOptions } from '../../model/authority/providers/powerdns/rule.ts';
import { type Cited, cited } from '../../profiles/cited.ts';
import { durationKind, flagKind, type Kind, wholeKind, wordKind } from '../kinds.ts';
import { about, field } from '../schema/field.ts';
import type { ProviderFormat } from './format.ts';

const SETTINGS = 'PowerDNS Authoritative docs/settings.rst';
const CODE = 'PowerDNS pdns/lua-record.cc';
const DURATION = durationKind();

/** One setting: how it is written, what it is called in the model, and what it is without a word. */
interface Setting<T> {
  readonly to: keyof PowerDnsOptions;
  readonly kind: Kind<T>;
  readonly fallback: Cited<T>;
  readonly description: string;
}

function setting<T>(
  to: keyof PowerDnsOptions,
  kind: Kind<T>,
  fallback: Cited<T>,
  description: string,
): Setting<unknown> {
  return { to, kind, fallback, description } as Setting<unknown>;
}

function duration(to: keyof PowerDnsOptions, fallback: Cited<Micros>, description: string): Setting<unknown> {
  return setting(to, DURATION, fallback, description);
}

/** By the key under `providers.*.powerdns`. Where sources differ, both are in the source of the default. */
const OPTIONS: Readonly<Record<string, Setting<unknown>>> = {
  'enable-lua-records': setting(
    'luaRecords',
    wordKind(['no', 'yes', 'shared']),
    cited('no', 'documentation', `${SETTINGS}, enable-lua-records`),
    'Whether LUA records run. no: names that have only such records are empty.',
  ),
  'lua-records-exec-limit': setting(
    'stepLimit',
    wholeKind(0, 1_000_000),
    cited(1000, 'documentation', `${SETTINGS}, lua-records-exec-limit`),
    'Instructions a LUA record may take before it is SERVFAIL; 0 = no limit.',
  ),
  'lua-health-checks-interval': duration(
    'sweepInterval',
    cited(5 * SECOND, 'documentation', `${SETTINGS}, lua-health-checks-interval`),
    'From one sweep of the health checks to the next.',
  ),
  'sweep-from': setting(
    'sweepFrom',
    wordKind(['start', 'end']),
    cited(
      'start',
      'documentation',
      `${SETTINGS}: time between subsequent checks; ${CODE} (checkThread) waits a whole interval from the end`,
    ),
    'Whether that interval counts from the start of a sweep, or from its end (which a timeout puts off).',
  ),
  'lua-health-checks-expire-delay': duration(
    'expireAfter',
    cited(3600 * SECOND, 'documentation', `${SETTINGS}, lua-health-checks-expire-delay`),
    'Checks that no record asked for during this time are forgotten.',
  ),
  warm: setting(
    'isWarm',
    flagKind,
    cited(true, 'assumption', 'a scenario begins in the middle of normal operation'),
    'Whether the servers have been running for longer than that delay; false: all have just been started.',
  ),
  'checks-from': setting(
    'checksFrom',
    wordKind(['first-query', 'start']),
    cited(
      'first-query',
      'documentation',
      `PowerDNS Authoritative docs/lua-records/functions.rst: when they are called first all addresses are taken to fail; ${CODE} (isUp)`,
    ),
    'Whether a server checks the targets of a record from the first query for it on, or always.',
  ),
  'first-check': setting(
    'firstCheck',
    wordKind(['at-once', 'next-sweep']),
    cited(
      'at-once',
      'source',
      `${CODE} (isUp) wakes the checker; earlier versions left it to the next sweep`,
    ),
    'When a target is probed that no record has asked for before; until then it counts as down.',
  ),
  'backup-set': setting(
    'backupSet',
    wordKind(['all', 'first']),
    cited(
      'all',
      'source',
      `${CODE} (genericIfUp) and docs/lua-records/functions.rst: from all addresses; another reading: from the first set`,
    ),
    'What backupSelector picks from when every set is down.',
  ),
  'self-weighted-down': setting(
    'selfWeightedDown',
    wordKind(['servfail', 'random']),
    cited(
      'servfail',
      'source',
      `${CODE} (pickWeightedRandom) throws for a sum of 0; docs/lua-records/functions.rst says random`,
    ),
    'What pickselfweighted does when everything is down.',
  ),
  geoip: setting(
    'geoip',
    flagKind,
    cited(true, 'assumption', 'whoever writes rules by place launches the geoip backend'),
    'Whether the geoip backend is launched. Without, every place is unknown and pickclosest picks by chance.',
  ),
  'expand-alias': setting(
    'expandAlias',
    flagKind,
    cited(false, 'documentation', `${SETTINGS}, expand-alias; docs/guides/alias.rst`),
    'Whether ALIAS records are expanded. Without, their names are empty.',
  ),
  resolver: setting(
    'hasResolver',
    flagKind,
    cited(true, 'assumption', 'set together with expand-alias, as docs/guides/alias.rst asks'),
    'Whether a resolver is set that expands ALIAS records. Without, they are SERVFAIL.',
  ),
  backend: setting(
    'backend',
    wordKind(['copy', 'database']),
    cited('copy', 'assumption', 'replicas or files on every server'),
    'Whether every server has a copy of its own, or all read a database that fails with the control plane.',
  ),
  'query-cache-ttl': duration(
    'queryCache',
    cited(20 * SECOND, 'documentation', `${SETTINGS}, query-cache-ttl and cache-ttl`),
    'How long data are answered that were read before the database failed.',
  ),
  'negquery-cache-ttl': duration(
    'negativeQueryCache',
    cited(60 * SECOND, 'documentation', `${SETTINGS}, negquery-cache-ttl`),
    'The same for what does not exist.',
  ),
};

type OptionsDoc = Readonly<Record<string, unknown>>;

const options: z.ZodType<OptionsDoc> = about(
  z.strictObject(
    Object.fromEntries(
      Object.entries(OPTIONS).map(([key, { kind, fallback, description }]) => [
        key,
        field(kind, description, { fallback }).exactOptional(),
      ]),
    ),
  ) as unknown as z.ZodType<OptionsDoc>,
  'Settings of PowerDNS Authoritative, named as its own where it has them.',
);

/** Serial, refresh, retry, expire, negative TTL of `default-soa-content`. */
const SOA_TIMES = '0 10800 3600 604800 3600';
const DEFAULT_TTL = 3600;

export const POWERDNS: ProviderFormat = {
  kind: 'powerdns',
  title: 'PowerDNS Authoritative',
  defaults: {
    servers: cited(2, 'assumption', 'RFC 2182 §5 asks for more than one'),
    propagation: cited(
      20 * SECOND,
      'documentation',
      `${SETTINGS}: query-cache-ttl and cache-ttl of 20 s until a changed database is read again`,
    ),
    policyTtl: cited(DEFAULT_TTL, 'documentation', `${SETTINGS}, default-ttl`),
    readsClientSubnet: cited(false, 'documentation', `${SETTINGS}, edns-subnet-processing`),
    soa: { ttl: DEFAULT_TTL, times: SOA_TIMES, source: `${SETTINGS}, default-soa-content` },
  },
  options: {
    schema: options,
    build(doc: OptionsDoc, path, { ledger }): PowerDnsOptions {
      const settled = Object.entries(OPTIONS).map(([key, { to, kind, fallback }]) => [
        to,
        ledger.settle([...path, key], doc[key], kind, fallback),
      ]);
      return { kind: 'powerdns', ...Object.fromEntries(settled) } as PowerDnsOptions;
    },
  },
  policies: {},
};
