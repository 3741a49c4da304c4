/** Where resolvers of a chain stand in the picture. */
import { expect, test } from 'vitest';
import type { Topology } from '../../src/experiment/session/topology.ts';
import { layOut } from '../../web/topology/layout.ts';

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
