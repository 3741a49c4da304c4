/** Load at the authoritative servers over time, with the load before the last change behind it. */
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { formatRate } from '../../src/report/numbers.ts';
import { element, textElement } from '../../src/report/svg/markup.ts';
import { type Point, steps } from './paths.ts';
import type { Figure } from './recovery-chart.ts';
import { linear, type Scale } from './scale.ts';

const TITLE = 'Load at the authoritative servers';
const TOP = 14;
const BOTTOM = 4;

/** Mean load over a whole run, represented queries per second. */
export function meanLoad({ load }: SessionOutcome): number {
  const seconds = load.reduce((sum, { from, to }) => sum + to - from, 0);
  const queries = load.reduce((sum, { from, to, perSecond }) => sum + perSecond * (to - from), 0);
  return seconds === 0 ? 0 : queries / seconds;
}

export function loadFigure(
  outcome: SessionOutcome,
  ghost: SessionOutcome | undefined,
  width: number,
  height: number,
): Figure {
  const all = [outcome, ...(ghost ? [ghost] : [])];
  const peak = Math.max(1e-9, ...all.flatMap(({ load }) => load.map(({ perSecond }) => perSecond)));
  const x = linear(0, outcome.durationSeconds, 0, width);
  const y = linear(0, peak, height - BOTTOM, TOP);
  const highest = Math.max(0, ...outcome.load.map(({ perSecond }) => perSecond));
  const finding = `On average ${formatRate(meanLoad(outcome))}, at most ${formatRate(highest)}.`;
  const svg = element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${TITLE}. ${finding}` },
    element('path', { class: 'grid', d: `M0 ${y.at(0)}H${width}` }),
    textElement({ class: 'tick', x: 0, y: 10 }, `${formatRate(peak)} at most`),
    ghost ? element('path', { class: 'ghost', d: path(ghost, x, y) }) : '',
    element('path', { class: 'curve thin', d: path(outcome, x, y) }),
  );
  return { svg, title: TITLE, finding, columns: ['Hop', 'mean', 'peak'], rows: rowsOf(outcome) };
}

function path({ load }: SessionOutcome, x: Scale, y: Scale): string {
  const last = load.at(-1);
  const points = [...load, ...(last ? [{ ...last, from: last.to }] : [])];
  return steps(points.map(({ from, perSecond }): Point => [x.at(from), y.at(perSecond)]));
}

function rowsOf({ result }: SessionOutcome): readonly (readonly string[])[] {
  return result.load
    .filter(({ queriesPerSecond }) => queriesPerSecond.mean > 0)
    .map(({ hop, queriesPerSecond: { mean, peak } }) => [hop, formatRate(mean), formatRate(peak)]);
}
