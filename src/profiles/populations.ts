/**
 * Populations: who is on the Internet, or in a data centre, by shares; each share with its source.
 *
 * Not modelled: how software goes together with places and with resolvers (everybody draws a resolver by the same
 * shares), DNSSEC validation, and round trips by service. So shares of users are rough, and answers about a single
 * resolver or a single browser are better than those about all users together.
 */
import type { PopulationPreset } from './population.ts';
import { DATA_CENTRE } from './populations/data-centre.ts';
import { PUBLIC_INTERNET } from './populations/public-internet.ts';

/** Every population that ships. */
export const POPULATIONS: readonly PopulationPreset[] = [PUBLIC_INTERNET, DATA_CENTRE];

/** The population with this id; `undefined` when there is none. */
export function findPopulation(id: string): PopulationPreset | undefined {
  return POPULATIONS.find((population) => population.id === id);
}
