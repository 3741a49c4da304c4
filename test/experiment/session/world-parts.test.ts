import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/base/time.ts';
import { planField } from '../../../src/experiment/session/field.ts';
import { FieldView } from '../../../src/experiment/session/field-view.ts';
import { OutcomeBuilder } from '../../../src/experiment/session/outcome.ts';
import { loadForPlay } from '../../../src/experiment/session/setup.ts';
import { type PartStatus, statusOf } from '../../../src/experiment/session/status.ts';
import { topologyOf } from '../../../src/experiment/session/topology.ts';
import { simulateReplication } from '../../../src/measure/simulate.ts';
import { CACHE_STATES } from '../../../src/model/inspect.ts';
import { World } from '../../../src/model/world.ts';
import { specOf, TEXT } from './scenario.ts';

const SPEC = specOf();

function worldAt(micros: number, spec = SPEC): World {
  const world = new World(spec, 7, 0);
  world.runUntil(micros);
  return world;
}

function statusAt(micros: number, spec = SPEC): Readonly<Record<string, PartStatus>> {
  return Object.fromEntries(statusOf(worldAt(micros, spec), topologyOf(spec)).map((one) => [one.id, one]));
}

describe('the topology', () => {
  const { parts, links } = topologyOf(SPEC);

  it('has every part once, from clients to checkers', () => {
    const ids = parts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        'clients browsers',
        'resolver isp',
        'provider main',
        'provider root',
        'provider com.',
        'endpoint east',
        'endpoint west',
        'checker east',
      ]),
    );
    expect(ids).not.toContain('checker west');
  });

  it('links only parts there are', () => {
    const ids = new Set(parts.map(({ id }) => id));
    expect(links.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
  });

  it('shows forwarders in a chain; only the last one asks authorities', () => {
    const spec = specOf([
      'resolvers={router: {forward: home}, home: {forward: isp}, isp: {}}',
      'clients.browsers.resolvers=router',
    ]);
    const asks = topologyOf(spec).links.filter(
      ({ kind, from }) => kind === 'asks' && from.startsWith('resolver'),
    );
    expect(
      asks.filter(({ from }) => from !== 'resolver isp').map(({ from, to }) => `${from} > ${to}`),
    ).toEqual(['resolver router > resolver home', 'resolver home > resolver isp']);
    expect(asks.some(({ from, to }) => from === 'resolver isp' && to === 'provider main')).toBe(true);
  });

  it('carries trouble down a chain of resolvers', () => {
    const sets = [
      'resolvers={router: {forward: home}, home: {forward: isp}, isp: {}}',
      'clients.browsers.resolvers=router',
    ];
    const spec = specOf([...sets, 'timeline=[{at: 1m, fail: resolver isp}]']);
    const status = statusAt(2 * MINUTE, spec);
    expect(['isp', 'home', 'router'].map((name) => status[`resolver ${name}`]!.level)).toEqual([
      'failed',
      'affected',
      'affected',
    ]);
    expect(status['resolver router']!.cause).toBe('depends on resolver home');
  });

  it('names targets a timeline understands', () => {
    const injected = parts.flatMap(({ target }) => (target ? [{ at: '5m', slow: target, extra: '1s' }] : []));
    const { issues } = loadForPlay({ text: TEXT, file: 'x.yaml', injected });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(injected.length).toBeGreaterThan(6);
  });

  it('shows many servers of a provider as one part', () => {
    const spec = specOf(['providers={main: {servers: 9}}']);
    expect(topologyOf(spec).parts.filter(({ kind }) => kind === 'server')).toEqual([]);
  });
});

describe('the status of parts', () => {
  it('is sound before the fault', () => {
    expect(Object.values(statusAt(9 * MINUTE)).filter(({ level }) => level !== 'works')).toEqual([]);
  });

  it('shows the dead endpoint, and clients that depend on it', () => {
    const status = statusAt(10 * MINUTE + 5 * SECOND);
    expect(status['endpoint east']).toMatchObject({ level: 'failed', text: 'no answer', cause: 'east dies' });
    expect(status['clients browsers']).toMatchObject({
      level: 'affected',
      cause: 'depends on endpoint east',
    });
    expect(status['checker east']!.text).toBe('says up');
    expect(status['endpoint west']!.level).toBe('works');
  });

  it('shows what the check found, and clients led elsewhere', () => {
    const status = statusAt(12 * MINUTE);
    expect(status['checker east']!.text).toBe('says down');
    expect(status['clients browsers']!.level).toBe('works');
    expect(statusAt(50 * MINUTE)['checker east']!.text).toBe('says up');
  });

  it('sums servers up to their provider, and carries on to resolvers and clients', () => {
    const injected = [{ at: '1m', wrong: 'server ns1.main-dns.net', answer: 'servfail' }];
    const { playable } = loadForPlay({ text: TEXT, file: 'x.yaml', injected });
    const status = statusAt(2 * MINUTE, playable!.spec);
    const levels = ['server main ns1.main-dns.net', 'provider main', 'resolver isp', 'clients browsers'];
    expect(levels.map((id) => status[id]?.level)).toEqual(['lies', 'impaired', 'affected', 'affected']);
    expect(status['provider main']!.text).toBe('1 of 2 servers ill');
  });
});

describe('the field', () => {
  const counts = (world: World): Record<string, number> => {
    const places = planField(world, 100);
    const { states } = new FieldView(world, places).look();
    return Object.fromEntries(
      CACHE_STATES.map((name, code) => [name, states.filter((at) => at === code).length]),
    );
  };

  it('is fresh, then wrong, then fresh again', () => {
    const before = counts(worldAt(10 * MINUTE - SECOND));
    expect(before['wrong']).toBe(0);
    expect(before['fresh']).toBeGreaterThan(80);
    expect(counts(worldAt(10 * MINUTE + SECOND))['wrong']).toBeGreaterThan(80);
    expect(counts(worldAt(15 * MINUTE))['wrong']).toBe(0);
  });

  it('shows what a user without a cache gets from the resolver', () => {
    const world = worldAt(5 * MINUTE);
    const places = planField(world, 100);
    const { states, towards } = new FieldView(world, places).look();
    const clients = states.filter((_, index) => places[index]!.kind === 'client');
    expect(clients.length).toBeGreaterThan(50);
    expect(clients.filter((code) => code === CACHE_STATES.indexOf('fresh')).length).toBeGreaterThan(40);
    expect(towards[1]).toBe(0);
    expect(towards[0]).toBe(states.filter((code) => code !== 0).length);
  });
});

describe('the outcome of a session', () => {
  const builder = new OutcomeBuilder();
  const world = new World(SPEC, 7, 0);
  for (let at = MINUTE; at <= SPEC.duration; at += MINUTE) {
    world.runUntil(at);
    builder.sample(world);
  }
  builder.add(world);
  const outcome = builder.build('as written');

  it('is the run of the same seed, looked at more closely', () => {
    const record = simulateReplication(SPEC, 7, 0);
    expect(world.digest()).toBe(record.digest);
    expect(outcome.half).toBe(record.populations[0]!.recovery.p50! / SECOND);
    expect(outcome.nearlyAll).toBe(record.populations[0]!.recovery.p99! / SECOND);
    expect(outcome).toMatchObject({ clients: 400, represents: 40_000, replications: 1, faultAtSeconds: 600 });
  });

  it('has a curve that rises from nobody to all', () => {
    const shares = outcome.recovery.map(([, share]) => share);
    expect(shares[0]).toBeLessThan(0.1);
    expect(shares.at(-1)).toBe(1);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
  });

  it('adds up the load at the authorities', () => {
    const total = outcome.load.reduce((sum, { from, to, perSecond }) => sum + perSecond * (to - from), 0);
    const hop = outcome.result.load.find((one) => one.hop === 'main')!;
    expect(total / (SPEC.duration / SECOND)).toBeCloseTo(hop.queriesPerSecond.mean, 6);
  });
});
