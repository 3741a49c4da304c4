/**
 * How long the affected wait: share of them who are back, over the time since the fault, on a logarithmic axis so
 * that a TTL twice as long moves the curve by the same stretch wherever it stands.
 */
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { formatSeconds } from '../../src/report/numbers.ts';
import { element, textElement } from '../../src/report/svg/markup.ts';
import { filled, type Point, polyline } from './paths.ts';
import { linear, logarithmic, type Scale, timeTicks } from './scale.ts';
import { type Origin, recoverySentence } from './sentences.ts';

/** A picture with its text twins. */
export interface Figure {
  readonly svg: string;
  readonly title: string;
  /** One sentence. */
  readonly finding: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface RecoveryFigureData {
  readonly outcome: SessionOutcome | undefined;
  readonly ghost: SessionOutcome | undefined;
  /** A bet, seconds. */
  readonly guess: number | undefined;
  /** The outcome is kept back until the bet is placed. */
  readonly hidden: boolean;
  /** Longest time there is, seconds. */
  readonly horizon: number;
  /** What times are counted from. */
  readonly origin: Origin;
}

export const SHORTEST_SECONDS = 5;

const LEFT = 38;
const RIGHT = 10;
const TOP = 12;
const BOTTOM = 34;
const TITLE = 'Who is back, and when';
/** Room the name of a quantile needs. */
const LABEL_WIDTH = 115;
/** Share at the lower edge of the highest name. */
const LABEL_SHARE = 0.88;
/** Where the curve behind has its name, and how far the other must be. */
const NAMED_SHARE = 0.25;
const NAME_APART = 14;
const QUANTILES: readonly number[] = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly origin: Origin;
}

/** The time axis of the figure, for placing a bet on it. */
export function recoveryAxis(horizon: number, width: number): Scale {
  return logarithmic(SHORTEST_SECONDS, longest(horizon), LEFT, width - RIGHT);
}

function longest(horizon: number): number {
  return Math.max(horizon, 60 * SHORTEST_SECONDS);
}

export function recoveryFigure(data: RecoveryFigureData, width: number, height: number): Figure {
  const { outcome, ghost, guess, hidden, horizon, origin } = data;
  const frame: Frame = {
    x: recoveryAxis(horizon, width),
    y: linear(0, 1, height - BOTTOM, TOP),
    width,
    height,
    from: SHORTEST_SECONDS,
    to: longest(horizon),
    origin,
  };
  const shown = hidden ? undefined : outcome;
  const finding = shown
    ? recoverySentence(shown)
    : hidden
      ? 'Kept back until you have placed your bet.'
      : 'Being computed.';
  const svg = element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${TITLE}. ${finding}` },
    drawAxes(frame),
    ghost
      ? drawCurve(ghost, frame, 'ghost') + nameGhost(ghost, shown, frame, hidden ? 'as it is' : 'before')
      : '',
    shown ? drawCurve(shown, frame, 'curve') : '',
    shown ? drawQuantiles(shown, frame) : '',
    guess === undefined ? '' : drawGuess(guess, frame),
  );
  return { svg, title: TITLE, finding, ...tableOf(shown, ghost) };
}

function drawAxes({ x, y, width, height, from, to, origin }: Frame): string {
  const times = timeTicks(from, to, x, 52).map((seconds) => {
    const at = x.at(seconds);
    const anchor = at > width - 30 ? 'end' : 'middle';
    return (
      element('path', { class: 'grid', d: `M${at} ${TOP}V${height - BOTTOM}` }) +
      textElement(
        { class: 'tick', x: at, y: height - BOTTOM + 15, 'text-anchor': anchor },
        formatSeconds(seconds),
      )
    );
  });
  const shares = [0, 0.5, 1].map((share) => {
    const at = y.at(share);
    return (
      element('path', { class: 'grid', d: `M${LEFT} ${at}H${width - RIGHT}` }) +
      textElement({ class: 'tick', x: LEFT - 5, y: at + 4, 'text-anchor': 'end' }, `${share * 100} %`)
    );
  });
  const name = textElement(
    { class: 'tick', x: width - RIGHT, y: height - 4, 'text-anchor': 'end' },
    origin === 'fault' ? 'time since the fault began' : `time since the ${origin}`,
  );
  return element('g', { 'aria-hidden': 'true' }, ...times, ...shares, name);
}

function drawCurve({ recovery }: SessionOutcome, { x, y, to }: Frame, kind: 'curve' | 'ghost'): string {
  const points = recovery.filter(([seconds]) => seconds <= to);
  const last = points.at(-1);
  if (!last) return '';
  const reach = [...points, [to, last[1]] as const].map(
    ([seconds, share]): Point => [x.at(seconds), y.at(share)],
  );
  const path = polyline(reach);
  const drawn = element('path', { class: kind, d: path });
  if (kind === 'ghost') return drawn;
  return element('path', { class: 'below', d: filled(path, reach, y.at(0)) }) + drawn;
}

/** The curve behind is called by name, where the name stands free of the curve in front. */
function nameGhost(
  ghost: SessionOutcome,
  shown: SessionOutcome | undefined,
  { x, y }: Frame,
  name: string,
): string {
  const at = ({ recovery }: SessionOutcome): number | undefined => {
    const point = recovery.find(([, reached]) => reached >= NAMED_SHARE);
    return point && x.at(point[0]);
  };
  const [own, other] = [at(ghost), shown && at(shown)];
  if (own === undefined) return '';
  const left = other !== undefined && other > own;
  if (other !== undefined && Math.abs(other - own) < NAME_APART) return '';
  const place = {
    x: left ? own - 5 : own + 5,
    y: y.at(NAMED_SHARE) + 4,
    'text-anchor': left ? 'end' : 'start',
  };
  return textElement({ class: 'tick', ...place }, name);
}

function drawQuantiles({ half, nearlyAll, recovery }: SessionOutcome, { x, y, to, width }: Frame): string {
  const marks: readonly (readonly [number | null, number, string])[] = [
    [half, 0.5, 'half'],
    [nearlyAll, 0.99, '99 %'],
  ];
  return marks
    .map(([seconds, share, name]) => {
      if (seconds === null || seconds === 0 || seconds > to) return '';
      const [px, py] = [x.at(seconds), y.at(share)];
      // The curve rises to the right, so what stands there lies below it.
      const right = width - px > LABEL_WIDTH;
      const below = share > 0.9;
      // What stands left of a high point stands left of the curve on its way there.
      const rising = below ? recovery.find(([, reached]) => reached >= LABEL_SHARE)?.[0] : undefined;
      const place = {
        x: right ? px + 9 : Math.min(px, x.at(rising ?? seconds)) - 9,
        y: py + (below ? 16 : 4),
        'text-anchor': right ? 'start' : 'end',
      };
      return (
        element('path', { class: 'drop', d: `M${px} ${py}V${y.at(0)}` }) +
        element('circle', { class: 'dot', cx: px, cy: py, r: 4.5 }) +
        textElement({ class: 'mark', ...place }, `${name} ${formatSeconds(seconds)}`)
      );
    })
    .join('');
}

function drawGuess(seconds: number, { x, y, width }: Frame): string {
  const px = x.at(seconds);
  const anchor = px > width - 110 ? 'end' : 'start';
  const at = { x: anchor === 'end' ? px - 6 : px + 6, y: y.at(0.22), 'text-anchor': anchor };
  return (
    element('path', { class: 'guess', d: `M${px} ${y.at(1)}V${y.at(0)}` }) +
    element('path', { class: 'guess-flag', d: `M${px} ${y.at(1) - 2}l6 -7h-12z` }) +
    textElement({ class: 'guess-name', ...at }, `your bet ${formatSeconds(seconds)}`)
  );
}

function tableOf(
  outcome: SessionOutcome | undefined,
  ghost: SessionOutcome | undefined,
): Pick<Figure, 'columns' | 'rows'> {
  const columns = ['Share of the affected back', 'now', ...(ghost ? ['before'] : [])];
  const rows = QUANTILES.map((share) => [
    `${share * 100} %`,
    outcome ? timeOf(outcome, share) : '–',
    ...(ghost ? [timeOf(ghost, share)] : []),
  ]);
  return { columns, rows };
}

function timeOf({ recovery, half, nearlyAll }: SessionOutcome, share: number): string {
  const exact = share === 0.5 ? half : share === 0.99 ? nearlyAll : undefined;
  if (exact !== undefined && exact !== null) return formatSeconds(exact);
  const point = recovery.find(([, reached]) => reached >= share);
  return point ? `about ${formatSeconds(point[0])}` : 'not by the end';
}
