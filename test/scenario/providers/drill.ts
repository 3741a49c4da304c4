/** A small drill for tables of providers' rules: three regions, an endpoint in each, and a spare one nobody checks. */
import { MINUTE } from '../../../src/base/time.ts';
import { World } from '../../../src/model/world.ts';
import { deliver, worldAt } from '../../model/world.ts';
import { mustLoad } from '../base.ts';

const ADDRESSES = new Map([
  ['203.0.113.1', 'us'],
  ['203.0.113.2', 'eu'],
  ['203.0.113.3', 'ap'],
  ['203.0.113.4', 'spare'],
]);

export interface Row {
  readonly kind: string;
  /** Settings of the kind. */
  readonly own?: string;
  readonly policy?: string;
  readonly type?: string;
  readonly records?: string;
  readonly checks?: string;
  readonly more?: string;
  readonly asked?: string;
  readonly timeline?: string;
}

const DEAD = '{ at: 5m, fail: endpoint us }';

/** A scenario of three regions, whose endpoint in us-east dies after five minutes unless the row says otherwise. */
export function scenario(row: Row): string {
  const { kind, own, policy, type = 'A', records = 'www 5 IN A 203.0.113.4', checks = '', more = '' } = row;
  const { asked = 'app.example.com', timeline = DEAD } = row;
  return `duration: 14m
network:
  regions:
    us-east: { continent: NA, country: US, state: VA, latitude: 39, longitude: -77, networks: 198.51.100.0/26 }
    eu-west: { continent: EU, country: IE, latitude: 53, longitude: -6, networks: 198.51.100.64/26 }
    ap-southeast: { continent: AS, country: SG, latitude: 1, longitude: 104, networks: 198.51.100.128/26 }
  round-trips: { us-east/eu-west: 80ms, us-east/ap-southeast: 230ms, eu-west/ap-southeast: 180ms }
providers:
  main: { kind: ${kind}${own === undefined ? '' : `, ${kind}: ${own}`} }
zones:
  - name: example.com
    records: |
      ${records.replaceAll('\n', '\n      ')}
endpoints:
  us: { address: 203.0.113.1, region: us-east, check: { tcp: true } }
  eu: { address: 203.0.113.2, region: eu-west, check: { tcp: true } }
  ap: { address: 203.0.113.3, region: ap-southeast, check: { tcp: true } }
  spare: { address: 203.0.113.4, region: eu-west }
${checks === '' ? '' : `checks:\n  ${checks}\n`}${policy === undefined ? '' : `policies:\n  app.example.com/${type}: ${policy}\n`}${more}
resolvers:
  in-us: { count: 1, region: us-east }
  in-eu: { count: 1, region: eu-west }
  in-ap: { count: 1, region: ap-southeast }
clients:
  us: { count: 5, region: us-east, resolvers: in-us, requests: { name: ${asked}, every: 10s } }
  eu: { count: 5, region: eu-west, resolvers: in-eu, requests: { name: ${asked}, every: 10s } }
  ap: { count: 5, region: ap-southeast, resolvers: in-ap, requests: { name: ${asked}, every: 10s } }
timeline: [${timeline}]
`;
}

/** What clients of each region used or heard in a stretch of time: `us us eu`, several of one joined by `+`. */
export function answers(text: string): [before: string, after: string] {
  const { spec } = mustLoad(text).strategies[0]!;
  const seen = new Map<string, Set<string>>();
  const world = new World(spec, 1, 0, {
    observer: ({ population, address, outcome, at }) => {
      const part = at < 5 * MINUTE ? 'before' : at >= 10 * MINUTE ? 'after' : 'between';
      const key = `${part} ${population}`;
      const what = address ? (ADDRESSES.get(address) ?? address) : outcome;
      seen.set(key, (seen.get(key) ?? new Set()).add(what));
    },
  });
  world.runUntil(spec.duration);
  const told = (part: string): string =>
    ['us', 'eu', 'ap']
      .map((region) => [...(seen.get(`${part} ${region}`) ?? [])].toSorted().join('+'))
      .join(' ');
  return [told('before'), told('after')];
}

/** What the trace of a look-up from us-east is told of the answer at a minute. */
export function said(text: string, minute: number, asked = 'app.example.com'): string | undefined {
  const { spec } = mustLoad(text).strategies[0]!;
  const address = spec.providers[0]!.servers[0]!.addresses[0]!;
  const delivery = deliver(worldAt(spec, minute * MINUTE), `${asked}. A`, {
    address,
    region: 0,
    draw: () => 0,
    asker: { service: 0 },
    now: minute * MINUTE,
  });
  return delivery.kind === 'reply' ? delivery.message.said : delivery.kind;
}
