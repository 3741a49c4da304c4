/**
 * From candidates chosen to the answer given: the RRset of their data together, or the alias to be followed.
 *
 * An alias is answered alone: of several candidates chosen, the first decides whether it is one.
 */
import type { AddressRdata, Rdata } from '../../../dns/data/rdata.ts';
import { makeRRset } from '../../../dns/data/rrset.ts';
import { A, AAAA, type RrType } from '../../../dns/data/rrtype.ts';
import type { CandidateSpec, EndpointSpec, PolicySpec } from '../../spec.ts';
import type { PolicyAnswer } from '../provider.ts';
import { familyOf } from '../sites.ts';

/** What a candidate holds of a type by itself; nothing for aliases, and for endpoints of another family. */
export function candidateRdata(
  { data }: CandidateSpec,
  type: RrType,
  endpoints: readonly EndpointSpec[],
): readonly Rdata[] {
  if (data.kind === 'alias') return [];
  if (data.kind === 'records') return data.rdata;
  const family = FAMILIES[type];
  return data.endpoints
    .flatMap((endpoint) => endpoints[endpoint]!.addresses)
    .filter((address) => familyOf(address) === family)
    .map(toRdata);
}

const FAMILIES: Readonly<Record<RrType, 4 | 6>> = { [A]: 4, [AAAA]: 6 };

function toRdata(address: string): AddressRdata {
  return { kind: 'address', address, text: address };
}

/** The answers of one policy. The same candidates in the same order give the same object every time. */
export class Offers {
  readonly #policy: PolicySpec;
  readonly #endpoints: readonly EndpointSpec[];
  readonly #known: Map<string, PolicyAnswer> = new Map();

  constructor(policy: PolicySpec, endpoints: readonly EndpointSpec[]) {
    this.#policy = policy;
    this.#endpoints = endpoints;
  }

  /** @param chosen places in the policy's list of candidates, in the order of the answer; none = NODATA */
  answer(chosen: readonly number[]): PolicyAnswer {
    const key = chosen.join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const answer = this.#make(chosen);
    this.#known.set(key, answer);
    return answer;
  }

  /** `eu-west`, `us-east and eu-west`, `no address`. */
  label(chosen: readonly number[]): string {
    return chosen.map((one) => this.#policy.candidates[one]!.label).join(' and ') || 'no address';
  }

  #make(chosen: readonly number[]): PolicyAnswer {
    const { name, type, ttl, candidates } = this.#policy;
    const first = candidates[chosen[0] ?? -1]?.data;
    if (first?.kind === 'alias') {
      return first.ttl === 'target' ? { alias: first.name } : { alias: first.name, ttl };
    }
    const rdata = chosen.flatMap((one) => candidateRdata(candidates[one]!, type, this.#endpoints));
    if (rdata.length === 0) return 'absent';
    const ttls = chosen.map((one) => candidates[one]!.ttl ?? ttl);
    return makeRRset(name, type, Math.min(...ttls), rdata);
  }
}
