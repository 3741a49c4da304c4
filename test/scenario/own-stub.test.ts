/** Applications that ask the resolvers themselves: what becomes of the operating system's part. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { PopulationSpec } from '../../src/model/spec.ts';
import { BASE, mustLoad } from './base.ts';

const users = (keys: string): PopulationSpec =>
  mustLoad(BASE.replace('count: 10,', `count: 10, ${keys},`)).strategies[0]!.spec.populations[0]!;

describe('an application with a stub of its own', () => {
  it('leaves the cache of the system out', () => {
    const { stub } = users('app: chrome, os: windows');
    expect(stub).toMatchObject({ id: 'chrome past windows', cache: { mode: 'none' }, order: 'listed' });
    expect(stub).toMatchObject({ types: 'together', keepOnFailure: false });
  });

  it('that asks through the system does not (negative control)', () => {
    const { stub } = users('app: chrome-system-resolver, os: windows');
    expect(stub).toMatchObject({ id: 'windows', cache: { mode: 'ttl' } });
  });

  it('can be sent through the system', () => {
    expect(users('app: { profile: go, with: { lookup: system } }, os: macos').stub.id).toBe('macos');
  });

  // Chromium net/dns/dns_config.h: 1 s, doubled per pass, two passes; Go: 5 s, the list twice; c-ares: 2, 4, 8 s.
  test.each([
    ['chrome', [0, 1], 3, [0, 1, 2, 4], 6],
    ['go', [0, 5], 10, [0, 5, 10, 15], 20],
    ['c-ares', [0, 2, 6], 14, [0, 2, 4, 8, 12, 20], 28],
    ['nginx-resolver', [0, 5, 10, 15, 20, 25], 30, [0, 5, 10, 15, 20, 25], 30],
    ['haproxy-resolvers', [0, 1, 2], 3, [0, 1, 2], 3],
  ])(
    '%s sends at %j s to one resolver, %d s in all; %j, %d to two',
    (app, one, giveUpOne, two, giveUpTwo) => {
      const [first, second] = users(`app: ${app}`).stub.schedules;
      const at = ({ sends }: typeof first): number[] => sends.map((send) => send.at / SECOND);
      expect([at(first), first.giveUp / SECOND]).toEqual([one, giveUpOne]);
      expect([at(second), second.giveUp / SECOND]).toEqual([two, giveUpTwo]);
    },
  );
});

describe('families that do not work for the clients', () => {
  it('stand in the spec', () => {
    expect(users('ipv6: silent').families).toEqual({ ipv4: 'works', ipv6: 'silent' });
  });

  it('and not when both work (negative control)', () => {
    expect(users('ipv4: works')).not.toHaveProperty('families');
  });
});
