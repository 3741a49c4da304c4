/** RFC 8020: NXDOMAIN means that there is nothing underneath (N4). */
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { World } from '../dns/resolve/harness.ts';

describe('§2', () => {
  it.each([
    [true, /^NXDOMAIN cache\nexample.com. 300 IN SOA/, 0],
    [false, /^NXDOMAIN fresh\nexample.com. 300 IN SOA/, 1],
  ])('nxdomainCut %s: a name below a cached NXDOMAIN', (nxdomainCut, text, queries) => {
    const world = World.standard({ nxdomainCut });
    world.resolve('nx.example.com. A');
    world.takeSent();
    expect(world.resolve('a.b.nx.example.com. TXT')).toMatch(text);
    expect(world.takeSent()).toHaveLength(queries);
  });

  it('lasts as long as the entry above, no longer', () => {
    const world = World.standard({ nxdomainCut: true });
    world.resolve('nx.example.com. A');
    world.pass(200 * SECOND);
    expect(world.resolve('b.nx.example.com. A')).toMatch(/^NXDOMAIN cache\nexample.com. 100 IN SOA/);
    world.pass(100 * SECOND);
    expect(world.resolve('b.nx.example.com. A')).toMatch(/^NXDOMAIN fresh/);
  });

  it('says nothing about names above or aside', () => {
    const world = World.standard({ nxdomainCut: true });
    world.resolve('a.nx.example.com. A');
    world.takeSent();
    world.resolve('nx.example.com. A');
    world.resolve('b.nx.example.com. A');
    expect(world.takeSent()[0]).toMatch(/ nx\.example\.com\. A$/);
  });

  it('NODATA above is no cut', () => {
    const world = World.standard({ nxdomainCut: true });
    world.resolve('www.example.com. TXT');
    world.takeSent();
    world.resolve('below.www.example.com. A');
    expect(world.takeSent()).toHaveLength(1);
  });
});
