/** Availability over the horizon with what happened below it. */
import type { AvailabilityResult, StrategyResult, TimelineMark } from '../../measure/result.ts';
import { drawAxis } from '../axis.ts';
import { clean, clip, padEnd, width } from '../layout.ts';
import { chooseMarks, drawKey, drawLanes } from '../marks.ts';
import { formatInterval, formatSeconds, formatShare } from '../numbers.ts';
import { drawShares, resample } from '../sparkline.ts';
import { commonTimeline } from '../timeline.ts';
import { heading, type SectionContext } from './context.ts';

const ROWS = 4;
/** Columns left of the chart: for its scale, or for names of strategies. */
const GUTTER = 8;
const NAMES_AT_MOST = 28;
/** The chart ends two columns before the edge. */
const EDGE = 78;

/** One strategy: a chart of four lines. */
export function availabilitySection(strategy: StrategyResult, context: SectionContext): string[] {
  const { availability } = strategy.overall;
  context.shown.add('availability');
  const shares = resample(availability, context.durationSeconds, EDGE - GUTTER);
  const rows = drawShares(shares, ROWS).map((row, index) => chartLine(scaleLabel(index), row, context));
  const aside = shares.every((share) => share === null) ? 'no requests' : summary(availability, context);
  return [heading(context, 'Availability', aside), ...rows, ...below(strategy.timeline, GUTTER, context)];
}

function scaleLabel(row: number): string {
  const label = row === 0 ? '  100 % ' : row === ROWS - 1 ? '    0 % ' : '';
  return label.padEnd(GUTTER);
}

function chartLine(label: string, row: string, { style }: SectionContext): string {
  const line = row.trimEnd();
  return line === '' ? label.trimEnd() : label + style.accent(line);
}

function summary(availability: AvailabilityResult, context: SectionContext): string {
  context.shown.add('availability.min');
  const spread = formatInterval(availability.mean, formatShare);
  if (spread !== '') context.shown.add('interval');
  const mean = `mean ${formatShare(availability.mean.mean)}${spread && ` ${spread}`}`;
  const worst = `worst ${formatSeconds(availability.bucketSeconds)} at ${formatShare(availability.min.mean)}`;
  return `${mean}, ${worst}`;
}

/** Several strategies: a line each over one axis, with the faults and changes of all of them. */
export function availabilitiesSection(
  strategies: readonly StrategyResult[],
  context: SectionContext,
): string[] {
  context.shown.add('availability');
  const gutter = Math.min(NAMES_AT_MOST, Math.max(...strategies.map(({ name }) => width(clean(name)) + 4)));
  const rows = strategies.map(({ name, overall }) => {
    const shares = resample(overall.availability, context.durationSeconds, EDGE - gutter);
    const label = padEnd(`  ${clip(clean(name), gutter - 3)}`, gutter);
    return chartLine(label, drawShares(shares, 1)[0]!, context);
  });
  return [heading(context, 'Availability'), ...rows, ...below(commonTimeline(strategies), gutter, context)];
}

/** Axis, lanes and key. */
function below(timeline: readonly TimelineMark[], gutter: number, context: SectionContext): string[] {
  const { style, durationSeconds } = context;
  const columns = EDGE - gutter;
  const margin = ' '.repeat(gutter);
  const marks = chooseMarks(timeline);
  return [
    ...drawAxis(durationSeconds, columns).map((line) => style.dim(margin + line)),
    ...drawLanes(marks, durationSeconds, columns).map((lane) => margin + style.bad(lane)),
    ...drawKey(marks, timeline.length - marks.length),
  ];
}
