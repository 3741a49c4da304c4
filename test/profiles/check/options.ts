/** From an implementation and settings in the notation of scenario files to options of the resolver. */
import { ROOT } from '../../../src/dns/data/name.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import {
  findPreset,
  lineageOf,
  ownerOf,
  type Preset,
  type SettingText,
} from '../../../src/profiles/preset.ts';
import { RESOLVERS } from '../../../src/profiles/resolvers.ts';
import { RESOLVER_SETTINGS, type ResolverSettings } from '../../../src/scenario/settings/resolver.ts';
import { forwardingOptions } from '../../../src/scenario/settings/resolver-forward.ts';
import { resolverOptions } from '../../../src/scenario/settings/resolver-options.ts';
import { presetValue } from '../../../src/scenario/settings/settle.ts';
import { settingEntries } from '../../../src/scenario/settings/table.ts';
import type { Implementation } from './contract.ts';
import { VARIANTS } from './variants.ts';
import { ROOT_ADDRESS } from './zones.ts';

export type Settings = Readonly<Record<string, SettingText>>;

/**
 * The preset, changed by the measured version, changed by what the row's configuration says.
 * @param upstreams how many of its upstreams a forwarder has
 */
export function labOptions(
  implementation: Implementation,
  configuration: Settings,
  upstreams: number,
): ResolverOptions {
  const variant = VARIANTS[implementation];
  const preset = findPreset(RESOLVERS, variant.preset);
  if (preset === undefined) throw new Error(`no preset ${variant.preset}`);
  const written = asPreset({ ...variant.values, ...configuration });
  const known = settingEntries(RESOLVER_SETTINGS);
  for (const key of Object.keys(written.values)) {
    if (!known.some(([name]) => name === key)) throw new Error(`no resolver setting '${key}'`);
  }
  const settled = known.map(([key, { kind }]) => {
    return [key, presetValue(kind, ownerOf([written, ...lineageOf(RESOLVERS, preset)], key), key)];
  });
  const settings = Object.fromEntries(settled) as ResolverSettings;
  const options = resolverOptions(settings, { 'a.root.': [ROOT_ADDRESS] });
  if (variant.forwardsTo === undefined) return options;
  const addresses = variant.forwardsTo.slice(0, upstreams);
  const configuredZones = [{ zone: ROOT, mode: 'forward', addresses, fallback: false }] as const;
  return { ...options, configuredZones, forwarding: forwardingOptions(settings) };
}

function asPreset(settings: Settings): Preset {
  const values = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      { value, source: 'configuration', confidence: 'measured' } as const,
    ]),
  );
  return { id: 'configuration', title: 'configuration of the row', notes: [], values };
}
