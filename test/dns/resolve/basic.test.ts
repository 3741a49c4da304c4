import { describe, expect, it } from 'vitest';
import { COM_SERVER, EXAMPLE_1, ROOT_SERVER, World } from './harness.ts';

describe('iterative resolution', () => {
  it('walks from the root to the zone and answers', () => {
    const world = World.standard();
    expect(world.resolve('www.example.com. A')).toBe('NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10');
    expect(world.takeSent()).toEqual([
      `${ROOT_SERVER} www.example.com. A`,
      `${COM_SERVER} www.example.com. A`,
      `${EXAMPLE_1} www.example.com. A`,
    ]);
    expect(world.now).toBe(30_000);
    expect(world.resolver.idle).toBe(true);
  });

  it('remembers the delegation', () => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    world.takeSent();
    expect(world.resolve('mail.example.com. MX')).toBe(
      'NOERROR fresh\nmail.example.com. 300 IN MX 10 www.example.com.',
    );
    expect(world.takeSent()).toHaveLength(1);
  });
});
