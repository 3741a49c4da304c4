/**
 * Where the parts of a world stand in the picture: in layers from clients to endpoints, left to right where there
 * is room, else top to bottom.
 */
import type { Part, Topology } from '../../src/experiment/session/topology.ts';
import { frame, type Item, type Placed, pile, RATE, single, WORD, withBelow } from './items.ts';

export interface Box extends Placed {
  /** Counted from the clients. */
  readonly layer: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly across: boolean;
  /** Frames (providers) before what lies inside them. */
  readonly boxes: readonly Box[];
}

type Layer = readonly Item[];

const MARGIN = 2;
const ROW_GAP = 10;
const LAYER_GAP = 34;
/** Room below (or left) for the way from clients to endpoints. */
const LANE = 26;
/** Between layers side by side: no less, or lines cannot be told apart; more only once the layers are wide. */
const LEAST_GAP = 48;
const USUAL_GAP = 84;
/** From so many on, parts of a layer have one line each. */
const MANY = 7;

export function layOut(topology: Topology, width: number): Layout {
  const layers = layersOf(topology);
  return width >= leastAcross(layers) ? layAcross(layers, width) : layDown(layers, width);
}

/** From this width on layers stand side by side. */
function leastAcross(layers: readonly Layer[]): number {
  return layers.reduce((sum, layer) => sum + leastOf(layer) + LEAST_GAP, 2 * MARGIN - LEAST_GAP);
}

const leastOf = (layer: Layer): number => Math.max(...layer.map(({ least }) => least));

function layersOf({ parts, links }: Topology): readonly Layer[] {
  const ofKind = (kind: Part['kind']): readonly Part[] => parts.filter((part) => part.kind === kind);
  const low = (some: readonly Part[]): Layer =>
    some.map((part) => single(part, some.length >= MANY ? WORD : undefined));
  const within = (head: Part): readonly Part[] => parts.filter((part) => belongsTo(part, head));
  const above = [...ofKind('root'), ...ofKind('tld')].map((part) => single(part, RATE));
  const providers = ofKind('provider').map((head) => withInside(head, within(head), frame));
  const endpoints = ofKind('endpoint');
  const checked = endpoints.some((one) => within(one).length > 0);
  const layers = [
    low(ofKind('clients')),
    ...byDepth(ofKind('resolver'), links).map(low),
    [...(above.length > 0 ? [pile(above, ROW_GAP)] : []), ...providers],
    checked ? endpoints.map((head) => withInside(head, within(head), withBelow)) : low(endpoints),
  ];
  return layers.filter((layer) => layer.length > 0);
}

function withInside(head: Part, inside: readonly Part[], make: typeof frame): Item {
  return inside.length > 0 ? make(head, inside) : single(head);
}

/** Resolvers in layers: each one further than those that forward to it. */
function byDepth(parts: readonly Part[], links: Topology['links']): readonly (readonly Part[])[] {
  const depths = new Map(parts.map(({ id }) => [id, 0]));
  // A chain is at most as long as there are resolvers, so circles for single zones end the search too.
  for (const _ of parts) {
    for (const { from, to } of links) {
      const [near, far] = [depths.get(from), depths.get(to)];
      if (near !== undefined && far !== undefined && near + 1 < parts.length)
        depths.set(to, Math.max(far, near + 1));
    }
  }
  const deepest = Math.max(0, ...depths.values());
  return Array.from({ length: deepest + 1 }, (_, depth) =>
    parts.filter(({ id }) => depths.get(id) === depth),
  );
}

function belongsTo(part: Part, head: Part): boolean {
  if (part.kind === 'checker') return head.kind === 'endpoint' && part.index === head.index;
  return part.within === head.id;
}

/** Room that is left over goes to the gaps first, then to the layers. */
function layAcross(layers: readonly Layer[], width: number): Layout {
  const gaps = layers.length - 1;
  const least = layers.map(leastOf);
  const free = width - 2 * MARGIN - least.reduce((sum, one) => sum + one, 0);
  const gap = gaps === 0 ? 0 : Math.min(USUAL_GAP, free / gaps);
  const widths = least.map((one) => one + (free - gap * gaps) / layers.length);
  const piles = layers.map((layer) => pile(layer, ROW_GAP));
  const heights = piles.map((one, column) => one.heightAt(widths[column]!));
  const inner = Math.max(...heights);
  let x = MARGIN;
  const boxes = piles.flatMap((one, layer) => {
    const top = MARGIN + (inner - heights[layer]!) / 2;
    const placed = one.boxesAt(x, top, widths[layer]!).map((box) => ({ ...box, layer }));
    x += widths[layer]! + gap;
    return placed;
  });
  return { width, height: inner + LANE + 2 * MARGIN, across: true, boxes };
}

function layDown(layers: readonly Layer[], width: number): Layout {
  const left = MARGIN + LANE;
  const room = width - left - MARGIN;
  let y = MARGIN;
  const boxes = layers.flatMap((items, layer) => {
    const placed = inRows(items, room).flatMap((row) => {
      const each = (room - (row.length - 1) * ROW_GAP) / row.length;
      const top = y;
      y += Math.max(...row.map((item) => item.heightAt(each))) + ROW_GAP;
      return row.flatMap((item, at) => item.boxesAt(left + at * (each + ROW_GAP), top, each));
    });
    y += LAYER_GAP - ROW_GAP;
    return placed.map((box) => ({ ...box, layer }));
  });
  return { width, height: y - LAYER_GAP + MARGIN, across: false, boxes };
}

/** As few rows as hold all, none much fuller than another. */
function inRows(items: Layer, room: number): readonly Layer[] {
  const most = Math.max(1, Math.floor((room + ROW_GAP) / (leastOf(items) + ROW_GAP)));
  const rows = Math.ceil(items.length / most);
  return Array.from({ length: rows }, (_, row) =>
    items.slice(Math.ceil((row * items.length) / rows), Math.ceil(((row + 1) * items.length) / rows)),
  );
}
