/** The populations that ship, told as profiles are: each share with its source. */
import type { Cited } from '../../profiles/cited.ts';
import type { PopulationPreset, ServiceKind } from '../../profiles/population.ts';
import { findPopulation, POPULATIONS } from '../../profiles/populations.ts';
import { shareKind } from '../../scenario/kinds.ts';
import type { ProfileExplanation, ProfileSummary, ProfileValue } from './explanation.ts';

/** Every population, in one line each. */
export function listPopulations(): ProfileSummary[] {
  return POPULATIONS.map(summarise);
}

function summarise(population: PopulationPreset): ProfileSummary {
  const { id, title, clients, resolvers } = population;
  const counts = `${Object.keys(clients).length} kinds of clients, ${Object.keys(resolvers).length} resolvers`;
  return { section: 'populations', id, title, summary: counts, isDefault: false };
}

/** Everything about a population; none when there is none of this name. */
export function explainPopulation(name: string): ProfileExplanation[] {
  const population = findPopulation(name);
  if (population === undefined) return [];
  const { id, notes, clients, resolvers } = population;
  const value = (
    key: string,
    shown: string,
    about: string,
    { source, confidence }: Cited<unknown>,
  ): ProfileValue => {
    return { key, value: shown, about, source, confidence, from: id };
  };
  const values = [
    ...Object.entries(clients).map(([kind, { app, os, share }]) => {
      const about = `Share of the clients: app ${app}, os ${os}.`;
      return value(`weights.clients.${kind}`, shareKind.show(share.value), about, share);
    }),
    ...Object.entries(resolvers).map(([service, kind]) => {
      const { share } = kind;
      return value(`weights.resolvers.${service}`, shareKind.show(share.value), aboutService(kind), share);
    }),
  ];
  const place = 'clients.*.population';
  return [
    { ...summarise(population), noun: 'population', place, notes, completedBy: [], values, variants: [] },
  ];
}

function aboutService({ profile, instances, forward }: ServiceKind): string {
  const many =
    'clientsEach' in instances
      ? `one instance for ${instances.clientsEach.value} of its clients`
      : `instances: ${instances.value}`;
  const behind = forward === undefined ? '' : `, forwards to ${forward.value}`;
  return `Share of the clients that ask it: profile ${profile}, ${many}${behind}.`;
}
