/** The compared metrics in words. */
import { formatCount, formatMoney, formatRate, formatSeconds, formatShare } from '../numbers.ts';

export interface MetricWords {
  /** Heading of a row or column. */
  readonly label: string;
  /** What a strategy does, before the amount: `recovers` 5 s later. */
  readonly verb: string;
  /** Directions, after the amount. */
  readonly lower: string;
  readonly higher: string;
  /** What it is about, after the direction: ` at p99`. */
  readonly matter: string;
  /** An amount without its sign. */
  readonly format: (amount: number) => string;
}

const TIME = { verb: 'recovers', lower: 'sooner', higher: 'later', format: formatSeconds };
const SHARE = {
  verb: 'serves',
  lower: 'less',
  higher: 'more',
  format: (share: number): string => formatShare(share).replace('%', 'points'),
};

const KNOWN: Readonly<Record<string, MetricWords>> = {
  'recovery.max': { ...TIME, label: 'the last', matter: ' for the last client' },
  'recovery.population': { ...TIME, label: 'all back', matter: ' in availability' },
  'user-minutes': {
    label: 'user-min',
    verb: 'loses',
    lower: 'fewer',
    higher: 'more',
    matter: ' user-minutes',
    format: formatCount,
  },
  'availability.mean': { ...SHARE, label: 'served', matter: ' of all requests' },
  'availability.min': { ...SHARE, label: 'worst', matter: ' in the worst stretch' },
  'load.authorities': {
    label: 'auth load',
    verb: 'sends',
    lower: 'less',
    higher: 'more',
    matter: ' to the authoritative servers',
    format: formatRate,
  },
  'cost.month': {
    label: 'USD/month',
    verb: 'costs',
    lower: 'less',
    higher: 'more',
    matter: ' a month',
    format: (amount) => `USD ${formatMoney(amount)}`,
  },
};

/** Quantiles of time to recovery are `recovery.pNN`. */
export function wordsFor(metric: string): MetricWords {
  const label = metric.replace('recovery.', '');
  return KNOWN[metric] ?? { ...TIME, label, matter: ` at ${label}` };
}
