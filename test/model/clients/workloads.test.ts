/** Arrivals against their distributions: four standard errors, or a chi-square exceeded once in a thousand. */
import { describe, expect, it, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/base/time.ts';
import { normalQuantile } from '../../../src/kernel/variates.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { PopulationSpec, WorkloadSpec } from '../../../src/model/spec.ts';
import { asks, drill, observe, population, resolver } from './population-world.ts';

function arrivals(
  workload: WorkloadSpec,
  duration: number,
  parts: Partial<PopulationSpec> = {},
  seed = 1,
): readonly Observation[] {
  return observe(drill({ start: 'warm', duration, populations: [population({ workload, ...parts })] }), seed)
    .seen;
}

/** Exceeded by chance once in a thousand (Wilson and Hilferty, 1931). */
function critical(freedom: number): number {
  const part = 2 / (9 * freedom);
  return freedom * (1 - part + normalQuantile(0.999) * Math.sqrt(part)) ** 3;
}

function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, at) => sum + (count - expected[at]!) ** 2 / expected[at]!, 0);
}

/** How many values fall into each of `bins` equal parts of [0, end). */
function histogram(values: readonly number[], bins: number, end: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) if (value < end) counts[Math.floor((value / end) * bins)]! += 1;
  return counts;
}

/** By client, in order of time. */
function byClient(seen: readonly Observation[]): number[][] {
  const times: number[][] = [];
  for (const { at, client } of seen) times[client] = [...(times[client] ?? []), at];
  return times;
}

const gaps = (times: readonly number[]): number[] => times.slice(1).map((at, index) => at - times[index]!);

describe('Poisson clients', () => {
  const every = 60 * SECOND;
  const seen = arrivals({ kind: 'poisson', every }, 5 * HOUR, { count: 50 });
  const expected = (50 * 5 * HOUR) / every;

  it('come at their rate', () => {
    expect(Math.abs(seen.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('come evenly over time, each as often as any other', () => {
    const [byTime, each] = [
      histogram(
        seen.map(({ at }) => at),
        40,
        5 * HOUR,
      ),
      histogram(
        seen.map(({ client }) => client + 0.5),
        50,
        50,
      ),
    ];
    expect(
      chiSquare(
        byTime,
        byTime.map(() => seen.length / 40),
      ),
    ).toBeLessThan(critical(39));
    expect(
      chiSquare(
        each,
        each.map(() => seen.length / 50),
      ),
    ).toBeLessThan(critical(49));
  });

  it('wait exponentially, each by itself', () => {
    const all = byClient(seen).flatMap(gaps);
    const uniform = all.map((gap) => 1 - Math.exp(-gap / every));
    const counts = histogram(uniform, 20, 1);
    // Waits that the end of the run cut off are missing: about one of a client's three hundred, the longest.
    expect(
      chiSquare(
        counts,
        counts.map(() => all.length / 20),
      ),
    ).toBeLessThan(critical(19) + 5);
  });

  it('do not follow each other: neighbouring waits are uncorrelated', () => {
    const pairs = byClient(seen).flatMap((times) => {
      const waits = gaps(times);
      return waits.slice(1).map((wait, at) => [waits[at]! - every, wait - every] as const);
    });
    const sum = pairs.reduce((total, [a, b]) => total + a * b, 0);
    const squares = pairs.reduce((total, [a]) => total + a * a, 0);
    expect(Math.abs(sum / squares)).toBeLessThan(4 / Math.sqrt(pairs.length));
  });

  it('are counted by the second like a Poisson process, not more evenly (negative control: periodic)', () => {
    const dispersion = (times: readonly number[]): number => {
      const counts = histogram(times, 1000, 5 * HOUR);
      const mean = times.length / 1000;
      return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 1000 / mean;
    };
    const error = 4 * Math.sqrt(2 / 1000);
    expect(Math.abs(dispersion(seen.map(({ at }) => at)) - 1)).toBeLessThan(error);
    const periodic = arrivals({ kind: 'periodic', every }, 5 * HOUR, { count: 50 });
    expect(dispersion(periodic.map(({ at }) => at))).toBeLessThan(1 - error);
  });

  it('behind several resolvers still come at their rate', () => {
    const users = population({ count: 200, workload: { kind: 'poisson', every } });
    const spec = drill({ duration: HOUR, resolvers: [resolver({ count: 7 })], populations: [users] });
    const all = observe(spec).seen;
    const each = histogram(
      all.map(({ client }) => client + 0.5),
      200,
      200,
    );
    expect(
      chiSquare(
        each,
        each.map(() => all.length / 200),
      ),
    ).toBeLessThan(critical(199));
    expect(Math.abs(all.length - 12_000)).toBeLessThan(4 * Math.sqrt(12_000));
  });
});

describe('periodic clients', () => {
  const every = 30 * SECOND;
  const seen = arrivals({ kind: 'periodic', every }, 10 * MINUTE, { count: 40 });

  it('come exactly once in each period, always at their phase', () => {
    const times = byClient(seen);
    expect(times).toHaveLength(40);
    for (const one of times) {
      expect(one).toHaveLength(20);
      expect(one.every((at, turn) => at === one[0]! + turn * every)).toBe(true);
      expect(one[0]).toBeLessThan(every);
    }
  });

  it('have uniform phases', () => {
    const phases = arrivals({ kind: 'periodic', every }, every, { count: 2000 }).map(({ at }) => at);
    const counts = histogram(phases, 20, every);
    expect(
      chiSquare(
        counts,
        counts.map(() => 100),
      ),
    ).toBeLessThan(critical(19));
  });

  it('a single one comes as well', () => {
    expect(arrivals({ kind: 'periodic', every }, 10 * MINUTE)).toHaveLength(20);
  });
});

describe('sessions', () => {
  const pause = 5 * SECOND;
  const workload = (requests: number): WorkloadSpec => ({
    kind: 'sessions',
    every: 20 * MINUTE,
    requests,
    pause,
  });

  /** Sizes of the sessions of one client each, told apart by long waits. */
  function sizes(requests: number): number[] {
    const seen = arrivals({ ...workload(requests), every: 100 * MINUTE } as WorkloadSpec, 100 * HOUR, {
      count: 20,
    });
    return byClient(seen).flatMap((times) => {
      const all: number[] = [];
      times.forEach((at, index) => {
        if (index === 0 || at - times[index - 1]! > 2 * MINUTE) all.push(1);
        else all[all.length - 1]! += 1;
      });
      return all;
    });
  }

  test.each([1, 2, 6])('of %d requests on average, geometric', (requests) => {
    const all = sizes(requests);
    const mean = all.reduce((sum, size) => sum + size, 0) / all.length;
    // Two sessions of a client overlap now and then: a chance of pause times size over the time between.
    const overlap = 1 + (requests * 5 + 120) / 6000;
    const deviation = Math.sqrt(requests * (requests - 1));
    expect(Math.abs(mean / overlap - requests)).toBeLessThan(
      Math.max(0.02, (4 * deviation) / Math.sqrt(all.length)),
    );
    const single = all.filter((size) => size === 1).length / all.length;
    expect(Math.abs(single - 1 / requests / overlap)).toBeLessThan(4 * Math.sqrt(0.25 / all.length));
  });

  it('make as many requests as starts times size', () => {
    const seen = arrivals(workload(4), 20 * HOUR, { count: 50 });
    const starts = (50 * 20 * 60) / 20;
    // Variance of a Poisson number of geometric sizes of mean m: starts · m (2m - 1).
    expect(Math.abs(seen.length - 4 * starts)).toBeLessThan(4 * Math.sqrt(starts * 4 * 7));
  });

  it('pause exponentially between requests', () => {
    const all = byClient(
      arrivals({ ...workload(20), every: 200 * MINUTE } as WorkloadSpec, 100 * HOUR, { count: 30 }),
    ).flatMap(gaps);
    const short = all.filter((gap) => gap < 2 * pause);
    const counts = histogram(
      short.map((gap) => (1 - Math.exp(-gap / pause)) / (1 - Math.exp(-2))),
      10,
      1,
    );
    expect(
      chiSquare(
        counts,
        counts.map(() => short.length / 10),
      ),
    ).toBeLessThan(critical(9) + 5);
  });
});

describe('a daily rhythm', () => {
  const shape = { amplitude: 0.8, peak: 14 * HOUR };
  const rows: [what: string, workload: WorkloadSpec][] = [
    ['Poisson', { kind: 'poisson', every: 10 * MINUTE, diurnal: shape }],
    ['sessions', { kind: 'sessions', every: 10 * MINUTE, requests: 1, pause: SECOND, diurnal: shape }],
  ];
  test.each(rows)('%s: 1 + a cos(2π (t - peak)/day)', (_, workload) => {
    const seen = arrivals(workload, 2 * DAY, { count: 60 });
    const hours = histogram(
      seen.map(({ at }) => at % DAY),
      24,
      DAY,
    );
    const total = (60 * 2 * DAY) / (10 * MINUTE);
    const expected = hours.map((_count, hour) => {
      const angle = (at: number): number => Math.sin((2 * Math.PI * (at - 14)) / 24);
      return (total / 24) * (1 + (0.8 * 24 * (angle(hour + 1) - angle(hour))) / (2 * Math.PI));
    });
    expect(chiSquare(hours, expected)).toBeLessThan(critical(24));
    expect(
      chiSquare(
        hours,
        hours.map(() => total / 24),
      ),
    ).toBeGreaterThan(1000);
  });
});

describe('which name is asked for', () => {
  it('follows the weights', () => {
    const questions = [
      asks('app.example.com. A', 5),
      asks('b.example.com. A', 3),
      asks('c.example.com. A', 0),
      asks('d.example.com. A', 2),
    ];
    const seen = arrivals({ kind: 'poisson', every: SECOND }, 2 * HOUR, { questions });
    const share = (text: string): number => seen.filter(({ name }) => name === text).length / seen.length;
    const error = 4 * Math.sqrt(0.25 / seen.length);
    expect(Math.abs(share('app.example.com.') - 0.5)).toBeLessThan(error);
    expect(Math.abs(share('b.example.com.') - 0.3)).toBeLessThan(error);
    expect(share('c.example.com.')).toBe(0);
    expect(Math.abs(share('d.example.com.') - 0.2)).toBeLessThan(error);
  });
});

describe('open loop', () => {
  it('demand does not fall because requests fail', () => {
    const workload = { kind: 'poisson', every: 10 * SECOND } as const;
    const users = population({ count: 20, workload });
    const healthy = observe(drill({ start: 'warm', duration: HOUR, populations: [users] })).seen;
    const broken = observe(
      drill({
        duration: HOUR,
        populations: [users],
        resolvers: [resolver({ options: { configuredZones: [] } })],
      }),
    ).seen;
    expect(broken.map(({ at, client }) => [at, client])).toEqual(
      healthy.map(({ at, client }) => [at, client]),
    );
    expect(broken.every(({ cause }) => cause !== '')).toBe(true);
  });
});
