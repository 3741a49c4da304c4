/** Decides among offers: by chance where there are several, all addresses of one in the answer. */
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import type { Decider } from '../../policy-logic.ts';
import type { PolicyAnswer, PolicyQuery } from '../../provider.ts';
import { Offers } from '../../steering/offers.ts';
import { pickSeveral, pickWeighted } from '../../steering/pick.ts';
import { regionOf } from '../../steering/places.ts';
import type { Offer } from './offer.ts';

export class OfferDecider implements Decider {
  readonly choice: string;
  readonly #offers: Offers;
  readonly #shuffle: boolean;
  /** By region. */
  readonly #open: readonly (readonly Offer[])[];
  readonly #places: readonly (readonly number[])[];

  /** @param offersIn what clients of a region are offered, at least one; called once for each region */
  constructor(
    policy: PolicySpec,
    spec: WorldSpec,
    offersIn: (region: number) => readonly Offer[],
    shuffle: boolean,
  ) {
    this.#offers = new Offers(policy, spec.endpoints);
    this.#shuffle = shuffle;
    this.#open = spec.network.regions.map((_, region) => offersIn(region));
    this.#places = this.#open.map((offers) => offers.map((_, at) => at));
    this.choice = this.#wordsFor(this.#open.flat());
  }

  decide(query: PolicyQuery): PolicyAnswer {
    const region = regionOf(query);
    const open = this.#open[region]!;
    const { addresses } = open[pickWeighted(this.#places[region]!, (at) => open[at]!.weight, query.draw)]!;
    const order = this.#shuffle ? pickSeveral(addresses, addresses.length, query.draw) : addresses;
    return this.#offers.answer(order);
  }

  possible(region: number): readonly PolicyAnswer[] {
    return likely(this.#open[region]!).map(({ addresses }) => this.#offers.answer(addresses));
  }

  /** What clients of a region get, where that is not all of what is chosen. */
  reason(region?: number): string {
    const here = region === undefined ? this.choice : this.#wordsFor(this.#open[region]!);
    return here === this.choice ? '' : `here ${here}`;
  }

  #wordsFor(offers: readonly Offer[]): string {
    return [...new Set(likely(offers).map((one) => this.#words(one)))].join(' or ');
  }

  #words({ addresses, why }: Offer): string {
    const label = this.#offers.label(addresses);
    return why ? `${label} (${why})` : label;
  }
}

/** Those that chance can pick: all when no weight is positive. */
function likely(offers: readonly Offer[]): readonly Offer[] {
  const positive = offers.filter(({ weight }) => weight > 0);
  return positive.length > 0 ? positive : offers;
}
