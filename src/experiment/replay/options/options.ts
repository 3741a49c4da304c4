/**
 * The resolver a script is played against: a profile's settings, changed by the script's configuration, changed by
 * what the user asks for.
 */

import type { Issue } from '../../../base/issue.ts';
import { didYouMean } from '../../../base/suggest.ts';
import type { ResolverOptions } from '../../../dns/resolve/options.ts';
import type { Gap } from '../../../measure/script-verdict.ts';
import { findPreset } from '../../../profiles/preset.ts';
import { RESOLVERS } from '../../../profiles/resolvers.ts';
import { type Kind, Problem } from '../../../scenario/kinds.ts';
import { RESOLVER_PROFILES } from '../../../scenario/settings/profile-kinds.ts';
import { RESOLVER_SETTINGS } from '../../../scenario/settings/resolver.ts';
import { resolverOptions } from '../../../scenario/settings/resolver-options.ts';
import { presetSettings } from '../../../scenario/settings/settle.ts';
import { settingEntries } from '../../../scenario/settings/table.ts';
import { Findings } from '../read/lines.ts';
import type { ConfigOption, Script } from '../script.ts';
import { type Bars, barsOf } from './bars.ts';
import { OPTION_RULES, OWN_ZONES } from './table.ts';
import { serversOf } from './zones.ts';

/** Settings of a resolver by flat key, checked. */
export type SettingValues = ReadonlyMap<string, unknown>;

const KINDS: ReadonlyMap<string, Kind<unknown>> = new Map(
  settingEntries(RESOLVER_SETTINGS).map(([key, { kind }]) => [key, kind]),
);

/** Ids of the profiles a script can be played against. */
export const REPLAY_PROFILES: readonly string[] = RESOLVERS.presets.map(({ id }) => id);

/**
 * Reads `key=value`, with the keys and the notation of a resolver's `with:` in a scenario.
 * @throws RangeError with what is wrong, for people
 */
export function readSetting(text: string): [key: string, value: unknown] {
  const [, key, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined) throw new RangeError('write key=value, for example serve-stale=on');
  const kind = KINDS.get(key);
  if (kind === undefined) {
    throw new RangeError(`'${key}' is no setting of a resolver: ${didYouMean(key, KINDS.keys())}`);
  }
  const read = kind.read(scalar(value));
  if (!(read instanceof Problem)) return [key, read];
  throw new RangeError(`${key}: ${read.message}${read.hint === undefined ? '' : ` (${read.hint})`}`);
}

/** The resolver of one script, what of its configuration is not modelled, and what is wrong with it. */
export interface ScriptResolver {
  readonly options: ResolverOptions;
  readonly bars: Bars;
  readonly gaps: readonly Gap[];
  readonly issues: readonly Issue[];
}

/**
 * @param profile one of `REPLAY_PROFILES`
 * @param asked settings that override the script's configuration
 * @throws RangeError for an unknown profile
 */
export function resolverOf(
  script: Script,
  file: string,
  profile: string,
  asked: SettingValues,
): ScriptResolver {
  const preset = findPreset(RESOLVERS, profile);
  if (preset === undefined) {
    throw new RangeError(`there is no profile '${profile}': ${didYouMean(profile, REPLAY_PROFILES)}`);
  }
  const findings = new Findings(file);
  const settings = {
    ...presetSettings(RESOLVER_PROFILES, preset),
    ...configured(script.config, profile, findings),
    ...Object.fromEntries(asked),
  };
  const { rootHints, configuredZones } = serversOf(script.config, findings);
  const bars = barsOf(script.config, findings);
  const options = {
    ...resolverOptions(settings, rootHints),
    configuredZones,
    ...suiteOptions(script.config),
  };
  return { options, bars, gaps: findings.gaps, issues: findings.issues };
}

/** Settings that the configuration gives. */
function configured(
  config: readonly ConfigOption[],
  profile: string,
  findings: Findings,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const option of config) {
    const { kind, key, value, line: number, column } = option;
    const ownZone = Object.hasOwn(OWN_ZONES, kind) ? OWN_ZONES[kind] : undefined;
    if (ownZone !== undefined) findings.gap({ number }, ownZone, true);
    if ((kind !== 'server' && kind !== '') || key === 'stub-addr') continue;
    const rule = Object.hasOwn(OPTION_RULES, key) ? OPTION_RULES[key]! : { gap: `option ${key}` };
    if (rule.profile !== undefined && rule.profile !== profile) continue;
    const gap = rule.gapOf?.(value) ?? rule.gap;
    if (gap) findings.gap({ number }, gap, rule.decisive ?? rule.gapOf !== undefined);
    const given = rule.settings?.(value);
    if (rule.settings && given === undefined) {
      findings.add({ number, column }, 'bad-option', `'${value}' is no value of ${key}`);
    }
    for (const [name, raw] of Object.entries(given ?? {}))
      settings[name] = checked(name, raw, option, findings);
  }
  return settings;
}

function checked(
  key: string,
  raw: string | number | boolean,
  option: ConfigOption,
  findings: Findings,
): unknown {
  const value = KINDS.get(key)!.read(raw);
  if (!(value instanceof Problem)) return value;
  findings.add({ number: option.line, column: option.column }, 'bad-option', value.message, value.hint);
  return undefined;
}

/** What no setting allows: more sends per server than RFC 9520 §3.1 does. */
function suiteOptions(config: readonly ConfigOption[]): Partial<ResolverOptions> {
  const retries = Number(config.find(({ key }) => key === 'outbound-msg-retry')?.value);
  return Number.isInteger(retries) && retries > 0 ? { sendsPerServer: retries } : {};
}

/** A number where it looks like one: settings are written as in scenario files. */
function scalar(text: string): string | number {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
