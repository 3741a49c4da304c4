/** The lines of the topology: curves between neighbouring layers, a lane around them for requests to endpoints. */
import type { Link, Topology } from '../../src/experiment/session/topology.ts';
import type { Box, Layout } from './layout.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The path of a link; undefined when one of its ends is not shown. */
export function linkPath(link: Link, layout: Layout, topology: Topology): string | undefined {
  const from = boxOf(link.from, layout);
  const to = boxOf(link.to, layout);
  if (!from || !to) return undefined;
  if (link.kind === 'checks') return short(from, to);
  if (link.kind === 'uses') return lane(from, to, layout, topology);
  return layout.across ? curveAcross(from, to, link.kind) : curveDown(from, to);
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
