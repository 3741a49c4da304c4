/** Entries of the timeline. Each with its place, code and hint. */
import { describe, expect, test } from 'vitest';
import { BASE, line, load } from './base.ts';

const add = (text: string): string => BASE + text;
const sub = (from: string, to: string): string => BASE.replace(from, to);

const CASES: readonly [what: string, text: string, problems: readonly string[], sets?: readonly string[]][] =
  [
    [
      'an end before the start',
      add('timeline:\n  - { at: 10m, fail: endpoint east, until: 5m }\n'),
      [
        '14:44 scenario-ends-before: it ends at 5m, not after its start at 10m (timeline.0.until) -> until is a time since the start; use for',
      ],
    ],
    [
      'two ends',
      add('timeline:\n  - { at: 10m, fail: endpoint east, until: 15m, for: 1m }\n'),
      ['14:44 scenario-two-ends: for and until both say when it ends (timeline.0.until) -> keep one of them'],
    ],
    [
      'an entry after the end of the run',
      add('timeline:\n  - { at: 2h, fail: endpoint east }\n'),
      [
        '14:11 warning scenario-after-end: it happens at 2h, when the run is over (timeline.0.at) -> the run ends at 1h',
      ],
    ],
    [
      'a repair of nothing',
      add('timeline:\n  - { at: 20m, restore: endpoint east }\n'),
      ['14:25 warning scenario-nothing-to-restore: nothing ails endpoint east at 20m (timeline.0.restore)'],
    ],
    [
      'an entry without an action',
      add('timeline:\n  - { at: 10m, fial: endpoint east }\n'),
      ["14:5 scenario-no-action: the entry does not say what happens (timeline.0) -> did you mean 'fail'?"],
    ],
    [
      'a target without its kind',
      add('timeline:\n  - { at: 10m, fail: us-east }\n'),
      [
        "14:22 scenario-bad-target: 'us-east' is not a target (timeline.0.fail) -> write one of: endpoint NAME, server NAME, site SERVER@REGION, provider NAME, plane PROVIDER/PLANE, region NAME, resolver NAME, path REGION/REGION",
      ],
    ],
    [
      'a fault that does not fit',
      add('timeline:\n  - { at: 10m, flood: endpoint east, rate: 5 }\n'),
      [
        '14:23 scenario-unfit-target: flood means nothing to endpoint east (timeline.0.flood) -> it takes a server, a site or a provider',
      ],
    ],
    [
      'an address family of an endpoint',
      add('timeline:\n  - { at: 10m, fail: endpoint east, family: 6 }\n'),
      [
        '14:22 scenario-misplaced-family: endpoint NAME has no address families (timeline.0.fail) -> use a server, a site or a provider',
      ],
    ],
    [
      'a repetition without a count',
      add('timeline:\n  - { at: 10m, fail: endpoint east, every: 5m }\n'),
      [
        '14:44 scenario-repeat: every needs times beside it (timeline.0.every) -> write for example every: 10m, times: 3',
      ],
    ],
    [
      'a wrong answer that is not told',
      add('timeline:\n  - { at: 10m, wrong: provider main }\n'),
      [
        '14:5 scenario-wrong-answer: it does not say what is answered (timeline.0) -> write answer: servfail, or record: with a record',
      ],
    ],
    [
      'a wrong record that is malformed',
      add('timeline:\n  - { at: 10m, wrong: provider main, record: "app 60 IN A 1.2.3" }\n'),
      ["14:46 zone-bad-value: '1.2.3' is no IPv4 address -> expected an address such as 192.0.2.1"],
    ],
    [
      'a TTL of no record',
      add('timeline:\n  - { at: 10m, ttl: example.com, name: ap, type: A, to: 5s }\n'),
      [
        "14:40 scenario-no-such-record: the zone example.com. has no ap.example.com. A at that time (timeline.0.name) -> did you mean 'app.example.com.'?",
      ],
    ],
    [
      'a TTL that a policy decides',
      add(
        'policies: { app.example.com/A: { failover: { primary: east, secondary: west } } }\ntimeline:\n  - { at: 10m, ttl: example.com, name: app, type: A, to: 5s }\n',
      ),
      [
        '15:40 scenario-policy-decides: app.example.com. A is decided by a policy, which has its own TTL (timeline.0.name) -> change policies.app.example.com/A.failover.ttl',
      ],
    ],
    [
      'a delegation to a provider without the zone',
      sub('    records:', '    providers: [a]\n    records:') +
        'providers: { a: {}, b: {} }\ntimeline:\n  - { at: 1m, delegate: example.com, to: b }\n',
      [
        '16:42 scenario-not-serving: the provider b does not serve example.com. (timeline.0.to) -> add it to the providers of the zone; delegation.providers says who is delegated to at first',
      ],
    ],
    [
      'a flush of an endpoint',
      add('timeline:\n  - { at: 1m, flush: endpoint east }\n'),
      [
        '14:22 scenario-unfit-target: only resolvers can be flushed (timeline.0.flush) -> write resolver NAME, or all',
      ],
    ],
    [
      'a removal of nothing',
      add('timeline:\n  - { at: 1m, remove: example.com, name: nope }\n'),
      [
        "14:42 warning scenario-no-such-record: the zone example.com. has no nope.example.com. at that time (timeline.0.name) -> did you mean 'app.example.com.'?",
      ],
    ],
  ];

describe('problems: timeline', () => {
  test.each(CASES)('%s', (_, text, problems, sets = []) => {
    expect(load(text, {}, sets).issues.map(line)).toEqual(problems);
  });
});
