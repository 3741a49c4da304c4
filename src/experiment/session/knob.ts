/**
 * A knob as plain data: what it is called, what it shows, and the `--set` that turns it.
 */

/** Stands in a knob's template for the value. */
export const VALUE = '\uE000';

/** Words the page explains. */
export type KnobWord =
  | 'TTL'
  | 'health check'
  | 'threshold'
  | 'application cache'
  | 'OS cache'
  | 'recursive resolver'
  | 'request rate'
  | 'clients'
  | 'serve-stale'
  | 'propagation'
  | 'packet loss'
  | 'TTL floor'
  | 'TTL cap';

interface KnobBase {
  readonly path: string;
  readonly label: string;
  readonly word: KnobWord;
  /** `path=…` with VALUE where the new value goes. */
  readonly template: string;
  /** Among the first eight. */
  readonly main: boolean;
}

/** Seconds, or a count; the scale is logarithmic where `to` is more than 50 times `from`. */
export interface NumberKnob extends KnobBase {
  readonly kind: 'seconds' | 'count' | 'share';
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

export interface ChoiceKnob extends KnobBase {
  readonly kind: 'choice';
  readonly value: string;
  readonly choices: readonly string[];
}

export type Knob = NumberKnob | ChoiceKnob;

/** The `--set` that turns a knob. */
export function setFor(knob: Pick<Knob, 'template'>, value: string | number): string {
  return knob.template.replaceAll(VALUE, () => String(value));
}
