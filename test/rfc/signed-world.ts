/** Root, com. and example.com. for DNSSEC tests, signed or not, each at a server that gives proofs when asked. */
import { parseName } from '../../src/dns/data/name.ts';
import { parseRRsets } from '../../src/dns/data/presentation.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import { lookup } from '../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../src/dns/zone/view.ts';
import { type Signing, Zone } from '../../src/dns/zone/zone.ts';
import {
  COM_SERVER,
  COM_ZONE,
  EXAMPLE_1,
  EXAMPLE_2,
  NET_ZONE,
  ROOT_SERVER,
  ROOT_ZONE,
  type Server,
  World,
} from '../dns/resolve/harness.ts';

const DIGEST = '0'.repeat(64);
export const COM_DS: string = `com. 86400 DS 1 13 2 ${DIGEST}\n`;
export const EXAMPLE_DS: string = `example.com. 86400 DS 2 13 2 ${DIGEST}\n`;

export const APEX: string = `
example.com. 3600 SOA ns1.example.com. admin.example.com. 1 7200 3600 1209600 300
example.com. 86400 NS ns1.example.com.
example.com. 86400 NS ns2.example.com.
`;

/** Rules of a resolver that uses all it may. */
export const AGGRESSIVE: ResolverOptions['cacheRules'] = {
  ...RFC_REFERENCE.cacheRules,
  aggressiveNsec: true,
  aggressiveNsec3: true,
};

export const zoneOf = (origin: string, text: string, signing?: Signing): Zone =>
  Zone.of(parseName(origin), parseRRsets(text)).signed(signing);

/** A server that answers from these zones as to a query with DO. */
export function signedServer(...zones: readonly Zone[]): Server {
  const hosted = hostedZones(zones);
  return (asked) => lookup(hosted, asked, { minimalResponses: true, dnssecOk: true });
}

export interface SignedWorld {
  readonly example: Zone;
  readonly options?: Partial<ResolverOptions>;
  /** Delegations without DS: records left out of their parents. */
  readonly without?: readonly string[];
}

/** Resolver with aggressive use on, and a chain of trust from the root to example.com. unless it is broken. */
export function signedWorld({ example, options = {}, without = [] }: SignedWorld): World {
  const ds = (line: string): string => (without.includes(line) ? '' : line);
  const world = World.standard({
    cacheRules: AGGRESSIVE,
    ...options,
  });
  world.servers.set(ROOT_SERVER, signedServer(zoneOf('.', ROOT_ZONE + ds(COM_DS), 'nsec')));
  const com = zoneOf('com.', COM_ZONE + ds(EXAMPLE_DS), 'nsec3-opt-out');
  world.servers.set(COM_SERVER, signedServer(com, zoneOf('net.', NET_ZONE)));
  for (const address of [EXAMPLE_1, EXAMPLE_2]) world.servers.set(address, signedServer(example));
  return world;
}

/** First line of the answer, then its records; and how many queries that took. */
export function asks(world: World, text: string): readonly [answer: string, queries: number] {
  world.takeSent();
  const answer = world.resolve(text);
  return [answer, world.takeSent().length];
}
