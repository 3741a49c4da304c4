/** Users of the public Internet: browsers on four systems behind access providers and public resolvers. */
import { cited } from '../cited.ts';
import type { PopulationPreset } from '../population.ts';

const BROWSERS = 'StatCounter, all devices, 2022: Chrome 63.06, Safari 19.84, Firefox 4.18, Edge 4.12 %';
const SYSTEMS = `${BROWSERS}; how a browser is spread over systems is assumed`;
const SAMSUNG =
  'Samsung 2.89 % (StatCounter, all devices, 2022); other browsers built on Chromium are counted here';
const PUBLIC =
  'Doan, Fries, Bajpai: 28.3 % of 10.6 K RIPE Atlas probes use a public resolver, Google most; the split is assumed';
const ISP = 'the rest after public resolvers, floors and home routers; 40/40/20 by software is assumed';
const FLOOR =
  'Bhowmick et al., PAM 2023: 8.74 % of 8,524 resolvers lengthen TTLs; two thirds of that are taken to be access ' +
  'providers';
const NUMBER = 'dnsdrill: enough that one instance matters little';

export const PUBLIC_INTERNET: PopulationPreset = {
  id: 'public-internet',
  title: 'Users of the public Internet: browsers, phones, access providers, public resolvers',
  notes: [
    'A starting point, not a measurement: the shares come from several years and from different ways to count.',
    'About a third of users sit behind resolvers that validate DNSSEC (often quoted, unverified). Validation is not ' +
      'modelled, so the share has no effect.',
    'Everybody asks one resolver service. Many have a second one configured: write resolvers: with lists for that.',
    'Clients within each service are spread evenly over its instances; real services differ in size.',
  ],
  clients: {
    'chrome on android': { app: 'chrome-android', os: 'android', share: cited(0.32, 'assumption', SYSTEMS) },
    'chrome on windows': { app: 'chrome', os: 'windows', share: cited(0.26, 'assumption', SYSTEMS) },
    'chrome on macos': { app: 'chrome', os: 'macos', share: cited(0.06, 'assumption', SYSTEMS) },
    'chrome on linux': { app: 'chrome', os: 'systemd-resolved', share: cited(0.02, 'assumption', SYSTEMS) },
    'safari on ios': { app: 'safari', os: 'ios', share: cited(0.13, 'assumption', SYSTEMS) },
    'safari on macos': { app: 'safari', os: 'macos', share: cited(0.05, 'assumption', SYSTEMS) },
    'edge on windows': { app: 'edge', os: 'windows', share: cited(0.07, 'assumption', BROWSERS) },
    'firefox on windows': {
      app: 'firefox-windows',
      os: 'windows',
      share: cited(0.02, 'assumption', SYSTEMS),
    },
    'firefox on linux': { app: 'firefox', os: 'systemd-resolved', share: cited(0.02, 'assumption', SYSTEMS) },
    'samsung on android': { app: 'samsung', os: 'android', share: cited(0.05, 'assumption', SAMSUNG) },
  },
  resolvers: {
    'isp-bind': {
      profile: 'bind',
      share: cited(0.24, 'assumption', ISP),
      instances: cited(24, 'assumption', NUMBER),
    },
    'isp-unbound': {
      profile: 'unbound',
      share: cited(0.24, 'assumption', ISP),
      instances: cited(24, 'assumption', NUMBER),
    },
    'isp-powerdns': {
      profile: 'pdns-recursor',
      share: cited(0.12, 'assumption', ISP),
      instances: cited(12, 'assumption', NUMBER),
    },
    'isp-ttl-floor': {
      profile: 'isp-ttl-floor',
      share: cited(0.06, 'assumption', FLOOR),
      instances: cited(6, 'assumption', NUMBER),
    },
    google: {
      profile: 'google-public-dns',
      share: cited(0.17, 'assumption', PUBLIC),
      instances: cited(3, 'assumption', 'sites; each is a pool of caches of its own'),
    },
    cloudflare: {
      profile: 'cloudflare-1111',
      share: cited(0.07, 'assumption', PUBLIC),
      instances: cited(3, 'assumption', 'sites; each is a pool of caches of its own'),
    },
    opendns: {
      profile: 'opendns',
      share: cited(0.03, 'assumption', PUBLIC),
      instances: cited(2, 'assumption', 'sites; each is a pool of caches of its own'),
    },
    quad9: {
      profile: 'quad9',
      share: cited(0.02, 'assumption', PUBLIC),
      instances: cited(2, 'assumption', 'sites; each is a pool of caches of its own'),
    },
    'home-router': {
      profile: 'dnsmasq',
      share: cited(0.05, 'assumption', 'routers that keep answers themselves, before the access provider'),
      instances: { clientsEach: cited(2, 'assumption', 'a household') },
      forward: cited('isp-bind', 'assumption', 'any resolver of an access provider would do'),
    },
  },
};
