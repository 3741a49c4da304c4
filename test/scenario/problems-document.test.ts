/** The shape of the document: YAML, keys, paths of --set and strategies. Each with its place, code and hint. */
import { describe, expect, test } from 'vitest';
import { BASE, line, load } from './base.ts';

const add = (text: string): string => BASE + text;
const sub = (from: string, to: string): string => BASE.replace(from, to);

const CASES: readonly [what: string, text: string, problems: readonly string[], sets?: readonly string[]][] =
  [
    ['a well-formed scenario', BASE, []],
    [
      'a list',
      '- 1\n',
      [
        '1:1 scenario-wrong-shape: a list is not a map -> a scenario is keys with values, such as duration: 1h',
      ],
    ],
    ['comments only', '# nothing\n', ['1:1 scenario-empty: the file holds nothing']],
    [
      'a tab',
      'duration: 1h\nzones:\n\t- name: x\n',
      ['3:1 scenario-tab: a tab indents the line -> indent with spaces'],
    ],
    [
      'a key twice',
      add('duration: 2h\n'),
      ["13:1 scenario-duplicate-key: the key 'duration' stands here a second time"],
    ],
    [
      'a list without an end',
      'duration: [1h\n',
      [
        '2:1 scenario-yaml: the indentation does not fit, or a bracket above is not closed -> what belongs together begins in the same column; [ needs ] and { needs }',
      ],
    ],
    [
      'two documents',
      `${BASE}---\na: 1\n`,
      [
        '13:1 scenario-several-documents: a second document starts here -> a file holds one scenario: remove the --- and what follows',
      ],
    ],
    [
      'an alias of nothing',
      add('title: *nobody\n'),
      ["13:8 scenario-unknown-anchor: there is no anchor 'nobody' above"],
    ],
    ['a list as a key', add('? [a]\n: b\n'), ['13:3 scenario-bad-key: a key must be plain text']],
    [
      'an unknown key',
      add('timelime: []\n'),
      ["13:1 scenario-unknown-key: there is no key 'timelime' here (timelime) -> did you mean 'timeline'?"],
    ],
    [
      'an unknown key further down',
      sub('count: 10', 'cuont: 10'),
      [
        "12:12 scenario-unknown-key: there is no key 'cuont' here (clients.users.cuont) -> did you mean 'count'?",
      ],
    ],
    [
      'a missing duration',
      sub('duration: 1h\n', ''),
      ["1:1 scenario-missing: 'duration' is missing (duration) -> add for example duration: 1h"],
    ],
    [
      'one key of YAML on the line of another',
      add('title: a: b\n'),
      [
        "13:8 scenario-yaml: a second key stands on the same line -> give it a line of its own, or quote the value: key: 'a: b'",
      ],
    ],
    [
      'a tag',
      add('seed: !!int 5s\n'),
      [
        '13:7 scenario-yaml: tags, such as !!int, mean nothing here -> remove the tag, or quote a text that begins with !',
      ],
    ],
    [
      'brackets without an end in sight',
      `title: ${'['.repeat(5000)}${']'.repeat(5000)}`,
      [expect.stringMatching(/^1:\d+ scenario-yaml: the text is nested too deeply to be read$/)],
    ],
    [
      'aliases that grow and grow',
      `a: &a [${'x,'.repeat(99)}]\nb: &b [${'*a,'.repeat(99)}]\nc: [${'*b,'.repeat(99)}]`,
      [expect.stringMatching(/scenario-too-large: the document is too large once its aliases are expanded$/)],
    ],
    [
      'keys of other places',
      sub('requests: {', 'types: A, seed: 3, requests: {'),
      [
        "12:23 scenario-unknown-key: there is no key 'types' here (clients.users.types) -> there is one below os: and requests:",
        "12:33 scenario-unknown-key: there is no key 'seed' here (clients.users.seed) -> it belongs at the top",
      ],
    ],
    [
      'a list of requests',
      sub('{ name: app.example.com }', '[{ name: app.example.com }]'),
      [
        '12:33 scenario-wrong-shape: a list is not a map (clients.users.requests) -> What the clients ask for, and when; several names go below names:. For example: { name: app.example.com, every: 60s }',
      ],
    ],
    [
      'one expectation without a list',
      add('expect: recovery.p99 < 5m\n'),
      [
        "13:9 scenario-wrong-shape: 'recovery.p99 < 5m' does not fit here (expect) -> Expectations for every strategy. For example: [recovery.p99 < 5m, availability.min >= 50%]",
      ],
    ],
    [
      'missing clients',
      BASE.slice(0, BASE.indexOf('clients:')),
      [
        "1:1 scenario-missing: 'clients' is missing (clients) -> add for example clients: { browsers: { count: 10000, requests: { name: app.example.com, every: 60s } } }",
      ],
    ],
    [
      'a key without a value',
      add('timeline:\n'),
      [
        '13:10 scenario-wrong-shape: an empty value is not a list (timeline) -> remove the key or give it a value',
      ],
    ],
    [
      'a number for a map',
      add('network: 5\n'),
      ["13:10 scenario-wrong-shape: '5' is not a map (network) -> Regions, delays and losses."],
    ],
    [
      'a list for a map',
      sub('{ address: 198.51.100.20 }', '[1]'),
      [
        '8:9 scenario-wrong-shape: a list is not a map (endpoints.west) -> A service that clients connect to.',
      ],
    ],
    [
      '--set',
      BASE,
      [
        "--set clients.users.count=many:1:1 scenario-bad-number: 'many' is not a whole number from 1 to 1000000000 (clients.users.count)",
        "--set clients.users.requests.name.x=5:1:1 scenario-bad-path: nothing can be set at 'clients.users.requests.name.x' -> clients.users.requests.name is not a map; set it as a whole",
        "--set clients.usres.count=5:1:1 scenario-bad-path: nothing can be set at 'clients.usres.count' -> did you mean 'users'?",
        "--set duration=5:1:1 scenario-bad-duration: '5' is not a duration (duration) -> write 5s or 5m",
        "--set netwrok.loss=5%:1:1 scenario-bad-path: nothing can be set at 'netwrok.loss' -> did you mean 'network'?",
        "--set nonsense:1:1 scenario-bad-set: 'nonsense' sets nothing -> write path=value, for example duration=2h",
        "--set zones.3.name=x:1:1 scenario-bad-path: nothing can be set at 'zones.3.name' -> items count from 0: the list has only item 0",
      ],
      [
        'duration=5',
        'clients.usres.count=5',
        'nonsense',
        'clients.users.count=many',
        'clients.users.requests.name.x=5',
        'zones.3.name=x',
        'netwrok.loss=5%',
      ],
    ],
    [
      'paths of strategies',
      add('strategies:\n  a:\n    clients.user.count: 5\n    duration: 5m\n    clients.users.count: none\n'),
      [
        "15:5 scenario-bad-path: nothing can be set at 'clients.user.count' (strategies.a.clients.user.count) -> did you mean 'users'?",
        "16:5 scenario-bad-path: strategies share one 'duration' (strategies.a.duration) -> set it in the file or with --set",
        "17:26 scenario-bad-number: 'none' is not a whole number from 1 to 1000000000 (clients.users.count)",
      ],
    ],
  ];

describe('problems: document', () => {
  test.each(CASES)('%s', (_, text, problems, sets = []) => {
    expect(load(text, {}, sets).issues.map(line)).toEqual(problems);
  });
});
