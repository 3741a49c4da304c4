import { describe, expect, it, test } from 'vitest';
import type { TraceStep } from '../../../../src/model/clients/observation.ts';
import { searchFor } from '../../../../src/model/clients/stub/search-list.ts';
import type { WorldSpec } from '../../../../src/model/spec.ts';
import type { StubBehaviour } from '../../../../src/profiles/client-behaviour.ts';
import { name } from '../../world.ts';
import { asks, drill, playWorld, population, resolver, SECOND } from '../population-world.ts';
import { presetStub } from './preset-stub.ts';
import { type State, stubWorld, WatchedClient } from './stub-world.ts';

const LIST = ['shop.example.com.', 'example.com.'].map(name);

/** Clients of one resolver who ask for `app` without its final dot; records of example.com as given. */
function searching(stub: StubBehaviour, asked = 'app', types = 'A', records = ''): WorldSpec {
  const search = searchFor(name(`${asked}.`), LIST, 1, stub.search);
  const question = asks(`app.example.com. ${types}`);
  return drill({
    duration: 100 * SECOND,
    records,
    resolvers: [resolver({ options: { configuredZones: [zoneAt('example.com.'), zoneAt('.')] } })],
    populations: [
      population({
        stub,
        questions: [{ ...question, search }],
        workload: { kind: 'periodic', every: SECOND },
      }),
    ],
  });
}

function zoneAt(zone: string): {
  zone: ReturnType<typeof name>;
  mode: 'stub';
  addresses: string[];
  fallback: false;
} {
  return { zone: name(zone), mode: 'stub', addresses: ['192.0.2.1'], fallback: false };
}

/** The candidates asked, and how it ended: `app.shop.example.com. app.example.com. -> NOERROR 203.0.113.10`. */
function walk(steps: readonly TraceStep[]): string {
  const asked = steps.flatMap(({ code, text }) =>
    code === 'search-candidate' ? [text.slice(0, text.indexOf(': '))] : [],
  );
  const end = steps.find(({ code }) => code === 'stub-answer' || code === 'stub-gave-up')!;
  return `${asked.join(' ')} -> ${end.text.replace(/, TTL.*/, '')}`;
}

const walkOf = (spec: WorldSpec): string => walk(new WatchedClient(spec).request());

describe('a search list, candidate by candidate', () => {
  const TRY = 'app.shop.example.com.';
  test.each([
    [
      'the first that has data ends it',
      'glibc',
      'app.shop 60 IN A 203.0.113.10',
      `${TRY} -> NOERROR 203.0.113.10`,
    ],
    ['NXDOMAIN leads on', 'glibc', '', `${TRY} app.example.com. -> NOERROR 203.0.113.10`],
    [
      'NODATA leads on with glibc',
      'glibc',
      'app.shop 60 IN TXT x',
      `${TRY} app.example.com. -> NOERROR 203.0.113.10`,
    ],
    ['NODATA ends it with musl', 'musl', 'app.shop 60 IN TXT x', `${TRY} -> NOERROR`],
    [
      'a CNAME to nothing is NODATA',
      'musl',
      'app.shop 60 IN CNAME x\nx 60 IN TXT x',
      `${TRY} -> NOERROR x.example.com.`,
    ],
  ])('%s (%s)', (_, id, records, expected) => {
    expect(walkOf(searching(presetStub(id), 'app', 'A', records))).toBe(expected);
  });

  it('A and AAAA stay together: data of one type is enough', () => {
    const records = 'app.shop 60 IN AAAA 2001:db8::1';
    const steps = new WatchedClient(searching(presetStub('glibc'), 'app', 'A AAAA', records)).request();
    const answers = steps.flatMap(({ code, text }) =>
      code === 'stub-answer' ? [text.replace(/, TTL.*/, '')] : [],
    );
    expect(answers).toEqual(['NOERROR', 'NOERROR 2001:db8::1']);
  });

  it('a name with its final dot is asked alone (negative control)', () => {
    const spec = searching(presetStub('glibc'));
    const { search: _, ...plain } = spec.populations[0]!.questions[0]!;
    const alone = { ...spec, populations: [{ ...spec.populations[0]!, questions: [plain] }] };
    expect(walkOf(alone)).toBe(' -> NOERROR 203.0.113.10');
  });

  it('multiplies queries to the resolver, whose cache keeps every NXDOMAIN', () => {
    const counts = [searching(presetStub('glibc')), withoutList(searching(presetStub('glibc')))].map(
      (spec) => {
        const { loads } = playWorld(spec);
        return loads[0]!.queries.reduce((sum, count) => sum + count, 0);
      },
    );
    expect(counts).toEqual([200, 100]);
  });

  it('and costs a round trip of the stub for each candidate', () => {
    const latencies = [searching(presetStub('glibc')), withoutList(searching(presetStub('glibc')))].map(
      (spec) => {
        const steps = new WatchedClient(spec);
        steps.request();
        const again = steps.request(50);
        return Math.round((again.at(-1)!.at - again[0]!.at) / 1000);
      },
    );
    expect(latencies).toEqual([10, 5]);
  });
});

function withoutList(spec: WorldSpec): WorldSpec {
  const { search: _, ...plain } = spec.populations[0]!.questions[0]!;
  return { ...spec, populations: [{ ...spec.populations[0]!, questions: [plain] }] };
}

describe('A and AAAA', () => {
  const sends = (steps: readonly TraceStep[]): string =>
    steps
      .flatMap(({ at, code }) => (code === 'stub-send' ? [Math.round((at - steps[0]!.at) / SECOND)] : []))
      .join(' ');
  const storyOf = (id: string, states: State[], changes = {}): string =>
    sends(new WatchedClient(stubWorld(presetStub(id, changes), states, 'A AAAA')).request());

  test.each([
    ['glibc', ['silent', 'up'], {}, '0 0 5 5'], // both on one socket, send_dg()
    ['glibc', ['silent', 'up'], { types: 'in-turn' }, '0 5 5 10'], // options single-request
    ['musl', ['silent'], {}, '0 0 3 3'],
    ['windows', ['up'], {}, '0 0'], // TechNet bb727035: AAAA once A is answered
    ['windows', ['silent'], {}, '0 1 2 4 8'], // and not at all when A times out
    ['windows', ['silent'], { types: 'in-turn' }, '0 1 2 4 8 10 11 12 14 18'], // negative control
  ])('%s, %j, %j: transmissions at %s', (id, states, changes, expected) => {
    expect(storyOf(id, states as State[], changes)).toBe(expected);
  });

  it('in turn they cost two round trips of the stub, together one', () => {
    const delays = ['in-turn', 'together'].map((types) => {
      const client = new WatchedClient(stubWorld(presetStub('glibc', { types }), ['up'], 'A AAAA'));
      client.request();
      const steps = client.request();
      return Math.round((steps.at(-1)!.at - steps[0]!.at) / 1000);
    });
    expect(delays[0]! - delays[1]!).toBe(5);
  });
});
