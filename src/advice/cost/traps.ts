/** What makes a bill larger than people expect, found in the bill itself: a sentence each, with its amount. */
import type { AnswerVolume, CostResult, ProviderCost } from '../../measure/result.ts';
import { isQueryPrice, PRICE_UNITS, type PriceKey } from '../../profiles/prices/price.ts';

/** One strategy with its bill. */
export interface PricedStrategy {
  readonly name: string;
  readonly cost: CostResult;
}

/** @param strategies in the order of the scenario */
export function costTraps(strategies: readonly PricedStrategy[]): string[] {
  const traps = strategies.flatMap(({ cost }) =>
    cost.providers.flatMap((provider) => RULES.flatMap((rule) => rule(provider) ?? [])),
  );
  return [...firstOfEach(traps), ...strategyGap(strategies)];
}

/** Providers whose bill has a positive price per query. */
export function billedByQueries(strategies: readonly PricedStrategy[]): string[] {
  const names = strategies.flatMap(({ cost }) =>
    cost.providers.filter(({ items }) =>
      items.some(({ key }) => priceOf(items, key) > 0 && isQueryPrice(key)),
    ),
  );
  return [...new Set(names.map(({ provider }) => provider))];
}

interface Trap {
  /** What it is about; of several strategies the first tells it. */
  readonly about: string;
  readonly text: string;
}

type Rule = (cost: ProviderCost) => Trap | undefined;

const RULES: readonly Rule[] = [chains, negatives, routes, proxying, unknowns, checkOptions, doubtful];

function firstOfEach(traps: readonly Trap[]): string[] {
  const texts = new Map<string, string>();
  for (const { about, text } of traps) if (!texts.has(about)) texts.set(about, text);
  return [...texts.values()];
}

/** A CNAME to another name in Route 53 is two queries: for itself, and for its target (Route 53 pricing). */
function chains({ provider, answers, items }: ProviderCost): Trap | undefined {
  const cnames = sum(
    answers,
    ({ kind, price }) => kind === 'cname' && price !== undefined && priceOf(items, price) > 0,
  );
  if (cnames === 0) return undefined;
  const all = sum(answers, ({ price }) => price !== undefined);
  return {
    about: `chains ${provider}`,
    text: `CNAMEs inside ${provider} bill a second query for their target: ${millions(cnames)} of ${millions(all)} queries a month are CNAMEs. An alias bills one query.`,
  };
}

/** NXDOMAIN and NODATA are billed as standard queries. */
function negatives({ provider, answers, items }: ProviderCost): Trap | undefined {
  const billed = (one: AnswerVolume): boolean => one.price !== undefined && priceOf(items, one.price) > 0;
  const all = sum(answers, billed);
  const negative = sum(answers, (one) => billed(one) && (one.kind === 'nodata' || one.kind === 'nxdomain'));
  if (all === 0 || negative / all < 0.01) return undefined;
  const types = [...new Set(answers.filter(({ kind }) => kind === 'nodata').map(({ type }) => type))];
  const about = types.includes('AAAA')
    ? ' An AAAA record with a longer TTL than the negative one lowers that.'
    : '';
  return {
    about: `negatives ${provider}`,
    text: `Negative answers bill like others: ${share(negative / all)} of the billed queries to ${provider} are NXDOMAIN or NODATA.${about}`,
  };
}

/** Policies that cost more than a plain record. */
function routes({ provider, answers, items }: ProviderCost): Trap | undefined {
  const plain = priceOf(items, 'query');
  const dear = items.filter(
    ({ key }) => key.startsWith('query-') && plain > 0 && priceOf(items, key) > plain,
  );
  const [first] = dear;
  if (first === undefined) return undefined;
  const more = answers.filter(({ price }) => dear.some(({ key }) => key === price));
  const ratio = priceOf(items, first.key) / plain;
  return {
    about: `routes ${provider}`,
    text: `${capital(PRICE_UNITS[first.key].label)} at ${provider} cost ${ratio.toFixed(2).replace(/0$/, '')} times a standard one (${millions(sum(more, () => true))} a month).`,
  };
}

/** Load balancing is billed by queries; proxied names have a TTL of 300 s (Cloudflare). */
function proxying({ provider, list, answers }: ProviderCost): Trap | undefined {
  const routed = sum(answers, ({ price }) => price === 'query-routed');
  if (list !== 'cloudflare' || routed === 0) return undefined;
  return {
    about: `proxying ${provider}`,
    text: `Load balancing at ${provider} is billed by DNS queries (${millions(routed)} a month): a proxied name has a TTL of 300 s, which cuts them where the TTL is shorter now.`,
  };
}

function unknowns({ provider, items }: ProviderCost): Trap | undefined {
  const unknown = items.filter(({ month }) => month === null);
  if (unknown.length === 0) return undefined;
  const labels = unknown.map(({ key }) => PRICE_UNITS[key].label).join(', ');
  return {
    about: `unknown ${provider}`,
    text: `No price is known at ${provider} for: ${labels}. The sum says "at least"; write prices.${provider}.${unknown[0]!.key}, or prices.${provider}.as for another list.`,
  };
}

function checkOptions({ provider, items }: ProviderCost): Trap | undefined {
  const options = items.filter(({ key, month }) => key.startsWith('check-option') && (month ?? 0) > 0);
  const checks = items.filter(({ key }) => key === 'check' || key === 'check-elsewhere');
  const [extra, base] = [options, checks].map((list) =>
    list.reduce((total, { month }) => total + (month ?? 0), 0),
  );
  if (!extra || extra <= base!) return undefined;
  return {
    about: `options ${provider}`,
    text: `Options of health checks at ${provider} (HTTPS, 10 s interval, string matching) cost more than the checks: ${extra.toFixed(2)} on ${base!.toFixed(2)} a month.`,
  };
}

function doubtful({ provider, items }: ProviderCost): Trap | undefined {
  const bad = items.filter(({ price }) => price.confidence === 'unverified' || price.confidence === 'stale');
  if (bad.length === 0) return undefined;
  const labels = bad.map(({ key }) => PRICE_UNITS[key].label).join(', ');
  return {
    about: `doubtful ${provider}`,
    text: `Prices at ${provider} that are stale or that nobody vouches for: ${labels}. Look them up, and write them under prices.${provider}.`,
  };
}

/** The dearest against the cheapest strategy, by queries billed. */
function strategyGap(strategies: readonly PricedStrategy[]): string[] {
  const sorted = strategies
    .map(({ name, cost }) => ({ name, volume: queryCost(cost) }))
    .sort((one, other) => other.volume - one.volume || (one.name < other.name ? -1 : 1));
  const [dear, cheap] = [sorted[0], sorted.at(-1)];
  if (!dear || !cheap || cheap.volume === 0 || dear.volume / cheap.volume < 1.1) return [];
  const times = dear.volume / cheap.volume;
  return [
    `Queries under ${dear.name} cost ${times < 10 ? times.toFixed(1) : Math.round(times)} times those under ${cheap.name}: ${dear.volume.toFixed(2)} against ${cheap.volume.toFixed(2)} USD a month.`,
  ];
}

function queryCost({ providers }: CostResult): number {
  return providers.reduce(
    (total, { items }) =>
      total + items.reduce((part, { key, month }) => part + (isQueryPrice(key) ? (month ?? 0) : 0), 0),
    0,
  );
}

function sum(answers: readonly AnswerVolume[], counts: (one: AnswerVolume) => boolean): number {
  return answers.reduce((total, one) => total + (counts(one) ? one.millionsPerMonth : 0), 0);
}

/** The price of the first step that is not free. */
function priceOf(items: ProviderCost['items'], key: PriceKey): number {
  const tiers = items.find((item) => item.key === key)?.price.tiers ?? [];
  return tiers.find(({ price }) => price > 0)?.price ?? 0;
}

function millions(value: number): string {
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} million`;
}

function share(value: number): string {
  return `${Math.round(value * 100)} %`;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
