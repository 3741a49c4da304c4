/**
 * Where the parts of a world stand in the picture: in layers from clients to endpoints, left to right where there
 * is room, else top to bottom.
 */
import type { Part, Topology } from '../../src/experiment/session/topology.ts';

export interface Box {
  readonly part: Part;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Counted from the clients. */
  readonly layer: number;
}

/** A box before its layer is known. */
type Placed = Omit<Box, 'layer'>;

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly across: boolean;
  /** Frames (providers) before what lies inside them. */
  readonly boxes: readonly Box[];
}

/** From this width on layers stand side by side. */
export const ACROSS_FROM = 600;

const MARGIN = 2;
const NODE_HEIGHT = 44;
/** One line only. */
const SMALL_HEIGHT = 26;
const FRAME_HEAD = 44;
const FRAME_PAD = 6;
const ROW_GAP = 10;
const LAYER_GAP = 34;
const COLUMN_GAP = 12;
/** Room below for the way from clients to endpoints. */
const LANE = 26;
const WIDEST_NODE = 200;
const NARROWEST_NODE = 132;

/** Parts that stand together as one: a provider with its servers, an endpoint with its checker. */
interface Group {
  readonly head: Part;
  readonly inside: readonly Part[];
}

export function layOut(topology: Topology, width: number): Layout {
  const layers = layersOf(topology);
  const least = Math.max(ACROSS_FROM, layers.length * (NARROWEST_NODE + COLUMN_GAP));
  return width >= least ? layAcross(layers, width) : layDown(layers, width);
}

function layersOf({ parts, links }: Topology): readonly (readonly Group[])[] {
  const ofKind = (...kinds: readonly Part['kind'][]): readonly Group[] =>
    parts
      .filter(({ kind }) => kinds.includes(kind))
      .map((head) => ({ head, inside: parts.filter((part) => belongsTo(part, head)) }));
  const authorities = [...ofKind('root'), ...ofKind('tld'), ...ofKind('provider')];
  const hops = byDepth(ofKind('resolver'), links);
  return [ofKind('clients'), ...hops, authorities, ofKind('endpoint')].filter((layer) => layer.length > 0);
}

/** Resolvers in layers: each one further than those that forward to it. */
function byDepth(groups: readonly Group[], links: Topology['links']): readonly (readonly Group[])[] {
  const depths = new Map(groups.map(({ head }) => [head.id, 0]));
  // A chain is at most as long as there are resolvers, so circles for single zones end the search too.
  for (const _ of groups) {
    for (const { from, to } of links) {
      const [near, far] = [depths.get(from), depths.get(to)];
      if (near !== undefined && far !== undefined && near + 1 < groups.length)
        depths.set(to, Math.max(far, near + 1));
    }
  }
  const deepest = Math.max(0, ...depths.values());
  return Array.from({ length: deepest + 1 }, (_, depth) =>
    groups.filter(({ head }) => depths.get(head.id) === depth),
  );
}

function belongsTo(part: Part, head: Part): boolean {
  if (part.kind === 'checker') return head.kind === 'endpoint' && part.index === head.index;
  return part.within === head.id;
}

function headHeight({ head, inside }: Group): number {
  if (head.kind === 'root' || head.kind === 'tld') return SMALL_HEIGHT;
  return head.kind === 'provider' && inside.length > 0 ? FRAME_HEAD : NODE_HEIGHT;
}

function heightOf(group: Group): number {
  const rows = Math.ceil(group.inside.length / abreast(group));
  return headHeight(group) + rows * (SMALL_HEIGHT + FRAME_PAD);
}

/** Several servers of a provider stand in pairs. */
function abreast({ head, inside }: Group): number {
  return head.kind === 'provider' && inside.length > 2 ? 2 : 1;
}

function layAcross(layers: readonly (readonly Group[])[], width: number): Layout {
  const columns = layers.length;
  const node = Math.min(WIDEST_NODE, Math.max(NARROWEST_NODE, (width - 2 * MARGIN) / (columns * 1.24)));
  const step = columns > 1 ? (width - 2 * MARGIN - node) / (columns - 1) : 0;
  const heights = layers.map((groups) => stackHeight(groups));
  const inner = Math.max(...heights);
  const boxes = layers.flatMap((groups, column) => {
    const top = MARGIN + (inner - heights[column]!) / 2;
    return stack(groups, MARGIN + column * step, top, node).map((box) => ({ ...box, layer: column }));
  });
  return { width, height: inner + LANE + 2 * MARGIN, across: true, boxes };
}

function stackHeight(groups: readonly Group[]): number {
  return groups.reduce((sum, group) => sum + heightOf(group) + ROW_GAP, -ROW_GAP);
}

function stack(groups: readonly Group[], x: number, top: number, width: number): readonly Placed[] {
  let y = top;
  return groups.flatMap((group) => {
    const boxes = boxesOf(group, x, y, width);
    y += heightOf(group) + ROW_GAP;
    return boxes;
  });
}

function layDown(layers: readonly (readonly Group[])[], width: number): Layout {
  const lane = LANE;
  const room = width - 2 * MARGIN - lane;
  let y = MARGIN;
  const boxes = layers.flatMap((groups, layer) => {
    const perRow = Math.max(
      1,
      Math.min(groups.length, Math.floor((room + ROW_GAP) / (NARROWEST_NODE + ROW_GAP))),
    );
    const node = Math.min(room, (room - (perRow - 1) * ROW_GAP) / perRow);
    const rows = inRows(groups, perRow).flatMap((row) => {
      const placed = row.flatMap((group, at) =>
        boxesOf(group, MARGIN + lane + at * (node + ROW_GAP), y, node),
      );
      y += Math.max(...row.map(heightOf)) + ROW_GAP;
      return placed;
    });
    y += LAYER_GAP - ROW_GAP;
    return rows.map((box) => ({ ...box, layer }));
  });
  return { width, height: y - LAYER_GAP + MARGIN, across: false, boxes };
}

function inRows<T>(items: readonly T[], perRow: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / perRow) }, (_, row) =>
    items.slice(row * perRow, (row + 1) * perRow),
  );
}

function boxesOf(group: Group, x: number, y: number, width: number): readonly Placed[] {
  const { head, inside } = group;
  const frame = head.kind === 'provider' && inside.length > 0;
  const height = frame ? heightOf(group) : headHeight(group);
  const indent = frame ? FRAME_PAD : 14;
  const first = y + headHeight(group) + (frame ? 0 : FRAME_PAD);
  const perRow = abreast(group);
  const room = (width - indent - (frame ? FRAME_PAD : 0) - (perRow - 1) * FRAME_PAD) / perRow;
  const children = inside.map((part, at) => ({
    part,
    x: x + indent + (at % perRow) * (room + FRAME_PAD),
    y: first + Math.floor(at / perRow) * (SMALL_HEIGHT + FRAME_PAD),
    width: room,
    height: SMALL_HEIGHT,
  }));
  return [{ part: head, x, y, width, height }, ...children];
}
