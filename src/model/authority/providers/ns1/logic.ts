/**
 * How an NS1 record answers: whatever its chain of filters leaves, in that order. A chain that leaves nothing is
 * answered without data (NODATA), or with the first answer: sources differ, see `Disputes`.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Decider, PolicyLogic, Surroundings } from '../../policy-logic.ts';
import type { PolicyAnswer, PolicyQuery } from '../../provider.ts';
import { hash32 } from '../../steering/hash.ts';
import { Offers } from '../../steering/offers.ts';
import { regionOf } from '../../steering/places.ts';
import { FILTERS } from './filters/catalogue.ts';
import type { ChosenBy, Items } from './filters/filter.ts';
import { Metadata, type Readings } from './metadata.ts';
import { type Branch, Pipeline, wayAt } from './pipeline.ts';
import { reasonsOf } from './reasons.ts';
import type { Ns1Rule } from './rule.ts';

/** @param readings values of data feeds; read whenever a policy is prepared */
export function ns1Logic(readings: Readings): PolicyLogic {
  return {
    prepare: (policy, surroundings) => new ChainDecider(policy, surroundings, readings),
    isScoped: ({ rule }) => (rule as Ns1Rule).chain.some(({ filter }) => FILTERS[filter]!.isScoped ?? false),
  };
}

class ChainDecider implements Decider {
  readonly #policy: PolicySpec;
  readonly #rule: Ns1Rule;
  readonly #around: Surroundings;
  readonly #readings: Readings;
  readonly #offers: Offers;
  /** By region. */
  readonly #pipelines: readonly Pipeline[];
  /** Words once asked for: traces ask at every query. The reasons by region. */
  #choice: string | undefined;
  readonly #reasons: string[] = [];

  constructor(policy: PolicySpec, around: Surroundings, readings: Readings) {
    this.#policy = policy;
    this.#rule = policy.rule as Ns1Rule;
    this.#around = around;
    this.#readings = readings;
    this.#offers = new Offers(policy, around.spec.endpoints);
    this.#pipelines = around.spec.network.regions.map((_, region) => this.#pipelineOf(region));
  }

  decide(query: PolicyQuery): PolicyAnswer {
    const pipeline = this.#pipelines[regionOf(query)]!;
    const items = pipeline.walk((branch) => wayAt(branch, shareFor(branch, query)));
    return this.#answer(items);
  }

  possible(region: number): readonly PolicyAnswer[] {
    return this.#pipelines[region]!.ends().map((items) => this.#answer(items));
  }

  get choice(): string {
    this.#choice ??= this.#describe();
    return this.#choice;
  }

  #describe(): string {
    const ends = this.#pipelines.flatMap((pipeline) => pipeline.ends());
    const bySet = new Map(ends.map((items) => [[...items].sort((a, b) => a - b).join(' '), items]));
    return [...bySet.values()].map((items) => this.#offers.label(this.#final(items))).join(' or ');
  }

  reason(region?: number): string {
    if (region !== undefined) return this.#reasonsIn(region);
    const byText = new Map<string, string[]>();
    this.#around.spec.network.regions.forEach((name, index) => {
      const text = this.#reasonsIn(index);
      byText.set(text, [...(byText.get(text) ?? []), name]);
    });
    if (byText.size === 1) return [...byText.keys()][0]!;
    return [...byText].map(([text, names]) => `in ${names.join(', ')}: ${text || 'no change'}`).join(' | ');
  }

  #reasonsIn(region: number): string {
    const label = (item: number): string => this.#policy.candidates[item]!.label;
    this.#reasons[region] ??= reasonsOf(this.#pipelines[region]!, label);
    return this.#reasons[region];
  }

  #pipelineOf(region: number): Pipeline {
    const { spec } = this.#around;
    const metadata = new Metadata(this.#policy, this.#around, this.#readings, region);
    return new Pipeline(this.#rule, this.#policy.candidates.length, metadata, spec, region);
  }

  #answer(items: Items): PolicyAnswer {
    return this.#offers.answer(this.#final(items));
  }

  #final(items: Items): Items {
    return items.length === 0 && this.#rule.disputes.empty === 'first' ? [0] : items;
  }
}

function shareFor({ by, salt }: Branch, query: PolicyQuery): number {
  return by === 'query' ? query.draw() : hash32(`${requesterOf(query, by)} ${salt}`) / 2 ** 32;
}

/**
 * Whom an order sticks to: the resolver's address, or the client's subnet where the resolver sends it. Instances of a
 * service share a subnet (an assumption).
 */
function requesterOf(
  { service = -1, instance = 0, clientRegion }: PolicyQuery,
  by: Exclude<ChosenBy, 'query'>,
): string {
  const resolver = by === 'subnet' ? `${service}` : `${service}/${instance}`;
  return clientRegion === undefined ? resolver : `${resolver} for ${clientRegion}`;
}
