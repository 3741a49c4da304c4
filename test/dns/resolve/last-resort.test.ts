/** A recursive resolver that answers in place of an authority: of use when nobody else is, and not held against it. */
import { expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import { EXAMPLE_1, EXAMPLE_2, reply, World } from './harness.ts';

const THROTTLE = {
  timeoutMicros: 600 * SECOND,
  timeoutQueries: 9,
  errorMicros: 600 * SECOND,
  errorQueries: 9,
  refusalMicros: 600 * SECOND,
  refusalQueries: 9,
};

function world(rcode: 'NOERROR' | 'SERVFAIL'): World {
  const made = World.standard({ upstream: { ...RFC_REFERENCE.upstream, throttle: THROTTLE } });
  for (const address of [EXAMPLE_1, EXAMPLE_2]) {
    made.servers.set(address, (asked) =>
      rcode === 'SERVFAIL'
        ? reply(asked, { rcode })
        : reply(asked, {
            authoritative: false,
            recursionAvailable: true,
            answer: 'www.example.com. 60 A 203.0.113.9',
          }),
    );
  }
  return made;
}

it('is asked again for the same question, whatever is kept from servers that answer with errors', () => {
  const made = world('NOERROR');
  const answer = 'NOERROR fresh\nwww.example.com. 60 IN A 203.0.113.9';
  expect(made.resolve('www.example.com. A')).toBe(answer);
  made.pass(61 * SECOND);
  expect(made.resolve('www.example.com. A')).toBe(answer);
});

it('is not so where it answers with errors', () => {
  const made = world('SERVFAIL');
  made.resolve('www.example.com. A');
  made.pass(61 * SECOND);
  made.takeSent();
  made.resolve('www.example.com. A');
  expect(made.takeSent().filter((line) => line.startsWith(EXAMPLE_1) || line.startsWith(EXAMPLE_2))).toEqual(
    [],
  );
});
