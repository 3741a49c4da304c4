/** Scenarios put together from parts, each on a line of its own, for the tables of lint. */

/** Parts of a scenario, a line each, in the order they are written. */
export interface Parts {
  readonly duration?: string;
  readonly network?: string;
  readonly providers?: string;
  readonly zone?: string;
  readonly endpoints?: string;
  readonly checks?: string;
  readonly policies?: string;
  readonly resolvers?: string;
  readonly clients?: string;
  readonly timeline?: string;
  readonly expect?: string;
  readonly description?: string;
}

export const CHECKED: string =
  '{ us: { address: 203.0.113.10, check: { https: /h, interval: 10s } }, eu: { address: 198.51.100.20, check: { https: /h, interval: 10s } } }';

/** Every part stands on one line: duration 1, network 2, ..., expect 11. */
const SOUND_PARTS: Required<Parts> = {
  duration: '1h',
  network: '{ regions: [us, eu] }',
  providers: '{ one: {}, two: { domain: two-dns.org } }',
  zone: '{ name: example.com, records: "app 300 A 203.0.113.10" }',
  endpoints: CHECKED,
  checks: '{}',
  policies: '{}',
  resolvers: '{ isp: { count: 5 } }',
  clients: '{ users: { count: 100, resolvers: isp, requests: { name: app.example.com, every: 60s } } }',
  timeline: '[{ at: 10m, fail: endpoint us, for: 5m }]',
  expect: '[availability.min >= 0%]',
  description: 'what it is',
};

function scenario(parts: Parts): string {
  const all = { ...SOUND_PARTS, ...parts };
  return Object.entries(all)
    .map(([key, value]) => (key === 'zone' ? `zones: [${value}]` : `${key}: ${value}`))
    .join('\n');
}

export const FAILOVER: string = '{ app.example.com/A: { failover: { primary: us, secondary: eu } } }';
export const AZURE: string =
  '{ app.example.com/A: { azure: { geographic: { continent EU: eu, default: us } } } }';
export const UNCHECKED: string = '{ us: { address: 203.0.113.10 }, eu: { address: 198.51.100.20 } }';
export const PUT: (ttl: number) => string = (ttl) =>
  `[{ at: 40m, put: example.com, records: "app ${ttl} A 198.51.100.20" }]`;

/** The parts as text; what is undefined leaves an empty line. */
export function written(parts: Parts): string {
  return scenario(parts)
    .split('\n')
    .map((line) => (line.endsWith(': undefined') ? '' : line))
    .join('\n');
}
