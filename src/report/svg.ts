/** Availability of all strategies over time, with what happened below, as one SVG picture. Needs no document. */
import type { RunResult } from '../measure/result.ts';
import { clean, clip, wrap } from './layout.ts';
import { drawCurves } from './svg/curves.ts';
import { drawAxes, drawRibbon, heightWith, makeFrame, WIDTH } from './svg/frame.ts';
import { element, escapeXml, textElement } from './svg/markup.ts';
import { STYLE_SHEET } from './svg/theme.ts';
import { commonTimeline } from './timeline.ts';
import { verdict } from './verdict.ts';

const MARKS_AT_MOST = 10;

/** The picture, ending in a newline. Light or dark follows the viewer's preference. */
export function renderSvg(result: RunResult): string {
  const { strategies } = result;
  const frame = makeFrame(result.scenario.durationSeconds);
  const marks = commonTimeline(strategies).slice(0, MARKS_AT_MOST);
  const height = heightWith(marks.length, strategies.length);
  const title = clean(result.scenario.title);
  const sentence = verdict(result);
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: 'img',
      'aria-labelledby': 'dnsdrill-title dnsdrill-description',
    },
    element('title', { id: 'dnsdrill-title' }, escapeXml(`Availability over time: ${title}`)),
    element('desc', { id: 'dnsdrill-description' }, escapeXml(sentence)),
    element('style', {}, STYLE_SHEET),
    element('rect', { class: 'ground', width: WIDTH, height }),
    textElement({ class: 'title', x: 16, y: 28 }, clip(title, 96)),
    ...wrap(sentence, '')
      .slice(0, 3)
      .map((line, index) => textElement({ class: 'quiet', x: 16, y: 50 + index * 18 }, line)),
    drawAxes(frame),
    drawRibbon(marks, frame),
    drawCurves(strategies, frame),
  )}\n`;
}
