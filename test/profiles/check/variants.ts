/**
 * The programs as they were measured (Debian 12): presets describe newer versions and public interfaces, so where
 * the measured version or its configuration differs, it is said here, once, with the reason. Rows never do.
 */
import type { SettingText } from '../../../src/profiles/preset.ts';
import type { Implementation } from './contract.ts';
import { ZONE_ADDRESSES } from './zones.ts';

export interface Variant {
  readonly preset: string;
  /** Version measured. */
  readonly version: string;
  readonly values: Readonly<Record<string, SettingText>>;
  /** A forwarder: the addresses it may send every question to, as many as a row says. */
  readonly forwardsTo?: readonly string[];
}

export const VARIANTS: Readonly<Record<Implementation, Variant>> = {
  unbound: { preset: 'unbound-pre-1.23', version: 'Unbound 1.17.1 (Debian)', values: {} },
  bind: {
    preset: 'bind',
    version: 'BIND 9.18.49',
    // lib/dns/adb.c adjustsrtt(): a 512th of the value a second; 2 % since 9.20.
    values: { 'selection.decay': 1 / 512 },
  },
  'pdns-recursor': { preset: 'pdns-recursor', version: 'PowerDNS Recursor 4.8.8', values: {} },
  'knot-resolver': { preset: 'knot-resolver', version: 'Knot Resolver 5.6.0', values: {} },
  dnsmasq: {
    preset: 'dnsmasq',
    version: 'dnsmasq 2.90',
    values: {},
    forwardsTo: ZONE_ADDRESSES['two.lab.']!,
  },
};
