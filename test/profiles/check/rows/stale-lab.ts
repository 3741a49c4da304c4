/** The set-up of section 4.6: programs with serve-stale on, and servers that fall silent. */
import type { Implementation } from '../contract.ts';
import { Lab } from '../lab.ts';
import type { Settings } from '../options.ts';

/** One way to configure one program. */
export interface Mode {
  readonly implementation: Implementation;
  readonly slug: string;
  readonly about: string;
  readonly settings: Settings;
}

const ON: Settings = { 'serve-stale.enabled': 'on' };

export const UNBOUND: Mode = {
  implementation: 'unbound',
  slug: 'expired',
  about: 'serve-expired: yes',
  settings: ON,
};
export const UNBOUND_TIMER: Mode = {
  implementation: 'unbound',
  slug: 'expired-timer',
  about: 'serve-expired-client-timeout 1800, serve-expired-ttl 86400',
  settings: { ...ON, 'serve-stale.client-timer': '1.8s', 'serve-stale.max-stale': '1d' },
};
export const BIND: Mode = {
  implementation: 'bind',
  slug: 'stale',
  about: 'stale-answer-enable',
  settings: ON,
};
export const BIND_TIMER: Mode = {
  implementation: 'bind',
  slug: 'stale-timer',
  about: 'stale-answer-client-timeout 1800',
  settings: { ...ON, 'serve-stale.client-timer': '1.8s' },
};
export const BIND_AT_ONCE: Mode = {
  implementation: 'bind',
  slug: 'stale-at-once',
  about: 'stale-answer-client-timeout 0',
  settings: { ...ON, 'serve-stale.client-timer': '0s' },
};
export const PDNS: Mode = {
  implementation: 'pdns-recursor',
  slug: 'extensions',
  about: 'serve-stale-extensions=10',
  settings: { ...ON, 'serve-stale.extensions': 10 },
};
export const KNOT: Mode = {
  implementation: 'knot-resolver',
  slug: 'stale',
  about: 'module serve_stale',
  settings: ON,
};

export const DNSMASQ: Mode = {
  implementation: 'dnsmasq',
  slug: 'stale',
  about: '--use-stale-cache',
  settings: ON,
};

export const MODES: readonly Mode[] = [
  UNBOUND,
  UNBOUND_TIMER,
  BIND,
  BIND_TIMER,
  BIND_AT_ONCE,
  PDNS,
  KNOT,
  DNSMASQ,
];

/** A lab that knows `name`, whose servers then die, and in which this many seconds pass. */
export function dead(
  { implementation, settings }: Mode,
  seed: number,
  name: string,
  ttl: number,
  pass: number,
): Lab {
  const records = { 'two.lab.': `r.two.lab. ${ttl} A 198.51.100.9` };
  const lab = new Lab({ implementation, settings, records, seed });
  lab.resolve('warm.x.two.lab.');
  lab.resolve(name);
  for (const server of lab.serversOf('two')) server.mode = 'silent';
  lab.run(pass);
  lab.resetCounters();
  return lab;
}

export const BIND_HOUR: Mode = {
  ...BIND,
  slug: 'stale-hour',
  about: 'max-stale-ttl 3600',
  settings: { ...ON, 'serve-stale.max-stale': '1h' },
};

export const PDNS_MANY: Mode = {
  ...PDNS,
  slug: 'extensions-1440',
  about: 'serve-stale-extensions=1440',
  settings: { ...ON, 'serve-stale.extensions': 1440 },
};

export const DNSMASQ_MINUTE: Mode = {
  ...DNSMASQ,
  slug: 'stale-minute',
  about: '--use-stale-cache=60',
  settings: { ...ON, 'serve-stale.max-stale': '60s' },
};
