/** What lost the user-minutes: bars per cause, strategies beside one another. */
import type { CauseResult } from '../../measure/result.ts';
import { clean } from '../layout.ts';
import { formatCount, formatShare } from '../numbers.ts';
import { type Cell, type Chart, type ChartOptions, type ChartTable, widthOf } from './chart.ts';
import { drawing, element, LINE, label, labels, spaced, textWidth, wrapped } from './drawing.ts';
import { marker, markerKey, strategyGroup } from './looks.ts';

export interface CausesData {
  readonly strategies: readonly { readonly name: string; readonly causes: readonly CauseResult[] }[];
}

const TOP = 6;
const LEFT = 24;
const HEAD = 18;
const ROW = 17;
const GAP = 10;
const CAUSES_AT_MOST = 8;

export function causesChart(data: CausesData, options: ChartOptions = {}): Chart {
  const width = widthOf(options);
  const ranked = rank(data);
  const shown = ranked.slice(0, CAUSES_AT_MOST);
  const most = Math.max(
    0,
    ...data.strategies.flatMap(({ causes }) => causes.map(({ userMinutes }) => userMinutes)),
  );
  const bars = data.strategies.length * ROW + GAP;
  const room = width - LEFT - 8 - textWidth('888 million (100 %)');
  const title = 'What the user-minutes were lost to';
  const finding = findingOf(data, ranked);
  const key = markerKey(
    data.strategies.map(({ name }) => name),
    width,
    options,
  );
  const blocks = stack(shown, key.height + TOP, width - LEFT - 4, bars);
  const height =
    (blocks.at(-1)?.bottom ?? key.height + TOP + HEAD) + (ranked.length > CAUSES_AT_MOST ? HEAD : 0);
  const paper = { name: 'causes', title, finding, width, height, options };
  const groups = blocks.map(({ cause, lines, top, bottom }) => {
    const drawn = data.strategies.map(({ name, causes }, at) => {
      const found = causes.find((one) => one.cause === cause);
      const length = most === 0 || !found ? 0 : (found.userMinutes / most) * room;
      return drawBar(name, at, found, length, bottom - bars + at * ROW, options);
    });
    return element('g', { 'data-cause': cause }, labels(lines, { x: LEFT, y: top + 12 }), ...drawn);
  });
  const rest =
    ranked.length > CAUSES_AT_MOST ? `and ${ranked.length - CAUSES_AT_MOST} smaller ones, in the table` : '';
  return {
    name: paper.name,
    title,
    finding,
    svg: drawing(paper, key.svg, ...groups, label(rest, { x: LEFT, y: height - 8, class: 'quiet' })),
    table: tableOf(data, ranked),
    plots: [],
  };
}

interface Block {
  readonly cause: string;
  readonly lines: readonly string[];
  readonly top: number;
  readonly bottom: number;
}

/** Causes below one another, each as high as its text and its bars. */
function stack(
  causes: readonly { cause: string; text: string }[],
  from: number,
  room: number,
  bars: number,
): Block[] {
  let top = from;
  return causes.map(({ cause, text }) => {
    const lines = wrapped(text, room, 2);
    const block = { cause, lines, top, bottom: top + lines.length * LINE + 3 + bars };
    top = block.bottom;
    return block;
  });
}

/** Every cause once, dearest over all strategies first. */
function rank({ strategies }: CausesData): { cause: string; text: string; userMinutes: number }[] {
  const totals = new Map<string, { cause: string; text: string; userMinutes: number }>();
  for (const { cause, text, userMinutes } of strategies.flatMap(({ causes }) => causes)) {
    const before = totals.get(cause)?.userMinutes ?? 0;
    totals.set(cause, { cause, text, userMinutes: before + userMinutes });
  }
  return [...totals.values()].sort(
    (one, other) => other.userMinutes - one.userMinutes || (one.cause < other.cause ? -1 : 1),
  );
}

function drawBar(
  name: string,
  index: number,
  cause: CauseResult | undefined,
  length: number,
  y: number,
  options: ChartOptions,
): string {
  const drawn = cause === undefined ? 0 : Math.max(1, length);
  const text = cause === undefined ? '0' : `${formatCount(cause.userMinutes)} (${formatShare(cause.share)})`;
  return strategyGroup(
    name,
    index,
    options,
    marker(index, LEFT - 11, y + 6, false, 36),
    element('rect', { class: 'bar', x: LEFT, y: y + 1, width: drawn, height: 11 }),
    label(text, { x: LEFT + drawn + 6, y: y + 11, class: 'quiet' }),
  );
}

function tableOf({ strategies }: CausesData, ranked: readonly { cause: string; text: string }[]): ChartTable {
  return {
    columns: [
      { heading: 'cause' },
      { heading: 'strategy' },
      { heading: 'user-minutes', format: 'count' },
      { heading: 'share', format: 'share' },
      { heading: 'requests', format: 'exact' },
    ],
    rows: ranked.flatMap(({ cause, text }) =>
      strategies.map(({ name, causes }): Cell[] => {
        const found = causes.find((one) => one.cause === cause);
        return [text, name, found?.userMinutes ?? 0, found?.share ?? 0, found?.requests ?? 0];
      }),
    ),
  };
}

function findingOf(
  { strategies }: CausesData,
  ranked: readonly { text: string; userMinutes: number }[],
): string {
  const [first] = ranked;
  if (first === undefined || first.userMinutes === 0) return 'No user-minutes were lost.';
  const total = ranked.reduce((sum, { userMinutes }) => sum + userMinutes, 0);
  const where = strategies.length > 1 ? ', all strategies together' : '';
  const text = clean(first.text).replace(/\.$/, '');
  return spaced(
    `${formatShare(first.userMinutes / total)} of the user-minutes${where}: ${text.charAt(0).toLowerCase()}${text.slice(1)}.`,
  );
}
