/** `prices:`: what providers charge, where it differs from their list prices, and what the scenario does not show. */
import { z } from 'zod';
import { PRICE_LIST_IDS } from '../../profiles/prices/catalogue.ts';
import { PRICE_KEYS, PRICE_UNITS, type PriceKey } from '../../profiles/prices/price.ts';
import { type Kind, numberKind, Problem, quote, textKind, wordKind } from '../kinds.ts';
import { mapOf, oneOrMore, reference } from './common.ts';
import { about, field, type Rule, withRules } from './field.ts';

export interface PriceDoc {
  readonly price?: number;
  readonly tiers?: readonly { readonly 'up-to'?: number; readonly price: number }[];
  readonly note?: string;
  readonly 'as-of'?: string;
  /** Whether it was written as a bare number. */
  readonly short?: true;
}

export type ProviderPricesDoc = {
  readonly as?: string;
  readonly inside?: readonly string[];
  readonly 'string-matching'?: readonly string[];
  readonly quantities?: Readonly<Partial<Record<PriceKey, number>>>;
} & Readonly<Partial<Record<PriceKey, PriceDoc>>>;

const DOLLARS = numberKind(0, ' of US dollars');
const UNITS = numberKind(0, ' of units');

/** `2026-09-20`. */
const dateKind: Kind<string> = {
  noun: 'a date',
  json: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  read(raw) {
    const [, month, day] = (typeof raw === 'string' && /^\d{4}-(\d{2})-(\d{2})$/.exec(raw)) || [];
    if (inRange(month, 12) && inRange(day, 31)) return raw as string;
    return new Problem('scenario-bad-date', `${quote(raw)} is not a date`, 'write 2026-09-20');
  },
  show: (value) => value,
};

function inRange(text: string | undefined, most: number): boolean {
  return text !== undefined && Number(text) >= 1 && Number(text) <= most;
}

const tier = about(
  z.strictObject({
    'up-to': field(UNITS, 'Up to and including so many units; the last step has none.').exactOptional(),
    price: field(DOLLARS, 'US dollars per unit.'),
  }),
  'One step of a price.',
);

const oneWay: Rule<PriceDoc> = ({ price, tiers }) => {
  if ((price === undefined) !== (tiers === undefined)) return undefined;
  const message = price === undefined ? 'nothing says what it costs' : 'there are two prices';
  return {
    code: 'scenario-price',
    message,
    path: [price === undefined ? 'price' : 'tiers'],
    hint: 'write one of price: 0.40, tiers: [...]',
  };
};

const rising: Rule<PriceDoc> = ({ tiers = [] }) => {
  const ends = tiers.map((one) => one['up-to'] ?? Number.POSITIVE_INFINITY);
  const bad = ends.findIndex(
    (end, at) =>
      (at > 0 && end <= ends[at - 1]!) || (at === ends.length - 1 && end < Number.POSITIVE_INFINITY),
  );
  if (bad < 0) return undefined;
  const message = 'steps of a price rise, and only the last has no up-to';
  const hint = 'write tiers: [{ up-to: 1000, price: 0.40 }, { price: 0.20 }]';
  return { code: 'scenario-price-tiers', message, path: ['tiers', bad], hint };
};

const UNIT_WORDS: Readonly<Record<string, string>> = { million: 'million queries', check: 'health check' };

const price = (key: PriceKey): z.ZodType<PriceDoc> => {
  const what = `US dollars per month and ${UNIT_WORDS[PRICE_UNITS[key].unit] ?? PRICE_UNITS[key].unit}: ${PRICE_UNITS[key].label}.`;
  const short = field(DOLLARS, what, { example: 0.4 }).transform(
    (amount): PriceDoc => ({ price: amount, short: true }),
  );
  const long = withRules(
    about(
      z.strictObject({
        price: field(DOLLARS, what).exactOptional(),
        tiers: about(z.array(tier).min(1), 'Steps, each with its price.').exactOptional(),
        note: field(textKind, 'Where the price is from.', { example: 'our contract' }).exactOptional(),
        'as-of': field(dateKind, 'Day of the price.', { example: '2026-09-20' }).exactOptional(),
      }) as unknown as z.ZodType<PriceDoc>,
      'A price with its note and its day, or in steps.',
    ),
    oneWay,
    rising,
  );
  return about(z.union([short, long]) as z.ZodType<PriceDoc>, what, 0.4);
};

const names = (what: string): z.ZodType<string[] | undefined> =>
  oneOrMore(reference('An endpoint or a check.', 'us-east'), what).exactOptional() as never;

const amounts = z.strictObject(
  Object.fromEntries(
    PRICE_KEYS.map((key) => [
      key,
      field(numberKind(0), `Units per month: ${PRICE_UNITS[key].label}.`).exactOptional(),
    ]),
  ),
);

const providerPrices: z.ZodType<ProviderPricesDoc> = about(
  z.strictObject({
    as: field(wordKind(PRICE_LIST_IDS), "Whose list prices hold. Default: those of the provider's kind.", {
      example: 'route53',
    }).exactOptional(),
    inside: names("Endpoints in the provider's own cloud, whose health checks cost less. Default: none."),
    'string-matching': names('Endpoints or checks whose health check looks for a string, which costs extra.'),
    quantities: about(
      amounts,
      'Units per month instead of what follows from the scenario: queries in millions.',
      { zone: 30 },
    ).exactOptional(),
    ...Object.fromEntries(PRICE_KEYS.map((key) => [key, price(key).exactOptional()])),
  }) as unknown as z.ZodType<ProviderPricesDoc>,
  'Prices of one provider.',
);

export const pricesSchema: z.ZodType<Record<string, ProviderPricesDoc>> = mapOf(
  providerPrices,
  'What providers charge, by name of provider; what is not written is as in the list prices.',
  { main: { as: 'route53', query: 0.35 } },
);
