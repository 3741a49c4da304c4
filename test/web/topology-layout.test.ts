/** Where parts stand in the picture, and which of them stand for several. */
import { describe, expect, it, test } from 'vitest';
import type { Topology } from '../../src/experiment/session/topology.ts';
import { gather } from '../../web/topology/groups.ts';
import { layOut } from '../../web/topology/layout.ts';
import { hubsOf, linkPath } from '../../web/topology/links.ts';
import { drawTopology, flowOf, remarkable } from '../../web/topology/picture.ts';
import { fitted } from '../../web/topology/text-width.ts';

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

describe('what is many', () => {
  const address = (name: string, index: number): Topology['parts'][number] => {
    return { id: `endpoint ${name}`, kind: 'endpoint', name, detail: name, index };
  };
  const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map(address);
  const tlds = ['com.', 'net.'].map(
    (name, index) => ({ ...part('provider', name, index), kind: 'tld' }) as const,
  );
  const named = { ...address('east', 4), detail: '192.0.2.5' };
  const topology: Topology = {
    parts: [part('clients', 'pods'), ...tlds, named, ...addresses],
    links: [...addresses, named].map(({ id }) => ({ from: 'clients pods', to: id, kind: 'uses' })),
  };
  const names = (apart: readonly string[]): readonly string[] =>
    gather(topology, new Set(apart)).parts.map(({ name }) => name);

  it('stands as one, by kind; what the scenario names stands by itself', () => {
    expect(names([])).toEqual(['pods', 'east', 'com. net.', '4 addresses']);
    expect(gather(topology, new Set()).links.map(({ to }) => to)).toEqual(['addresses', 'endpoint east']);
  });

  it('what something is special about is taken out, and few are no crowd', () => {
    expect(names(['endpoint 192.0.2.2'])).toEqual([
      'pods',
      'east',
      '192.0.2.2',
      'com. net.',
      '3 more addresses',
    ]);
    expect(names(['provider net.', 'endpoint 192.0.2.1', 'endpoint 192.0.2.4'])).toHaveLength(
      topology.parts.length,
    );
  });

  it('flows through all of it', () => {
    const state = { status: [], flows: [{ id: 'clients pods', perSecond: 100 }], towards: [1, 0, 2, 0, 1] };
    const { shown } = drawTopology(topology, state, 800);
    const flows = shown.links.map((link) => flowOf(link, shown, state));
    expect(flows).toEqual([75, 25]);
    expect(remarkable(topology, state)).toEqual([
      'endpoint east',
      'endpoint 192.0.2.1',
      'endpoint 192.0.2.3',
    ]);
  });
});

test('names are cut only where they do not fit, and say so', () => {
  expect(fitted('powerdns pool of 16', 12.5, 160)).toBe('powerdns pool of 16');
  expect(fitted('powerdns pool of 16', 12.5, 80)).toMatch(/^powerd.*…$/);
  expect(fitted('ns', 12.5, 3)).toBe('');
});

test('no name is cut in any window where rows can be made shorter', () => {
  const parts = ['one', 'a name of some length', 'two', 'three'].map((name, index) =>
    part('clients', name, index),
  );
  for (const width of [320, 560, 900]) {
    const { boxes } = layOut({ parts, links: [] }, width);
    for (const box of boxes) expect(fitted(box.part.name, 12.5, box.width - 34)).toBe(box.part.name);
  }
});
