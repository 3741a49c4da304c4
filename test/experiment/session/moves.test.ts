/** What operators are offered to move: only what the timeline takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { filledIn, type Move } from '../../../src/experiment/session/move.ts';
import { movesOf } from '../../../src/experiment/session/moves.ts';
import { loadForPlay } from '../../../src/experiment/session/setup.ts';

const readFile = (path: string): string => readFileSync(`scenarios/${path}`, 'utf8');
const moves = (file: string): readonly Move[] => movesOf({ text: readFile(file), file, readFile });
const about = (file: string, part: string): readonly string[] =>
  moves(file)
    .filter((move) => move.about.includes(part))
    .map(({ title }) => title);

describe('offered are', () => {
  it('weights of a weighted policy, and no switch where there is none', () => {
    expect(about('blue-green.yaml', 'endpoint blue')).toEqual(['Weight of blue in app.example.com/A']);
    expect(about('blue-green.yaml', 'provider aws')).toEqual([]);
  });

  it('the switches of a check', () => {
    expect(about('failover-ttl.yaml', 'checker us-east')).toEqual([
      'Disable check us-east',
      'Enable check us-east',
      'Turn the check of us-east round',
    ]);
    expect(about('failover-ttl.yaml', 'endpoint us-east')).not.toContain('Disable endpoint us-east');
  });

  it('endpoints and profiles of Azure', () => {
    expect(about('azure-geographic.yaml', 'endpoint eu')).toContain('Disable endpoint eu');
    expect(about('azure-geographic.yaml', 'provider az')).toContain('Disable policy app.example.com/A');
  });

  it('pools, balancers and proxies of Cloudflare', () => {
    expect(about('cloudflare-proxy.yaml', 'provider cf')).toEqual(
      expect.arrayContaining([
        'Weight of us in shop.example.com/A',
        'Disable pool us',
        'Disable policy shop.example.com/A',
        'Serve www.example.com past the proxy',
      ]),
    );
  });

  it('feeds of NS1', () => {
    expect(about('ns1-chain-order.yaml', 'provider main').join()).toContain('Send to the feed');
  });
});

test('an entry is filled in with what was asked for', () => {
  const entry = { weight: 'policy a.example.com/A', to: { blue: 1 } };
  const move = { about: [], title: '', entry };
  expect(filledIn(move, '7')).toBe(entry);
  expect(filledIn({ ...move, asks: { weightOf: 'blue' } }, '7')).toEqual({ ...entry, to: { blue: 7 } });
  const feed = { ...move, entry: { push: 'feed load', to: 0 }, asks: 'value' } as const;
  expect([filledIn(feed, '95')['to'], filledIn(feed, 'high')['to']]).toEqual([95, 'high']);
});

test.each(readdirSync('scenarios').filter((name) => name.endsWith('.yaml')))(
  '%s takes each by itself',
  (file) => {
    const offered = moves(file);
    for (const move of offered.filter((_, index) => index % 5 === 0)) {
      const injected = [{ at: '1m', ...filledIn(move, '3') }];
      const { playable, issues } = loadForPlay({ text: readFile(file), file, readFile, injected });
      expect([move.title, issues.filter(({ severity }) => severity === 'error')]).toEqual([move.title, []]);
      expect(playable).toBeDefined();
    }
  },
);
