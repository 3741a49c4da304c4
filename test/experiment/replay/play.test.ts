import { describe, expect, it, test } from 'vitest';
import { readSetting } from '../../../src/experiment/replay/options/options.ts';
import { replayScript } from '../../../src/experiment/replay/replay.ts';
import { agreesUpTo, type Level, type ReplayVerdict } from '../../../src/measure/script-verdict.ts';

/** An expression in the notation of the scripts. */
function braced(expression: string): string {
  return `\${${expression}}`;
}

/** One server for everything below the root, and what a script does with it. */
function script(config: readonly string[], ...lines: readonly string[]): string {
  return [
    'server:',
    ...config,
    'stub-zone: name: "." stub-addr: 193.0.14.129',
    'CONFIG_END',
    'SCENARIO_BEGIN',
    'RANGE_BEGIN 0 1000',
    'ADDRESS 193.0.14.129',
    ...entry('MATCH qname qtype', 'REPLY AA', '. NS', ['ANSWER', '. NS k.']),
    'RANGE_END',
    ...lines,
    'SCENARIO_END',
  ].join('\n');
}

function entry(
  match: string,
  reply: string,
  question: string,
  ...sections: readonly (readonly string[])[]
): string[] {
  const parts = sections.flatMap(([section, ...records]) => [`SECTION ${section}`, ...records]);
  return ['ENTRY_BEGIN', match, 'ADJUST copy_id', reply, 'SECTION QUESTION', question, ...parts, 'ENTRY_END'];
}

/** A reply for `example. A` while the step is one of a range. */
function reply(from: number, to: number, ...records: readonly string[]): string[] {
  return [
    `RANGE_BEGIN ${from} ${to}`,
    ...entry('MATCH qname qtype', 'REPLY AA', 'example. A', ['ANSWER', ...records]),
    'RANGE_END',
  ];
}

const ask = (step: number, flags = 'RD'): string[] => [
  `STEP ${step} QUERY`,
  ...entry('MATCH', `REPLY ${flags}`, 'example. A'),
];

function check(step: number, match: string, rcode: string, ...records: readonly string[]): string[] {
  return [
    `STEP ${step} CHECK_ANSWER`,
    ...entry(`MATCH ${match}`, `REPLY QR RD RA ${rcode}`, 'example. A', ['ANSWER', ...records]),
  ];
}

function play(
  config: readonly string[],
  lines: readonly string[],
  settings: readonly string[] = [],
): ReplayVerdict {
  const given = new Map(settings.map(readSetting));
  const outcome = replayScript({
    text: script(config, ...lines),
    file: 'a.rpl',
    profile: 'unbound',
    settings: given,
  });
  expect(outcome.issues).toEqual([]);
  return outcome.verdict!;
}

function differing(verdict: ReplayVerdict): string[] {
  return verdict.differences.map(
    ({ level, step, expected, got }) => `${step} ${level}: ${expected} / ${got}`,
  );
}

const PLAIN = ['qname-minimisation: no', 'do-ip6: no'];
const HERE = 'example. 60 A 192.0.2.1';

describe('levels', () => {
  it('all agree where nothing differs', () => {
    const verdict = play(PLAIN, [...reply(0, 9, HERE), ...ask(1), ...check(2, 'all ttl', 'NOERROR', HERE)]);
    expect(verdict.differences).toEqual([]);
    expect(verdict.levels).toEqual({
      rcode: 'agrees',
      answer: 'agrees',
      ttl: 'agrees',
      authority: 'agrees',
      upstream: 'unchecked',
    });
  });

  test.each<[string, string[], Level, string]>([
    ['the rcode', check(2, 'all', 'NXDOMAIN', HERE), 'rcode', '2 rcode: NXDOMAIN / NOERROR'],
    [
      'a record',
      check(2, 'all', 'NOERROR', 'example. A 192.0.2.9'),
      'answer',
      '2 answer: example. IN A 192.0.2.9 / example. IN A 192.0.2.1',
    ],
    [
      'a TTL',
      check(2, 'all ttl', 'NOERROR', 'example. 61 A 192.0.2.1'),
      'ttl',
      '2 ttl: example. 61 IN A 192.0.2.1 / example. 60 IN A 192.0.2.1',
    ],
  ])('%s differs', (_what, checked, level, text) => {
    const verdict = play(PLAIN, [...reply(0, 9, HERE), ...ask(1), ...checked]);
    expect(differing(verdict)).toEqual([text]);
    expect(verdict.levels[level]).toBe('differs');
    expect(agreesUpTo(verdict, level)).toBe(false);
  });

  it('a TTL is not looked at unless the script says so', () => {
    const checked = check(2, 'all', 'NOERROR', 'example. 61 A 192.0.2.1');
    expect(play(PLAIN, [...reply(0, 9, HERE), ...ask(1), ...checked]).differences).toEqual([]);
  });

  it('an answer that never comes, and one that nobody looks at', () => {
    expect(differing(play(PLAIN, check(1, 'all', 'NOERROR')))).toEqual(['1 rcode: an answer / none']);
    expect(
      differing(play(PLAIN, [...reply(0, 9, HERE), ...ask(1), 'STEP 2 TRAFFIC', 'STEP 3 TRAFFIC'])),
    ).toEqual(['3 rcode: no further answer / example. A: NOERROR,example. 60 IN A 192.0.2.1']);
  });
});

describe('steps', () => {
  it('TIME_PASSES counts TTLs down, with macros too', () => {
    const passing = [
      `STEP 3 ASSIGN t = ${braced('time + 10')}`,
      `STEP 4 TIME_PASSES EVAL ${braced('$t * 2')}`,
    ];
    const after = [...ask(5), ...check(6, 'all ttl', 'NOERROR', 'example. 40 A 192.0.2.1')];
    const lines = [
      ...reply(0, 2, HERE),
      ...ask(1),
      ...check(2, 'all', 'NOERROR', HERE),
      ...passing,
      ...after,
    ];
    expect(differing(play(PLAIN, lines))).toEqual([]);
  });

  it('the range written last wins while it is active', () => {
    const other = 'example. 60 A 192.0.2.2';
    const lines = [
      ...reply(0, 99, HERE),
      ...reply(0, 5, other),
      ...ask(1),
      ...check(2, 'all', 'NOERROR', other),
    ];
    const later = ['STEP 6 TIME_PASSES ELAPSE 61', ...ask(7), ...check(8, 'all', 'NOERROR', HERE)];
    expect(differing(play(PLAIN, [...lines, ...later]))).toEqual([]);
  });

  it('CHECK_OUT_QUERY sees a query, REPLY answers it', () => {
    const sees = [
      'STEP 2 CHECK_OUT_QUERY',
      ...entry('MATCH qname qtype UDP', 'REPLY RD', 'example. A').filter(
        (line) => !line.startsWith('ADJUST'),
      ),
    ];
    const answers = ['STEP 3 REPLY', ...entry('MATCH', 'REPLY QR AA', 'example. A', ['ANSWER', HERE])];
    const verdict = play(PLAIN, [...ask(1), ...sees, ...answers, ...check(4, 'all', 'NOERROR', HERE)]);
    expect(differing(verdict)).toEqual([]);
    expect(verdict.levels.upstream).toBe('agrees');
  });

  it('CHECK_OUT_QUERY tells what was sent instead', () => {
    const sees = ['STEP 2 CHECK_OUT_QUERY', ...entry('MATCH qname TCP', 'REPLY RD', 'other. A')];
    expect(differing(play(PLAIN, [...ask(1), ...sees]))).toContain(
      '2 upstream: other. A over TCP / example. A to 193.0.14.129',
    );
  });

  test.each(['TIMEOUT', 'ERROR'])('%s ends a query', (type) => {
    const ends = Array.from({ length: 6 }, (_, index) => `STEP ${2 + index} ${type}`);
    expect(differing(play(PLAIN, [...ask(1), ...ends, ...check(9, 'all', 'SERVFAIL')]))).toEqual([]);
  });

  it('a query that nobody answers times out by itself', () => {
    const verdict = play(PLAIN, [...ask(1), ...check(2, 'all', 'SERVFAIL')]);
    expect(differing(verdict)).toEqual([]);
    expect(verdict.log.map(({ text }) => text)).toContain(
      'no reply to example. A to 193.0.14.129: nobody answers',
    );
  });

  it('a query without RD is one for the cache', () => {
    expect(
      differing(play(PLAIN, [...reply(0, 9, HERE), ...ask(1, ''), ...check(2, 'rcode', 'REFUSED')])),
    ).toEqual([]);
  });

  test.each([
    [`STEP 1 TIME_PASSES EVAL ${braced('1 + $nothing')}`, 'nothing was assigned to $nothing'],
    ['STEP 1 TIME_PASSES ELAPSE soon', "'soon' has no value"],
    [`STEP 1 TIME_PASSES EVAL ${braced('1 / 0')}`, 'division by zero'],
    ['STEP 1 ASSIGN x = range 1 5 4', '5 does not lie between 1 and 4'],
    [`STEP 1 ASSIGN x = ${'${'.repeat(99)}`, 'the expression is nested too deeply'],
  ])('%s cannot be played', (line, message) => {
    const { verdict, issues } = replayScript({ text: script([], line), file: 'a.rpl', profile: 'unbound' });
    expect(verdict).toBeUndefined();
    expect(issues).toMatchObject([
      { code: 'replay-cannot-play', message, place: { file: 'a.rpl', column: 1 } },
    ]);
  });
});

describe('the resolver of a script', () => {
  const twice = [
    ...reply(0, 2, HERE),
    ...ask(1),
    ...check(2, 'all', 'NOERROR', HERE),
    'STEP 3 TIME_PASSES ELAPSE 5',
    ...ask(4),
  ];

  it('has the settings of the configuration', () => {
    const kept = check(5, 'all ttl', 'NOERROR', 'example. 95 A 192.0.2.1');
    expect(differing(play([...PLAIN, 'cache-min-ttl: 100'], [...twice, ...kept]))).toEqual([]);
    expect(differing(play(PLAIN, [...twice, ...kept]))).toEqual([
      '5 ttl: example. 95 IN A 192.0.2.1 / example. 55 IN A 192.0.2.1',
    ]);
  });

  it('has before all the settings that are asked for', () => {
    const kept = check(5, 'all ttl', 'NOERROR', 'example. 195 A 192.0.2.1');
    const verdict = play([...PLAIN, 'cache-min-ttl: 100'], [...twice, ...kept], ['ttl-floor=200s']);
    expect(differing(verdict)).toEqual([]);
  });

  it('serves stale data with an extended error where both say so', () => {
    const stale = ['serve-expired: yes', 'serve-expired-client-timeout: 0', 'serve-expired-reply-ttl: 7'];
    const gone = [
      ...reply(0, 2, HERE),
      ...ask(1),
      ...check(2, 'all', 'NOERROR', HERE),
      'STEP 3 TIME_PASSES ELAPSE 99',
    ];
    const served = [...ask(4), ...check(5, 'all ttl ede=3', 'NOERROR', 'example. 7 A 192.0.2.1')];
    expect(differing(play([...PLAIN, ...stale, 'ede-serve-expired: yes'], [...gone, ...served]))).toEqual([]);
    expect(differing(play([...PLAIN, ...stale], [...gone, ...served]))).toEqual(['5 authority: ede=3 / ']);
  });

  test.each([
    ['trust-anchor: "example. DS 1 8 2 AB"', 'DNSSEC validation', true],
    ['rrset-roundrobin: no', undefined, false],
    ['an-option: 3', 'option an-option', false],
    ['auth-zone: name: example.', 'zones the resolver itself serves', true],
    ['local-data: "a. A 192.0.2.1"', 'zones the resolver itself serves', true],
    ['local-zone: test. nodefault', undefined, false],
    ['local-zone: test. static', 'zones the resolver itself serves', true],
    ['module-config: "validator iterator"', undefined, false],
    ['module-config: "dns64 cachedb iterator"', 'dns64, cachedb', true],
  ])('%s is named when it is not modelled', (option, feature, decisive) => {
    const { gaps } = play([option], ['STEP 1 TRAFFIC']);
    expect(gaps.map((gap) => [gap.feature, gap.decisive])).toEqual(
      feature === undefined ? [] : [[feature, decisive]],
    );
  });

  test.each([
    ['cache-max-ttl: soon', "'soon' is no value of cache-max-ttl"],
    ['forward-zone: name: a..b', 'empty'],
    ['stub-zone: stub-addr: 192.0.2.1', 'the zone has no name'],
    ['forward-zone: name: "." forward-addr: here', "'here' is no address"],
  ])('%s is a problem, with its line', (option, message) => {
    const { issues } = replayScript({
      text: script([option], 'STEP 1 TRAFFIC'),
      file: 'a.rpl',
      profile: 'bind',
    });
    expect(issues.map((issue) => `${issue.place?.line}: ${issue.message}`)).toEqual([
      expect.stringMatching(new RegExp(`^2: .*${message}`)),
    ]);
  });

  test.each([
    ['ttl-flor=1s', "'ttl-flor' is no setting of a resolver: did you mean 'ttl-floor'?"],
    ['ttl-floor=soon', "ttl-floor: 'soon' is not a TTL (write 90s, 1h30m, 250ms or 365d)"],
  ])('--with %s is refused', (text, message) => {
    expect(() => readSetting(text)).toThrow(message);
  });
});
