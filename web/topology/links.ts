/** The lines of the topology: curves between neighbouring layers, a lane around them for requests to endpoints. */
import type { Link, Topology } from '../../src/experiment/session/topology.ts';
import type { Box, Layout } from './layout.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** More lines than this between two neighbouring layers are led through one point, or nobody can follow them. */
const CROWD = 16;

/** The point that all questions from a layer to the next go through, by the layer they come from, where there are many. */
export function hubsOf({ links }: Topology, layout: Layout): ReadonlyMap<number, Point> {
  const layers = new Map(layout.boxes.map(({ part, layer }) => [part.id, layer]));
  const counts = new Map<number, number>();
  for (const { from, to, kind } of links) {
    const layer = layers.get(from);
    if (kind !== 'asks' || layer === undefined || layers.get(to) !== layer + 1) continue;
    counts.set(layer, (counts.get(layer) ?? 0) + 1);
  }
  const crowded = [...counts].filter(([, count]) => count > CROWD);
  return new Map(crowded.map(([layer]) => [layer, hubAfter(layer, layout)] as const));
}

function hubAfter(layer: number, { boxes, across, width }: Layout): Point {
  const [here, next] = [layer, layer + 1].map((one) => boxes.filter((box) => box.layer === one));
  const all = [...here!, ...next!];
  if (!across) {
    const bottom = Math.max(...here!.map(({ y, height }) => y + height));
    return { x: width / 2, y: (bottom + Math.min(...next!.map(({ y }) => y))) / 2 };
  }
  const right = Math.max(...here!.map((box) => box.x + box.width));
  const heights = all.map(middle);
  return {
    x: (right + Math.min(...next!.map(({ x }) => x))) / 2,
    y: (Math.min(...heights) + Math.max(...heights)) / 2,
  };
}

/**
 * The path of a link; undefined when one of its ends is not shown.
 * @param hubs as `hubsOf` gives them
 */
export function linkPath(
  link: Link,
  layout: Layout,
  topology: Topology,
  hubs: ReadonlyMap<number, Point> = new Map(),
): string | undefined {
  const from = boxOf(link.from, layout);
  const to = boxOf(link.to, layout);
  if (!from || !to) return undefined;
  if (link.kind === 'checks') return short(from, to);
  if (link.kind === 'uses') return lane(from, to, layout, topology);
  const hub = to.layer === from.layer + 1 ? hubs.get(from.layer) : undefined;
  if (hub && link.kind === 'asks') return through(hub, from, to, layout.across);
  return layout.across ? curveAcross(from, to, link.kind) : curveDown(from, to);
}

/** Two curves that meet in a point, in the direction of the layers. */
function through(hub: Point, from: Box, to: Box, across: boolean): string {
  const [start, end] = across
    ? [
        { x: from.x + from.width, y: middle(from) },
        { x: to.x, y: middle(to) },
      ]
    : [
        { x: from.x + from.width / 2, y: from.y + from.height },
        { x: to.x + to.width / 2, y: to.y },
      ];
  const half = (one: Point, other: Point): string => {
    const [x, y] = [(one.x + other.x) / 2, (one.y + other.y) / 2];
    const bends = across ? `${x} ${one.y} ${x} ${other.y}` : `${one.x} ${y} ${other.x} ${y}`;
    return `C${bends} ${other.x} ${other.y}`;
  };
  return `M${start.x} ${start.y}${half(start, hub)}${half(hub, end)}`;
}

function boxOf(id: string, { boxes }: Layout): Box | undefined {
  return boxes.find(({ part }) => part.id === id);
}

/** From a checker up to the endpoint above it. */
function short(from: Box, to: Box): string {
  const x = from.x + 15;
  return `M${x} ${from.y}L${x} ${to.y + to.height}`;
}

function curveAcross(from: Box, to: Box, kind: Link['kind']): string {
  const back = to.x < from.x;
  const start: Point = { x: back ? from.x : from.x + from.width, y: middle(from) };
  const end: Point = { x: back ? to.x + to.width : to.x, y: kind === 'tells' ? to.y + 19 : middle(to) };
  const bend = Math.max(20, Math.abs(end.x - start.x) / 2) * (back ? -1 : 1);
  return `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
}

function curveDown(from: Box, to: Box): string {
  const up = to.y < from.y;
  const start: Point = { x: from.x + from.width / 2, y: up ? from.y : from.y + from.height };
  const end: Point = { x: to.x + to.width / 2, y: up ? to.y + to.height : to.y };
  const bend = Math.max(12, Math.abs(end.y - start.y) / 2) * (up ? -1 : 1);
  return `M${start.x} ${start.y}C${start.x} ${start.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`;
}

/** Around everything else: below the layers, or along their left edge. */
function lane(from: Box, to: Box, layout: Layout, { parts }: Topology): string {
  const endpoints = parts.filter(({ kind }) => kind === 'endpoint');
  const at = endpoints.findIndex(({ id }) => id === to.part.id);
  const offset = (at * 14) / Math.max(1, endpoints.length);
  if (!layout.across) {
    const x = 4 + offset;
    return corners([
      { x: from.x, y: middle(from) },
      { x, y: middle(from) },
      { x, y: middle(to) },
      { x: to.x, y: middle(to) },
    ]);
  }
  const y = layout.height - 6 - offset;
  const turn = to.x - 10 - offset;
  return corners([
    { x: from.x + from.width / 2 + offset, y: from.y + from.height },
    { x: from.x + from.width / 2 + offset, y },
    { x: turn, y },
    { x: turn, y: middle(to) },
    { x: to.x, y: middle(to) },
  ]);
}

function middle({ y, height }: Box): number {
  return y + height / 2;
}

const RADIUS = 8;

/** Straight stretches with rounded corners. */
function corners(points: readonly Point[]): string {
  return points.reduce((path, point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) return `M${point.x} ${point.y}`;
    if (!after) return `${path}L${point.x} ${point.y}`;
    const start = towards(point, before);
    const end = towards(point, after);
    return `${path}L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`;
  }, '');
}

/** A point near `from` in the direction of `to`. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(RADIUS, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
