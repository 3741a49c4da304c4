/** Small worlds for tests, and the domain's own notation for what they answer. */
import { HOUR, MILLISECOND, type Micros, SECOND } from '../../src/base/time.ts';
import type { Question } from '../../src/dns/data/message.ts';
import { type Name, parseName } from '../../src/dns/data/name.ts';
import type { RRset } from '../../src/dns/data/rrset.ts';
import { typeFromText, typeToText } from '../../src/dns/data/rrtype.ts';
import type { Transport } from '../../src/dns/resolve/protocol.ts';
import { readMasterFile } from '../../src/dns/zone/master-file.ts';
import type { Zone } from '../../src/dns/zone/zone.ts';
import { RandomStreams } from '../../src/kernel/random-streams.ts';
import { createOutside } from '../../src/model/authority/outside-world.ts';
import type { GenericRule, UnhealthyRule } from '../../src/model/authority/providers/generic/rule.ts';
import type { Asker, Delivery, Draw, Outside } from '../../src/model/outside.ts';
import type {
  ChangeSpec,
  CheckSpec,
  EffectSpec,
  EndpointSpec,
  FaultSpec,
  NetworkSpec,
  PolicySpec,
  ProviderSpec,
  TargetSpec,
  WorldSpec,
  ZoneChangeSpec,
} from '../../src/model/spec.ts';

export const HERE = 0;
export const THERE = 1;

export const name = (text: string): Name => parseName(text);

/** `app.example.com. A` */
export function question(text: string): Question {
  const [owner, type] = text.split(' ');
  return { name: name(owner!), type: typeFromText(type!)! };
}

/** A zone from master-file text; the SOA (negative TTL 30 s) and one NS are filled in. */
export function zone(origin: string, records: string, ns = 'ns1.dns.test.'): Zone {
  const head = `$ORIGIN ${origin}\n@ 3600 IN SOA ${ns} hostmaster.dns.test. 1 7200 900 1209600 30\n@ 3600 IN NS ${ns}\n`;
  const read = readMasterFile(head + records, { file: 'test.zone', origin: name(origin) });
  if (!read.zone) throw new Error(JSON.stringify(read.issues));
  return read.zone;
}

/** `app.example.com. 60 A 192.0.2.1`; several records of one set separated by line ends. */
export function rrset(text: string): RRset {
  const [owner, , type] = text.split(/\s+/);
  return zone('.', text).get(name(owner!), typeFromText(type!)!)!;
}

export const NETWORK: NetworkSpec = {
  regions: ['here', 'there'],
  roundTrip: [
    [10 * MILLISECOND, 80 * MILLISECOND],
    [80 * MILLISECOND, 10 * MILLISECOND],
  ],
  spread: 1,
  loss: 0,
  stubRoundTrip: 5 * MILLISECOND,
};

/** A provider with servers ns1, ns2 ... at 192.0.2.1, .2 ... and 2001:db8::1, ::2 ..., each with these sites. */
export function provider(
  parts: Partial<ProviderSpec> & { first?: number; count?: number } = {},
): ProviderSpec {
  const { first = 1, count = 1, ...rest } = parts;
  const servers = Array.from({ length: count }, (_, at) => ({
    name: name(`ns${first + at}.dns.test.`),
    addresses: [`192.0.2.${first + at}`, `2001:db8::${first + at}`],
    sites: [{ region: HERE, capacity: Number.POSITIVE_INFINITY }],
  }));
  return { name: 'main', kind: 'generic', servers, propagation: 0, ...rest };
}

export const CHECK: CheckSpec = {
  kind: 'https',
  path: '/health',
  interval: 10 * SECOND,
  timeout: 4 * SECOND,
  failures: 3,
  successes: 3,
  regions: [HERE],
  quorum: 1,
  intervalFrom: 'schedule',
  phase: 0,
};

export const PRIMARY: EndpointSpec = {
  name: 'east',
  addresses: ['203.0.113.10'],
  region: HERE,
  check: CHECK,
};
export const SECONDARY: EndpointSpec = { name: 'west', addresses: ['198.51.100.20'], region: THERE };

/** Endpoint 0 while it is healthy, else endpoint 1; both unhealthy: as though both were healthy. */
export const FAILOVER: PolicySpec = failoverPolicy({ kind: 'ignore-health' });

/** A failover policy with this rule for the case that both are unhealthy. */
export function failoverPolicy(unhealthy: UnhealthyRule): PolicySpec {
  const rule: GenericRule = {
    kind: 'generic',
    arrange: { kind: 'listed' },
    take: 1,
    shuffle: false,
    unhealthy,
  };
  return {
    name: name('app.example.com.'),
    type: 1,
    ttl: 60,
    provider: 0,
    word: 'failover',
    candidates: [PRIMARY, SECONDARY].map(({ name: label }, endpoint) => ({
      label,
      data: { kind: 'endpoints', endpoints: [endpoint] },
      health: { kind: 'endpoint', endpoint },
    })),
    rule,
  };
}

/** One provider, the zone example.com, two endpoints, no policy, nothing happens. */
export function world(parts: Partial<WorldSpec> = {}): WorldSpec {
  const records = 'app 300 IN A 203.0.113.10\nwww 300 IN CNAME app\n';
  const providers = parts.providers ?? [provider()];
  return {
    duration: HOUR,
    network: NETWORK,
    zones: [
      {
        origin: name('example.com.'),
        zone: zone('example.com.', records),
        providers: providers.map((_, index) => index),
      },
    ],
    providers,
    endpoints: [PRIMARY, SECONDARY],
    policies: [],
    resolvers: [],
    populations: [],
    timeline: [],
    recovery: { target: 0.99, hold: 60 * SECOND },
    start: 'cold',
    ...parts,
  };
}

/** A fault from 10 s on, for ever, at once, unless told otherwise. */
export function fault(target: TargetSpec, effect: EffectSpec, parts: Partial<FaultSpec> = {}): FaultSpec {
  const label = `${effect.kind} ${target.kind}`;
  const until = Number.POSITIVE_INFINITY;
  return { kind: 'fault', label, at: 10 * SECOND, until, ramp: 0, target, effect, ...parts };
}

/** A change of example.com at an instant. */
export function change(at: Micros, parts: Partial<ZoneChangeSpec>, label = 'new address'): ChangeSpec {
  const origin = name('example.com.');
  return { kind: 'change', label, at, change: { kind: 'zone', origin, put: [], remove: [], ...parts } };
}

export function outside(spec: WorldSpec, seed = 1, replication = 0): Outside {
  return createOutside(spec, new RandomStreams(seed, replication));
}

/** Advances and applies until everything up to and including `to` is visible. */
export function play(side: Outside, to: Micros): Outside {
  let at = -1;
  while (at < to) {
    at = side.advance(to);
    side.apply();
  }
  return side;
}

/** The world of `spec` as cells see it at `at`. */
export function worldAt(spec: WorldSpec, at: Micros): Outside {
  return play(outside(spec), at);
}

export interface AskOptions {
  readonly address?: string;
  readonly region?: number;
  readonly transport?: Transport;
  readonly now?: Micros;
  readonly draw?: Draw;
  readonly asker?: Asker;
}

const noDraw: Draw = () => {
  throw new Error('no draw expected');
};

export function deliver(side: Outside, text: string, options: AskOptions = {}): Delivery {
  const { address = '192.0.2.1', region = HERE, transport = 'udp', now = 0, draw = noDraw, asker } = options;
  return side.ask(address, question(text), region, transport, now, draw, asker);
}

/**
 * What one query brings, as text: `lost`, `unreachable`, `REFUSED`, `NXDOMAIN aa`, `NODATA aa`, a referral as
 * `-> ns1.dns.test.`, or the answer as `app.example.com. 60 A 192.0.2.1` with records joined by `; `.
 */
export function ask(side: Outside, text: string, options: AskOptions = {}): string {
  const delivery = deliver(side, text, options);
  if (delivery.kind !== 'reply') return delivery.kind;
  const { rcode, authoritative, answer, authority } = delivery.message;
  if (answer.length > 0) return answer.map(rrsetText).join('; ');
  if (rcode === 'NOERROR' && !authoritative)
    return `-> ${rrsetText(authority[0]!).split(' ').slice(3).join(' ')}`;
  return `${rcode === 'NOERROR' ? 'NODATA' : rcode}${authoritative ? ' aa' : ''}`;
}

function rrsetText({ name: owner, ttl, type, rdata }: RRset): string {
  return `${owner} ${ttl} ${typeToText(type)} ${rdata.map(({ text }) => text).join(',')}`;
}
