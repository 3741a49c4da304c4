/** Between the position of a slider and the value of a knob: logarithmic where a knob's range is wide. */
import type { NumberKnob } from '../../src/experiment/session/knob.ts';
import { formatExact, formatSeconds, formatShare } from '../../src/report/numbers.ts';

/** Positions of a slider. */
export const STEPS = 1000;

const LOG_FROM_RATIO = 50;

/** Values people choose by name: a slider settles on them when it comes near. */
const ROUND: readonly number[] = [
  5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400,
];
/** How near, as a share of the range. */
const NEAR = 0.008;

type Range = Pick<NumberKnob, 'kind' | 'from' | 'to'>;

function isLog({ from, to }: Range): boolean {
  return from > 0 && to / from > LOG_FROM_RATIO;
}

/** The slider position of a value, 0 to STEPS. */
export function positionOf(value: number, knob: Range): number {
  const { from, to } = knob;
  if (to <= from) return 0;
  const share = isLog(knob)
    ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
    : (value - from) / (to - from);
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS);
}

/** The value at a slider position: whole seconds and counts, shares in hundredths. */
export function valueAt(position: number, knob: Range): number {
  const { from, to, kind } = knob;
  const share = Math.min(1, Math.max(0, position / STEPS));
  const value = isLog(knob) ? from * (to / from) ** share : from + share * (to - from);
  if (kind === 'share') return Math.round(value * 100) / 100;
  if (kind === 'seconds' && isLog(knob)) return nearRound(value, share, knob);
  return Math.round(value);
}

function nearRound(value: number, share: number, knob: Range): number {
  const round = ROUND.find((one) => {
    return one >= knob.from && one <= knob.to && Math.abs(positionOf(one, knob) / STEPS - share) < NEAR;
  });
  return round ?? Math.max(knob.from, Number(value.toPrecision(2)));
}

/** Values written below a slider: its ends, and round ones between that stand apart. */
export function landmarksOf(knob: Range): readonly number[] {
  const { from, to } = knob;
  const inner = isLog(knob) ? LANDMARKS.filter((value) => isApart(value, knob)) : [];
  return [from, ...inner, to];
}

const LANDMARKS: readonly number[] = [30, 300, 3600];
/** From either end, as a share of the slider. */
const APART = 0.12;

function isApart(value: number, knob: Range): boolean {
  const at = positionOf(value, knob) / STEPS;
  return at > APART && at < 1 - APART;
}

/** A value as people read it. */
export function valueText(value: number, kind: NumberKnob['kind']): string {
  if (kind === 'seconds') return formatSeconds(value);
  return kind === 'share' ? formatShare(value) : formatExact(value);
}
