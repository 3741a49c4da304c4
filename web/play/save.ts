/** Files out of Play. */
import { drawTopology } from '../topology/picture.ts';
import { TOPOLOGY_STYLE } from '../topology/style.ts';
import type { PlayDesk } from './desk.ts';
import { colourReader, csvOf, standalone } from './exports.ts';
import { FIGURE_STYLE } from './figure-style.ts';
import { drawRecovery, wholeTimeline } from './panel-results.ts';

export type FileKind = 'recovery' | 'timeline' | 'topology' | 'table' | 'numbers';

const WIDTH = 860;

/** Saves one file. @param host shows the colours of the page */
export async function saveFile(kind: FileKind, desk: PlayDesk, host: HTMLElement): Promise<void> {
  const { fileNameOf, save } = await import('../share/files.ts');
  const { description, outcome, frame } = desk.controller;
  const name = fileNameOf(description?.title ?? '');
  const colourOf = colourReader(host);
  const picture = (svg: string, rules: string): void =>
    save(`${name}-${kind}.svg`, standalone(svg, rules, colourOf), 'image/svg+xml');
  if (kind === 'numbers')
    save(`${name}.json`, `${JSON.stringify(outcome?.result, null, 2)}\n`, 'application/json');
  else if (kind === 'table') save(`${name}-recovery.csv`, csvOf(drawRecovery(desk, WIDTH)), 'text/csv');
  else if (kind === 'topology' && description && frame) {
    picture(drawTopology(description.topology, frame, WIDTH).svg, TOPOLOGY_STYLE.cssText);
  } else {
    const figure = kind === 'recovery' ? drawRecovery(desk, WIDTH) : wholeTimeline(desk, WIDTH);
    if (figure) picture(figure.svg, FIGURE_STYLE.cssText);
  }
}
