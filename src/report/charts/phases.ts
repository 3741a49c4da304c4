/** Where the time of the client that recovered last went: consecutive parts of one bar per strategy. */
import type { RecoveryResult } from '../../measure/result.ts';
import { clean } from '../layout.ts';
import { formatSeconds } from '../numbers.ts';
import { type Axis, drawBottom, timeAxis } from './axes.ts';
import { type Cell, type Chart, type ChartOptions, widthOf } from './chart.ts';
import { drawing, element, label, spaced, textWidth } from './drawing.ts';
import { marker, strategyGroup } from './looks.ts';

export interface PhasesData {
  /** Strategies without a published reaction have no phases. */
  readonly strategies: readonly { readonly name: string; readonly phases?: RecoveryResult['phases'] }[];
}

const PHASES = ['detect', 'decide', 'publish', 'drain', 'reconnect'] as const;
const TEXTS: Readonly<Record<(typeof PHASES)[number], string>> = {
  detect: 'detect: until the fault is noticed',
  decide: 'decide: until the answer is changed',
  publish: 'publish: until every edge has the change',
  drain: 'drain: until caches have let go',
  reconnect: 'reconnect: until the client asks again',
};
const LEFT = 10;
const RIGHT = 14;
const HEAD = 18;
const BAR = 22;
const GAP = 12;
const BELOW = 26;
const KEY = 18;

export function phasesChart({ strategies }: PhasesData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const known = strategies.flatMap(({ name, phases }, index) => (phases ? [{ name, phases, index }] : []));
  const longest = Math.max(0, ...known.map(({ phases }) => totalOf(phases)));
  const time = timeAxis(longest, LEFT, width - RIGHT);
  const columns = width < 520 ? 1 : width < 960 ? 2 : 3;
  const keyHeight = Math.ceil(PHASES.length / columns) * KEY + 8;
  const bottom = keyHeight + Math.max(1, known.length) * (HEAD + BAR + GAP);
  const title = 'Where the time of the last client went';
  const finding = findingOf(known);
  const paper = { name: 'phases', title, finding, width, height: bottom + BELOW, options };
  const bars = known.map((strategy, row) =>
    drawStrategy(strategy, keyHeight + row * (HEAD + BAR + GAP), time, width, options),
  );
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(paper, drawKey(width, columns), ...bars, drawBottom(time, bottom, width)),
    table: {
      columns: [
        { heading: 'strategy' },
        ...[...PHASES, 'total'].map((heading) => ({ heading, format: 'seconds' as const })),
      ],
      rows: known.map(({ name, phases }): Cell[] => [
        name,
        ...PHASES.map((phase) => phases[phase]),
        totalOf(phases),
      ]),
    },
    plots: [{ x: time.plot, y: { from: 0, to: known.length, start: keyHeight, end: bottom, isLog: false } }],
  };
}

type Known = NonNullable<RecoveryResult['phases']>;

function totalOf(phases: Known): number {
  return PHASES.reduce((sum, phase) => sum + phases[phase], 0);
}

function drawKey(width: number, columns: number): string {
  const slot = (width - LEFT) / columns;
  const entries = PHASES.map((phase, index) => {
    const x = LEFT + (index % columns) * slot;
    const y = 4 + Math.floor(index / columns) * KEY;
    return (
      element('rect', { class: `bar h${index}`, x, y: y + 2, width: 12, height: 10 }) +
      label(TEXTS[phase], { x: x + 18, y: y + 11, class: 'quiet', room: slot - 24 })
    );
  });
  return element('g', {}, ...entries);
}

function drawStrategy(
  { name, phases, index }: { name: string; phases: Known; index: number },
  top: number,
  time: Axis,
  width: number,
  options: ChartOptions,
): string {
  let from = 0;
  const parts = PHASES.map((phase, order) => {
    const [x, to] = [time.at(from), time.at(from + phases[phase])];
    from += phases[phase];
    if (to - x < 0.5) return '';
    const text = `${phase} ${formatSeconds(phases[phase])}`;
    const shown = [text, phase].find((one) => textWidth(one) + 8 <= to - x) ?? '';
    return element(
      'g',
      { class: `h${order}`, 'data-phase': phase },
      element('rect', { class: 'band', x, y: top + HEAD, width: to - x, height: BAR }),
      element('rect', { class: 'edge', x, y: top + HEAD, width: to - x, height: BAR }),
      label(shown, { x: (x + to) / 2, y: top + HEAD + 15, anchor: 'middle' }),
    );
  });
  const total = formatSeconds(totalOf(phases));
  const heading = [
    marker(index, LEFT + 6, top + 9, false, 40),
    label(name, {
      x: LEFT + 17,
      y: top + 13,
      class: 'strong',
      room: width - LEFT - RIGHT - 22 - textWidth(total),
    }),
    label(total, { x: width - RIGHT, y: top + 13, anchor: 'end', class: 'quiet' }),
  ];
  return strategyGroup(name, index, options, ...heading) + element('g', { 'data-strategy': name }, ...parts);
}

function findingOf(known: readonly { name: string; phases: Known }[]): string {
  const longest = known.map(({ name, phases }) => {
    const phase = PHASES.reduce((best, one) => (phases[one] > phases[best] ? one : best));
    return { name: clean(name), phase, seconds: phases[phase], total: totalOf(phases) };
  });
  const [slowest] = [...longest].sort(
    (one, other) => other.total - one.total || (one.name < other.name ? -1 : 1),
  );
  if (slowest === undefined) return 'No strategy published a reaction to the fault.';
  const whose = longest.length > 1 ? ` with ${slowest.name}` : '';
  return spaced(
    `The last client${whose} waits ${formatSeconds(slowest.total)}, most of it, ${formatSeconds(slowest.seconds)}, in ${slowest.phase}.`,
  );
}
