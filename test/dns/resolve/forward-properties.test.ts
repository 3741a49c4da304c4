/** Whatever upstreams do, a forwarder keeps its promises: one end for each query, nothing left behind. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { ROOT } from '../../../src/dns/data/name.ts';
import type { ForwardingOptions } from '../../../src/dns/resolve/forward/options.ts';
import { type Reaction, reply, World } from './harness.ts';

const UPSTREAMS = ['192.0.2.50', '192.0.2.51', '192.0.2.52'];

const forwarding = fc.record({
  policy: fc.constantFrom<ForwardingOptions['policy'][]>(
    'sticky-fastest',
    'random',
    'round-robin',
    'sequential',
  ),
  timeoutMicros: fc.constantFrom(SECOND, 2 * SECOND, 10 * SECOND),
  rounds: fc.constantFrom(1, 2, undefined),
  totalMicros: fc.constantFrom(0, 5 * SECOND),
  resendErrors: fc.boolean(),
  silent: fc.boolean(),
  freshTtl: fc.constantFrom<ForwardingOptions['freshTtl'][]>('received', 'kept'),
  health: fc.constantFrom(undefined, { failures: 2, pauseMicros: 500 * MILLISECOND, timeoutMicros: SECOND }),
  stickyQuestions: fc.integer({ min: 0, max: 3 }),
  stickyMicros: fc.constantFrom(0, 20 * SECOND),
});

const mood = fc.constantFrom('answers', 'silent', 'unreachable', 'SERVFAIL', 'REFUSED');
const query = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  gap: fc.constantFrom(0, 100 * MILLISECOND, 3 * SECOND, 8 * SECOND),
});

it('every query ends once, in time; nothing stays under way', () => {
  const drawn = fc.record({
    options: forwarding,
    upstreams: fc.integer({ min: 1, max: 3 }),
    moods: fc.array(mood, { minLength: 1, maxLength: 20 }),
    queries: fc.array(query, { minLength: 1, maxLength: 12 }),
    draws: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(drawn, ({ options, upstreams, moods, queries, draws }) => {
      let turn = 0;
      let draw = 0;
      const addresses = UPSTREAMS.slice(0, upstreams);
      const world = new World(
        {
          forwarding: options,
          budgetMicros: 10 * SECOND,
          failureSeconds: { first: 0, factor: 1, maximum: 0 },
          configuredZones: [{ zone: ROOT, mode: 'forward', addresses, fallback: false }],
        },
        () => draws[draw++ % draws.length]!,
      );
      let healed = false;
      const server = (asked: Parameters<typeof reply>[0]): Reaction => {
        const its = healed ? 'answers' : moods[turn++ % moods.length]!;
        if (its === 'silent' || its === 'unreachable') return its;
        const sections =
          its === 'answers' ? { answer: `${asked.name} 3 A 203.0.113.1` } : { rcode: its as 'SERVFAIL' };
        return reply(asked, { authoritative: false, recursionAvailable: true, ...sections });
      };
      for (const address of addresses) world.servers.set(address, server);
      const asked = queries.map(({ name, gap }) => {
        const ticket = world.ask(`${name}. A`);
        const at = world.now;
        world.pass(gap);
        return { ticket, at };
      });
      world.pass(30 * SECOND);
      for (const { ticket, at } of asked) {
        const given = world.answers.get(ticket);
        expect(given).toBeDefined();
        expect(given!.at - at).toBeLessThanOrEqual(15 * SECOND);
      }
      healed = true;
      world.settle();
      const { forwarder } = world.resolver.state;
      expect([world.resolver.idle, forwarder!.probes.size, forwarder!.pauses.size]).toEqual([true, 0, 0]);
    }),
    { seed: 20_161_021, numRuns: 400 },
  );
});
