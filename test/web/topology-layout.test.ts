/** Where resolvers of a chain stand in the picture. */
import { expect, test } from 'vitest';
import type { Topology } from '../../src/experiment/session/topology.ts';
import { layOut } from '../../web/topology/layout.ts';
import { hubsOf, linkPath } from '../../web/topology/links.ts';

const part = (
  kind: 'clients' | 'resolver' | 'provider',
  name: string,
  index = 0,
): Topology['parts'][number] => {
  return { id: `${kind} ${name}`, kind, name, detail: '', index };
};
const asks = (from: string, to: string): Topology['links'][number] => ({ from, to, kind: 'asks' });

const PARTS = [
  part('clients', 'pods'),
  ...['node', 'cluster', 'vpc', 'public'].map((name, index) => part('resolver', name, index)),
  part('provider', 'main'),
];
const CHAIN = [
  asks('clients pods', 'resolver node'),
  asks('resolver node', 'resolver cluster'),
  asks('resolver cluster', 'resolver vpc'),
  asks('resolver cluster', 'resolver public'),
  asks('resolver vpc', 'provider main'),
];

const columns = (topology: Topology, width: number, axis: 'x' | 'y'): readonly (readonly string[])[] => {
  const { boxes } = layOut(topology, width);
  const at = [...new Set(boxes.map((box) => box[axis]))].sort((a, b) => a - b);
  return at.map((value) => boxes.filter((box) => box[axis] === value).map((box) => box.part.name));
};

test('each hop is a layer of its own, side by side', () => {
  expect(columns({ parts: PARTS, links: CHAIN }, 1000, 'x')).toEqual([
    ['pods'],
    ['node'],
    ['cluster'],
    ['vpc', 'public'],
    ['main'],
  ]);
});

test('and one below the other where there is little room', () => {
  expect(layOut({ parts: PARTS, links: CHAIN }, 640).across).toBe(false);
  expect(columns({ parts: PARTS, links: CHAIN }, 400, 'y')[1]).toEqual(['node']);
});

test('without forwarding all resolvers share a layer', () => {
  expect(columns({ parts: PARTS, links: [] }, 640, 'x')[1]).toEqual(['node', 'cluster', 'vpc', 'public']);
});

test('two that ask each other for single zones do not push each other away', () => {
  const links = [asks('resolver node', 'resolver cluster'), asks('resolver cluster', 'resolver node')];
  expect(layOut({ parts: PARTS, links }, 1200).boxes).toHaveLength(PARTS.length);
});

test('where everybody asks everybody, the lines to the next layer meet in one point between the two', () => {
  const parts = [
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => part('clients', name, index)),
    ...['x', 'y', 'z'].map((name, index) => part('resolver', name, index)),
    part('provider', 'main'),
  ];
  const everyWay = (from: string, to: string): Topology['links'] =>
    parts
      .filter(({ kind }) => kind === from)
      .flatMap((one) => parts.filter(({ kind }) => kind === to).map((other) => asks(one.id, other.id)));
  const topology = {
    parts,
    links: [...everyWay('clients', 'resolver'), ...everyWay('resolver', 'provider')],
  };
  for (const width of [1000, 400]) {
    const layout = layOut(topology, width);
    const hubs = hubsOf(topology, layout);
    expect([...hubs.keys()]).toEqual([0]);
    const { x, y } = hubs.get(0)!;
    const paths = topology.links.map((link) => linkPath(link, layout, topology, hubs));
    expect(paths.map((path) => path!.includes(` ${x} ${y}C`))).toEqual(
      topology.links.map(({ from }) => from.startsWith('clients')),
    );
    const inside = layout.boxes.filter(
      (box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height,
    );
    expect(inside).toEqual([]);
  }
  expect(hubsOf({ parts: PARTS, links: CHAIN }, layOut({ parts: PARTS, links: CHAIN }, 1000)).size).toBe(0);
});
