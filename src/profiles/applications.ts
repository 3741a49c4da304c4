/**
 * Presets of applications: browsers, run-times, tools and proxies; one file per kind in the folder of this name.
 *
 * Not modelled: cache sizes and partitioning by site, warm-up look-ups of browsers, HTTP/2 and QUIC sessions that
 * outlive the idle limit while busy. So hit ratios and address pinning are rough for users of many sites.
 */
import { FETCHER, NONE } from './applications/base.ts';
import { BROWSERS } from './applications/browsers.ts';
import { PROXIES } from './applications/proxies.ts';
import { RUNTIMES } from './applications/runtimes.ts';
import { TOOLS } from './applications/tools.ts';
import { familyOf, type PresetFamily } from './preset.ts';

/** Every application preset; `fetcher` is the default and completes the others. */
export const APPLICATIONS: PresetFamily = familyOf(FETCHER, [
  { title: 'neutral clients', presets: [FETCHER, NONE] },
  { title: 'browsers', presets: BROWSERS },
  { title: 'run-times', presets: RUNTIMES },
  { title: 'tools', presets: TOOLS },
  { title: 'proxies', presets: PROXIES },
]);
