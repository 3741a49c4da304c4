/** `population:` and `weights:` of clients: a population that ships, and shares that differ from it. */
import { z } from 'zod';
import { didYouMean } from '../../base/suggest.ts';
import { findPopulation, POPULATIONS } from '../../profiles/populations.ts';
import { shareKind, wordKind } from '../kinds.ts';
import { mapOf } from './common.ts';
import { about, field, type Rule, type RuleBreach } from './field.ts';

export interface WeightsDoc {
  readonly clients?: Readonly<Record<string, number>>;
  readonly resolvers?: Readonly<Record<string, number>>;
}

const IDS = POPULATIONS.map(({ id }) => id);

export const populationKey: z.ZodType<string> = field(
  wordKind(IDS),
  `Clients of many kinds with the resolvers they use, by shares: ${IDS.join(' or ')}. Instead of app, os and resolvers.`,
  { example: IDS[0] },
);

const share = field(shareKind, 'Share of the clients. The others keep their proportions in the rest.', {
  example: '30%',
});

export const weightsSchema: z.ZodType<WeightsDoc> = about(
  z.strictObject({
    clients: mapOf(share, 'Shares of kinds of clients, by name.', {
      'chrome on windows': '40%',
    }).exactOptional(),
    resolvers: mapOf(share, 'Shares of resolver services, by name.', { google: '30%' }).exactOptional(),
  }),
  'Shares that differ from those of the population; dnsdrill profiles NAME lists them all.',
  { resolvers: { google: '30%' } },
);

interface Written {
  readonly population?: string;
  readonly weights?: WeightsDoc;
  readonly app?: unknown;
  readonly os?: unknown;
  readonly resolvers?: unknown;
}

/** Keys that exclude each other, names the population does not have, shares of more than 100 %. */
export const POPULATION_RULES: readonly Rule<Written>[] = [
  ({ population, weights }) => {
    if (weights === undefined || population !== undefined) return undefined;
    const hint = `add population: ${IDS[0]}, or leave weights out`;
    const message = 'weights mean nothing without a population';
    return { code: 'scenario-weights-of-nothing', message, path: ['weights'], hint };
  },
  (written) => {
    const extra = (['app', 'os'] as const).find((key) => written[key] !== undefined);
    if (written.population === undefined || extra === undefined) return undefined;
    const message = `${extra} and population exclude each other`;
    const hint = `leave ${extra} out, or describe these clients under another name`;
    return { code: 'scenario-both-populations', message, path: [extra], hint };
  },
  ({ resolvers, weights }) => {
    if (resolvers === undefined || weights?.resolvers === undefined) return undefined;
    const message = 'weights.resolvers and resolvers exclude each other';
    const hint = 'leave one of them out';
    return { code: 'scenario-both-populations', message, path: ['weights', 'resolvers'], hint };
  },
  (written) => weightsFit(written, 'clients') ?? weightsFit(written, 'resolvers'),
];

function weightsFit({ population, weights }: Written, key: 'clients' | 'resolvers'): RuleBreach | undefined {
  const preset = population === undefined ? undefined : findPopulation(population);
  const written = Object.entries(weights?.[key] ?? {});
  if (preset === undefined || written.length === 0) return undefined;
  const names = Object.keys(preset[key]);
  const strange = written.find(([name]) => !names.includes(name));
  if (strange) {
    const [name] = strange;
    const message = `${preset.id} has no ${key} '${name}'`;
    const hint = didYouMean(name, names);
    return {
      code: 'scenario-unknown-weight',
      message,
      path: ['weights', key, name],
      ...(hint ? { hint } : {}),
    };
  }
  const sum = written.reduce((total, [, one]) => total + one, 0);
  const others = names.some((name) => preset[key][name]!.share.value > 0 && !(name in weights![key]!));
  if (sum < 1 + 1e-9 && (others || sum > 1 - 1e-9)) return undefined;
  const message = `the shares add up to ${shareKind.show(sum)} instead of ${others ? 'at most 100%' : '100%'}`;
  const hint = 'change them so that they fit';
  return { code: 'scenario-shares', message, path: ['weights', key], hint };
}
