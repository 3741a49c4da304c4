/** Questions that several fetches need at the same time, and refusals by the network. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import { UPSTREAM_REFERENCE, type UpstreamRules } from '../../../src/dns/resolve/upstream.ts';
import { COM_SERVER, EXAMPLE_1, EXAMPLE_2, reply, type Server, World } from './harness.ts';

const MS = MILLISECOND;
const WWW = 'www.example.com. A';

function world(upstream: Partial<UpstreamRules>, options: Partial<ResolverOptions> = {}): World {
  const made = World.standard({
    priming: false,
    refreshDelegation: false,
    sendsPerServer: 1,
    timeout: 'fixed',
    firstTimeoutMicros: SECOND,
    upstream: { ...UPSTREAM_REFERENCE, ...upstream },
    ...options,
  });
  made.resolve('mail.example.com. MX');
  made.takeSent();
  return made;
}

const toExample = (made: World): string[] =>
  made.takeSent().filter((line) => line.startsWith(EXAMPLE_1) || line.startsWith(EXAMPLE_2));

describe('a question under way', () => {
  const minimised = { qnameMinimisation: 'relaxed', minimisedType: 'NS' } as const;

  test.each([
    ['nobody', 2],
    ['first', 1],
    ['last', 1],
    ['server', 1],
    ['chain', 1],
  ] as const)('shared by %s: %i queries for the minimised name of two', (sharedBy, queries) => {
    const made = world({ sharedBy }, minimised);
    const tickets = ['a.deep.example.com. A', 'b.deep.example.com. A'].map((text) => made.ask(text));
    made.settle();
    expect(toExample(made).filter((line) => line.endsWith(' deep.example.com. NS'))).toHaveLength(queries);
    for (const ticket of tickets) expect(made.textOf(ticket)).toContain('NXDOMAIN');
    expect(made.resolver.idle).toBe(true);
  });

  const times = (sharedBy: UpstreamRules['sharedBy'], joinQueries: boolean): string[] => {
    const made = world({ sharedBy }, { joinQueries });
    made.kill(EXAMPLE_1, EXAMPLE_2);
    const asked = [0, 400].map((at) => {
      made.pass(at * MS);
      return { at: made.now, ticket: made.ask(WWW) };
    });
    made.settle();
    const waits = asked.map(({ at, ticket }) => `${(made.answers.get(ticket)!.at - at) / SECOND} s`);
    return [...waits, `${toExample(made).length} queries`];
  };

  it('joined as a whole, it fails for all at the same time', () => {
    expect(times('nobody', true)).toEqual(['2 s', '1.6 s', '2 queries']);
  });

  it('in a chain each waits its own time for each server, and only the first asks', () => {
    expect(times('chain', false)).toEqual(['2 s', '2 s', '2 queries']);
  });

  it('whoever comes later finds the question on its way to either server', () => {
    expect(times('last', false).at(-1)).toBe('4 queries');
    expect(times('nobody', false).at(-1)).toBe('4 queries');
  });

  it('goes out again for those who waited, when the fetch that sent it ends', () => {
    const made = world({ sharedBy: 'first' }, { joinQueries: false, budgetMicros: 500 * MS });
    made.kill(EXAMPLE_1, EXAMPLE_2);
    made.ask(WWW);
    made.pass(300 * MS);
    made.ask(WWW);
    made.pass(100 * MS);
    expect(toExample(made)).toHaveLength(1);
    made.pass(200 * MS);
    expect(toExample(made)).toHaveLength(1);
    made.settle();
    expect(made.resolver.idle).toBe(true);
  });
});

describe('a refusal by the network', () => {
  const refusing: Server = () => 'unreachable';

  /** How long two questions take one after the other, and how many queries go to the server that is refused. */
  const played = (refusals: UpstreamRules['refusals']): [number, number] => {
    const selection = {
      id: 'lowest-rtt',
      weight: 0.3,
      decayPerSecond: 0,
      timeoutPenaltyMicros: SECOND,
    } as const;
    const made = world({ refusals }, { selection });
    made.rtt.set(EXAMPLE_2, 15 * MS);
    made.resolve('example.com. MX');
    made.takeSent();
    made.servers.set(EXAMPLE_1, refusing);
    const begun = made.now;
    made.resolve(WWW);
    made.resolve('alias.example.com. A');
    return [(made.now - begun) / MS, toExample(made).filter((line) => line.startsWith(EXAMPLE_1)).length];
  };

  test.each([
    ['ignored', [1030, 1]],
    ['next-server', [30, 2]],
    ['as-loss', [30, 1]],
  ] as const)('%s: time and queries %j', (refusals, [millis, queries]) => {
    expect(played(refusals)).toEqual([millis, queries]);
  });

  it('kept from the server for a minute where questions are', () => {
    const throttle = {
      timeoutMicros: 10 * SECOND,
      timeoutQueries: 5,
      errorMicros: 60 * SECOND,
      errorQueries: 3,
      refusalMicros: 60 * SECOND,
      refusalQueries: 100,
    };
    const failureSeconds = { first: 0, factor: 1, maximum: 0 };
    const made = world({ refusals: 'as-loss', throttle }, { failureSeconds });
    for (const address of [EXAMPLE_1, EXAMPLE_2]) made.servers.set(address, refusing);
    made.resolve(WWW);
    made.pass(59 * SECOND);
    made.resolve(WWW);
    expect(toExample(made)).toHaveLength(2);
    made.pass(2 * SECOND);
    made.resolve(WWW);
    expect(toExample(made)).toHaveLength(2);
  });

  it('of a connection ends TCP, not the server, where there is a rule for TCP', () => {
    const tcp = {
      afterTimeouts: undefined,
      afterErrors: true,
      aboveMicros: undefined,
      connectMicros: 2 * SECOND,
      replyMicros: 10 * SECOND,
    };
    const made = world({ tcp });
    for (const address of [EXAMPLE_1, EXAMPLE_2])
      made.servers.set(address, (asked, transport) =>
        transport === 'tcp' ? 'unreachable' : reply(asked, { rcode: 'SERVFAIL' }),
      );
    made.resolve(WWW);
    expect(toExample(made).filter((line) => line.endsWith(' tcp'))).toHaveLength(1);
    expect(made.servers.has(COM_SERVER)).toBe(true);
  });
});
