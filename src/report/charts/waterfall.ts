/** One traced request as a waterfall: a row per step, its bar as long as it took until the next step. */
import { type Micros, SECOND } from '../../base/time.ts';
import type { TraceStep } from '../../model/clients/observation.ts';
import { clean } from '../layout.ts';
import { formatSeconds } from '../numbers.ts';
import { type Axis, drawBottom, timeAxis } from './axes.ts';
import { type Cell, type Chart, type ChartOptions, widthOf } from './chart.ts';
import { drawing, element, LINE, label, labels, spaced, straight, wrapped } from './drawing.ts';
import { HUES } from './theme.ts';

export interface WaterfallData {
  /** In rising order of time. */
  readonly steps: readonly TraceStep[];
  /** Index of the step to bring out. */
  readonly selected?: number;
}

const ROW = 20;
/** In narrow pictures: where, two lines of what, and the bar. */
const NARROW_ROW = 3 * LINE + ROW;
const TOP = 4;
const BELOW = 26;

export function waterfallChart({ steps, selected }: WaterfallData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const isNarrow = width < 720;
  const row = isNarrow ? NARROW_ROW : ROW;
  const left = isNarrow ? 8 : 150;
  const right = isNarrow ? width - 8 : left + (width - left) * 0.42;
  const start = steps[0]?.at ?? 0;
  const spans = steps.map((step, index) => ({
    step,
    from: seconds(step.at - start),
    length: seconds((steps[index + 1]?.at ?? step.at) - step.at),
  }));
  const total = spans.at(-1)?.from ?? 0;
  const time = timeAxis(total, left, right);
  const bottom = TOP + Math.max(1, steps.length) * row;
  const places = [...new Set(steps.map(({ where }) => where))];
  const title = 'One request, step by step';
  const finding = findingOf(spans, total);
  const paper = { name: 'waterfall', title, finding, width, height: bottom + BELOW, options };
  const rows = spans.map((span, index) =>
    element(
      'g',
      {
        class: `h${places.indexOf(span.step.where) % HUES}${selected !== undefined && selected !== index ? ' faded' : ''}`,
        'data-step': index,
        'data-code': span.step.code,
      },
      drawSpan(span, time, TOP + index * row, row),
      drawWords(span, TOP + index * row, { isNarrow, left, right, width }),
    ),
  );
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(paper, ...rows, drawBottom(time, bottom, Math.min(width, right + 20))),
    table: {
      columns: [
        { heading: 'after', format: 'seconds' },
        { heading: 'takes', format: 'seconds' },
        { heading: 'where' },
        { heading: 'what' },
      ],
      rows: spans.map(({ step, from, length }): Cell[] => [from, length, step.where, step.text]),
    },
    plots: [{ x: time.plot, y: { from: 0, to: steps.length, start: TOP, end: bottom, isLog: false } }],
  };
}

interface Span {
  readonly step: TraceStep;
  readonly from: number;
  readonly length: number;
}

function seconds(micros: Micros): number {
  return micros / SECOND;
}

function drawSpan({ from, length }: Span, time: Axis, top: number, row: number): string {
  const x = time.at(from);
  const width = Math.max(2, time.at(from + length) - x);
  const y = top + row - ROW + 4;
  return (
    straight('grid', time.plot.start, top + row - 0.5, time.plot.end, top + row - 0.5) +
    element('rect', { class: 'bar', x, y, width, height: 11, rx: 1.5 })
  );
}

interface Columns {
  readonly isNarrow: boolean;
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

function drawWords({ step, from }: Span, top: number, { isNarrow, left, right, width }: Columns): string {
  const text = `+${formatSeconds(from)}  ${step.text}`;
  if (isNarrow) {
    const where = label(step.where, { x: left, y: top + 14, class: 'quiet', room: width - left - 8 });
    return where + labels(wrapped(text, width - left - 8, 2), { x: left, y: top + 14 + LINE });
  }
  return (
    label(step.where, { x: left - 8, y: top + 14, anchor: 'end', class: 'quiet', room: left - 12 }) +
    label(text, { x: right + 12, y: top + 14, room: width - right - 16 })
  );
}

function findingOf(spans: readonly Span[], total: number): string {
  const [longest] = [...spans].sort((one, other) => other.length - one.length || one.from - other.from);
  if (longest === undefined) return 'Nothing happened.';
  const whole = `${spans.length} ${spans.length === 1 ? 'step' : 'steps'} in ${formatSeconds(total)}`;
  if (longest.length === 0) return spaced(`${whole}.`);
  const what = `${clean(longest.step.where)} ${clean(longest.step.text)}`;
  return spaced(`${whole}; the longest wait, ${formatSeconds(longest.length)}, follows this: ${what}.`);
}
