/** `endpoints:` and the addresses of zones that nobody describes. */
import type { RRset } from '../../dns/data/rrset.ts';
import type { EndpointSpec, ProviderSpec } from '../../model/spec.ts';
import { addressKind, textKind } from '../kinds.ts';
import type { EndpointDoc } from '../schema/endpoints.ts';
import { buildCheck } from './checks.ts';
import { type Draft, regionIndex } from './draft.ts';
import { luaAddresses } from './lua-records.ts';

/** The endpoints of the scenario, in its order. */
export function buildEndpoints(draft: Draft): EndpointSpec[] {
  const owners = new Map<string, string>();
  return Object.entries(draft.doc.endpoints ?? {}).map(([name, doc]) => {
    for (const [index, address] of doc.address.entries()) {
      const path = ['endpoints', name, 'address', index];
      draft.ledger.written(path, address, addressKind);
      const other = owners.get(address);
      if (other !== undefined) {
        const message = `${address} is also an address of the endpoint ${other}`;
        draft.issues.add(path, 'scenario-duplicate-address', message);
      }
      owners.set(address, name);
    }
    return buildEndpoint(draft, name, doc);
  });
}

function buildEndpoint(draft: Draft, name: string, doc: EndpointDoc): EndpointSpec {
  const path = ['endpoints', name];
  const first = draft.regions[0]!;
  const region = draft.ledger.derive([...path, 'region'], doc.region, textKind, first, 'the first region');
  const index = regionIndex(draft, doc.region ?? region);
  const check = doc.check && { check: buildCheck(draft, doc.check, index, [...path, 'check']) };
  return { name, addresses: doc.address, region: index, ...check };
}

/**
 * Endpoints for addresses that zones or changes give out and no endpoint owns: they never fail by themselves.
 * Addresses of name servers are none.
 */
export function impliedEndpoints(
  draft: Draft,
  written: readonly EndpointSpec[],
  providers: readonly ProviderSpec[],
  sets: Iterable<RRset>,
): EndpointSpec[] {
  const servers = new Set(providers.flatMap(({ servers }) => servers.map(({ name }) => name)));
  const known = new Set(
    [...written, ...providers.flatMap((one) => one.servers)].flatMap((one) => one.addresses),
  );
  const implied: EndpointSpec[] = [];
  for (const rrset of sets) {
    const { name } = rrset;
    for (const address of servers.has(name) ? [] : addressesIn(rrset)) {
      if (known.has(address)) continue;
      known.add(address);
      implied.push({ name: address, addresses: [address], region: 0 });
      const why = `implied by ${name}; never fails by itself`;
      draft.ledger.note(['endpoints', address, 'region'], draft.regions[0]!, { kind: 'derived', why });
    }
  }
  return implied;
}

function addressesIn(rrset: RRset): string[] {
  const plain = rrset.rdata.flatMap((one) => (one.kind === 'address' ? [one.address] : []));
  return [...plain, ...luaAddresses(rrset)];
}
