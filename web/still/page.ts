/**
 * The page as it looks with its first look, before any script has come: made when the page is built, from the very
 * elements that take its place, with what they would know by then.
 */
import { Commands } from '../shell/commands.ts';
import { DEMO } from '../shell/drill.ts';
import { ACROSS_FROM, layOut } from '../topology/layout.ts';
import type { TopologyElement } from '../topology/topology.ts';
import { Markup } from './markup.ts';
import '../play/play.ts';
import '../shell/shell.ts';

/** Width at which figures are drawn, in pixels: that of their column on a wide window. Elsewhere they are scaled. */
const FIGURE_WIDTH = 342;
const SMALL_FIGURE_WIDTH = 152;
/** As high as the elements draw them. */
const FIGURE_STYLE = `
  .picture { container-type: inline-size }
  .picture svg { width: 100%; height: clamp(190px, 62cqi, 250px) }
  :host([quiet]) .picture svg { height: 48px }
`;

/** Widths from which on the topology stands as it does at another. */
const TOPOLOGY_WIDTHS: readonly (readonly [from: number, drawn: number])[] = [
  [0, 330],
  [430, 550],
  [ACROSS_FROM, ACROSS_FROM],
];

class Idle {
  observe(): void {}
  disconnect(): void {}
  addEventListener(): void {}
  postMessage(): void {}
}

/** What elements ask a browser for while they are made. */
function standInForBrowser(): void {
  Object.assign(globalThis, {
    location: { hash: '' },
    matchMedia: () => ({ matches: false }),
    ...{ ResizeObserver: Idle, MutationObserver: Idle, Worker: Idle },
  });
}

/** As high as the picture of the topology will be, by the width there is for it. */
function roomForTopology(element: HTMLElement): string {
  const { topology } = element as TopologyElement;
  const heights = TOPOLOGY_WIDTHS.map(([from, width]) => {
    return `@container (min-width: ${from}px) { .picture { height: ${layOut(topology!, width).height}px } }`;
  });
  return `<style>:host { container-type: inline-size } ${heights.join(' ')}</style>`;
}

/** The content of `<dnsdrill-shell>`. */
export function stillPage(): string {
  standInForBrowser();
  const play = { commands: new Commands(), source: DEMO, sets: [], state: {}, active: true };
  const markup: Markup = new Markup({
    'dnsdrill-place': {
      complete: (host) =>
        within(host, `<dnsdrill-play>${markup.shadow('dnsdrill-play', play)}</dnsdrill-play>`),
    },
    'dnsdrill-figure': {
      prepare: (element) => {
        const figure = element as HTMLElement & { width: number; quiet: boolean };
        figure.width = figure.quiet ? SMALL_FIGURE_WIDTH : FIGURE_WIDTH;
      },
      style: FIGURE_STYLE,
    },
    // Words explain themselves later; until then they are read like any other.
    'dnsdrill-word': { complete: (markup) => markup.replace('<button inert', '<button tabindex="-1"') },
    'dnsdrill-inject': { unseen: true },
    'dnsdrill-topology': { complete: (markup, element) => `${markup}${roomForTopology(element)}` },
  });
  return markup.shadow('dnsdrill-shell', {});
}

const HOST = '<div class="host">';

function within(host: string, place: string): string {
  if (!host.includes(HOST)) throw new Error('the place has no room for its element');
  return host.replace(HOST, `${HOST}${place}`);
}
