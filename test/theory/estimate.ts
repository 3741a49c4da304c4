/** How a closed form is held against a model: means over replications with their standard errors. */
import { afterAll, expect, vi } from 'vitest';

vi.setConfig({ testTimeout: 600_000 });

/** A mean over independent replications. */
export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
}

export function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/**
 * Three standard errors are exceeded by chance once in a few hundred comparisons, so a change of draws may trip one.
 * `THEORY_FACTOR=10` plays ten times as many replications to tell chance from a defect.
 */
const FACTOR = Number(process.env['THEORY_FACTOR'] ?? 1);

/** Plays `replications` of something and estimates each of the numbers it gives. */
export function replicate(
  replications: number,
  play: (replication: number) => readonly number[],
): readonly Estimate[] {
  const results = Array.from({ length: FACTOR * replications }, (_, replication) => play(replication));
  return results[0]!.map((_, at) => estimate(results.map((values) => values[at]!)));
}

/** Whether an estimate agrees with what is expected: within three standard errors. */
export function agrees({ mean, error }: Estimate, expected: number): boolean {
  return Math.abs(mean - expected) <= 3 * error;
}

interface Row {
  readonly what: string;
  readonly expected: number;
  readonly measured: number;
  readonly error: number;
}

const rows: Row[] = [];

/**
 * Within three standard errors, which must themselves be small: at most `precision` of what is expected (or
 * absolute, when that is 0), so that the comparison can fail.
 */
export function expectAgreement(what: string, seen: Estimate, expected: number, precision = 0.02): void {
  rows.push({ what, expected, measured: seen.mean, error: seen.error });
  expect(seen.error, `${what}: standard error`).toBeLessThanOrEqual(precision * (Math.abs(expected) || 1));
  expect(Math.abs(seen.mean - expected), `${what}: ${seen.mean} for ${expected}`).toBeLessThanOrEqual(
    3 * seen.error,
  );
}

/** Within an absolute tolerance, for what is measured without noise to speak of. */
export function expectNear(what: string, seen: number, expected: number, tolerance: number): void {
  rows.push({ what, expected, measured: seen, error: Number.NaN });
  expect(Math.abs(seen - expected), `${what}: ${seen} for ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** The negative control: with a parameter moved or the mechanism off, the agreement is gone. */
export function expectDisagreement(what: string, seen: Estimate, expected: number): void {
  expect(agrees(seen, expected), `${what}: ${seen.mean} +- ${seen.error} must not be ${expected}`).toBe(
    false,
  );
}

afterAll(() => {
  if (!process.env['SHOW_THEORY']) return;
  const number = (value: number): string => (Number.isNaN(value) ? '-' : value.toPrecision(5));
  const lines = rows.map(
    ({ what, expected, measured, error }) =>
      `${what} | ${number(expected)} | ${number(measured)} | ${number(error)}`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
});
