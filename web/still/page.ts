/**
 * The page as it looks with its first look, before any script has come: made when the page is built, from the very
 * elements that take its place, with what they would know by then.
 */
import { Commands } from '../shell/commands.ts';
import { DEMO } from '../shell/drill.ts';
import { gather } from '../topology/groups.ts';
import { layOut } from '../topology/layout.ts';
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

/** Widths at which the picture of the topology may be shown. */
const TOPOLOGY_WIDTHS: readonly number[] = Array.from({ length: 60 }, (_, at) => 250 + 20 * at);

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
  const topology = gather((element as TopologyElement).topology!, new Set());
  const heights = TOPOLOGY_WIDTHS.map((width) => layOut(topology, width).height);
  const rules = heights.flatMap((height, at) => {
    if (height === heights[at - 1]) return [];
    return `@container (min-width: ${at === 0 ? 0 : TOPOLOGY_WIDTHS[at]}px) { .picture { height: ${height}px } }`;
  });
  return `<style>:host { container-type: inline-size } ${rules.join(' ')}</style>`;
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
