/**
 * What a row of the calibration is: one quantity of one implementation, as it was measured with the real program
 * and as the resolver of this project shows it in the same set-up. And the one place that says how near is near.
 */

export const IMPLEMENTATIONS = ['unbound', 'bind', 'pdns-recursor', 'knot-resolver', 'dnsmasq'] as const;
export type Implementation = (typeof IMPLEMENTATIONS)[number];

/** A kind of quantity; each has one rule below. */
export type Kind =
  | 'text'
  | 'ttl'
  | 'count'
  | 'random-count'
  | 'timer'
  | 'random-timer'
  | 'share'
  | 'random-share'
  | 'rate'
  | 'latency'
  | 'recovery';

export interface Row {
  /** Unique, stable: `4.4/unbound/silent-1-of-2/packets`. */
  readonly id: string;
  /** Section of the measurement: `4.4`. */
  readonly section: string;
  readonly implementation: Implementation;
  /** What is measured, in words. */
  readonly quantity: string;
  readonly measured: number | string;
  /** Upper end, where the measurement gives a range; `measured` is the lower end then. */
  readonly measuredTo?: number;
  /** `s`, `packets`, `share`, ...; empty for words. */
  readonly unit: string;
  readonly kind: Kind;
  /**
   * Plays the set-up once, with this seed.
   */
  readonly play: (seed: number) => number | string;
}

export interface Rule {
  readonly about: string;
  /** What is compared: one run, the median of several seeds, or all of them, where chance decides so much that the
   * one run that was measured can only be asked to lie among them. */
  readonly by: 'run' | 'median' | 'range';
  /** Largest difference that passes. */
  allowed(measured: number): number;
}

/**
 * Tolerances. Those of TTLs, counts, timers and shares are what the measurement itself suggests: exact for TTLs and
 * packet counts, 5 % for timers, 0.05 for shares and loss rates (one run per cell). A timer is never held to less
 * than 50 ms, the resolution of the measured figures. Where a single run of the real program was decided by its
 * random draws, the measured figure is itself one draw: it must lie in the range of the simulated ones.
 */
export const RULES: Readonly<Record<Kind, Rule>> = {
  text: { about: 'the same word', by: 'run', allowed: () => 0 },
  ttl: { about: 'the same number', by: 'run', allowed: () => 0 },
  count: { about: 'the same number', by: 'median', allowed: () => 0 },
  timer: { about: '5 %, at least 50 ms', by: 'median', allowed: (s) => Math.max(0.05 * s, 0.05) },
  share: { about: '0.05', by: 'median', allowed: () => 0.05 },
  rate: { about: '10 %, at least 0.05', by: 'median', allowed: (r) => Math.max(0.1 * r, 0.05) },
  latency: { about: '10 %, at least 5 ms', by: 'median', allowed: (ms) => Math.max(0.1 * ms, 5) },
  recovery: {
    about: 'within the range of the seeds and 10 s (clients ask every 5 s)',
    by: 'range',
    allowed: () => 10,
  },
  'random-share': { about: 'within the range of the seeds and 0.05', by: 'range', allowed: () => 0.05 },
  'random-count': { about: 'within the range of the seeds', by: 'range', allowed: () => 0 },
  'random-timer': {
    about: 'within the range of the seeds and 5 %, at least 50 ms',
    by: 'range',
    allowed: (s) => Math.max(0.05 * s, 0.05),
  },
};

export interface Verdict {
  readonly row: Row;
  readonly simulated: number | string;
  /** Distance from the measured value or range; undefined for words. */
  readonly difference: number | undefined;
  readonly passed: boolean;
  /** It passed since single runs differ that much: the median of the seeds is further off than the file's tolerance. */
  readonly byChance: boolean;
}

/** Seeds of a row that random draws decide. */
const SEEDS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Plays one row and compares. */
export function judge(row: Row): Verdict {
  const { by, allowed } = RULES[row.kind];
  const runs = by === 'run' ? [row.play(1)] : SEEDS.map(row.play);
  const { measured } = row;
  const simulated = by === 'range' ? nearest(runs, measured) : median(runs);
  if (typeof measured === 'string' || typeof simulated === 'string') {
    return { row, simulated, difference: undefined, passed: measured === simulated, byChance: false };
  }
  const passed = isNear(row, simulated, allowed);
  const byChance = passed && by === 'range' && !isNear(row, median(runs) as number, allowed);
  return { row, simulated, difference: distance(row, simulated), passed, byChance };
}

/** From the measured value, or the nearer end of the measured range. */
function distance({ measured, measuredTo = measured as number }: Row, simulated: number): number {
  return simulated < (measured as number)
    ? simulated - (measured as number)
    : Math.max(simulated - measuredTo, 0);
}

function isNear(row: Row, simulated: number, allowed: Rule['allowed']): boolean {
  const { measured, measuredTo = measured as number } = row;
  const limit = allowed(simulated < (measured as number) ? (measured as number) : measuredTo);
  return Math.abs(distance(row, simulated)) <= limit + 1e-9;
}

/** The value between the least and the largest run that is nearest to the measured one. */
function nearest(runs: readonly (number | string)[], measured: number | string): number | string {
  const numbers = runs.filter((value) => typeof value === 'number');
  if (numbers.length < runs.length || typeof measured === 'string') return runs[0]!;
  return Math.min(Math.max(measured, Math.min(...numbers)), Math.max(...numbers));
}

function median(values: readonly (number | string)[]): number | string {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return values[0]!;
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
