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
   * Plays the set-up. Kinds that begin with `random` and shares may be played several times with other seeds;
   * the verdict is about the median.
   */
  readonly play: (seed: number) => number | string;
}

export interface Rule {
  readonly about: string;
  /** Random draws decide: the median of several seeds is compared. */
  readonly isRandom: boolean;
  /** Largest difference that passes. */
  allowed(measured: number): number;
}

/**
 * Tolerances. Those of TTLs, counts, timers and shares are what the measurement itself suggests: exact for TTLs and
 * packet counts, 5 % for timers, 0.05 for shares and loss rates (one run per cell). A timer is never held to less
 * than 50 ms, the resolution of the measured figures. Where one single run of the real program was decided by its
 * random draws, the measured figure is itself a draw: a quarter of it, and one event, is what is asked for.
 */
export const RULES: Readonly<Record<Kind, Rule>> = {
  text: { about: 'the same word', isRandom: false, allowed: () => 0 },
  ttl: { about: 'the same number', isRandom: false, allowed: () => 0 },
  count: { about: 'the same number', isRandom: true, allowed: () => 0 },
  timer: { about: '5 %, at least 50 ms', isRandom: true, allowed: (s) => Math.max(0.05 * s, 0.05) },
  share: { about: '0.05', isRandom: true, allowed: () => 0.05 },
  rate: { about: '10 %, at least 0.05', isRandom: true, allowed: (r) => Math.max(0.1 * r, 0.05) },
  latency: { about: '10 %, at least 5 ms', isRandom: true, allowed: (ms) => Math.max(0.1 * ms, 5) },
  recovery: {
    about: '25 %, at least 10 s (clients ask every 5 s); median of several seeds',
    isRandom: true,
    allowed: (s) => Math.max(0.25 * s, 10),
  },
  'random-count': {
    about: '25 %, at least 1; median of several seeds',
    isRandom: true,
    allowed: (n) => Math.max(0.25 * n, 1),
  },
  'random-timer': {
    about: '25 %, at least 0.25 s; median of several seeds',
    isRandom: true,
    allowed: (s) => Math.max(0.25 * s, 0.25),
  },
};

export interface Verdict {
  readonly row: Row;
  readonly simulated: number | string;
  /** Distance from the measured value or range; undefined for words. */
  readonly difference: number | undefined;
  readonly passed: boolean;
}

/** Seeds of a row that random draws decide. */
const SEEDS: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** Plays one row and compares. */
export function judge(row: Row): Verdict {
  const simulated = RULES[row.kind].isRandom ? median(SEEDS.map(row.play)) : row.play(1);
  const { measured } = row;
  if (typeof measured === 'string' || typeof simulated === 'string') {
    return { row, simulated, difference: undefined, passed: measured === simulated };
  }
  const to = row.measuredTo ?? measured;
  const difference = simulated < measured ? simulated - measured : Math.max(simulated - to, 0);
  const allowed = RULES[row.kind].allowed(simulated < measured ? measured : to);
  return { row, simulated, difference, passed: Math.abs(difference) <= allowed + 1e-9 };
}

function median(values: readonly (number | string)[]): number | string {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return values[0]!;
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
