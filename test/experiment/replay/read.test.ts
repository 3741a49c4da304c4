import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatIssue } from '../../../src/base/issue.ts';
import { hasErrors, readScript } from '../../../src/experiment/replay/read/read.ts';
import { replayScript } from '../../../src/experiment/replay/replay.ts';

const EXPRESSION = `\${time + 1}`;

/** A script around some lines of its scenario, which begin on line 7. */
function script(...lines: readonly string[]): string {
  return [
    '; a comment',
    'server: # of the server',
    '  cache-max-ttl: 10',
    'stub-zone: name: "." stub-addr: 193.0.14.129',
    'CONFIG_END',
    'SCENARIO_BEGIN A title',
    ...lines,
    'SCENARIO_END',
  ].join('\n');
}

const ENTRY = ['ENTRY_BEGIN', 'REPLY RD', 'SECTION QUESTION', 'www.example.com. IN A', 'ENTRY_END'];

function problems(text: string): string[] {
  return readScript(text, 'a.rpl').issues.map((issue) => formatIssue(issue).split('\n')[0]!);
}

describe('reading a script', () => {
  it('gives configuration, ranges and steps', () => {
    const { script: read, issues } = readScript(
      script('RANGE_BEGIN 0 10', 'ADDRESS 192.0.2.1', ...ENTRY, 'RANGE_END', 'STEP 1 QUERY', ...ENTRY),
      'a.rpl',
    );
    expect(issues).toEqual([]);
    expect(read!.title).toBe('A title');
    expect(read!.config.map(({ kind, key, value, line }) => [kind, key, value, line])).toEqual([
      ['server', 'cache-max-ttl', '10', 3],
      ['stub-zone', 'name', '.', 4],
      ['stub-zone', 'stub-addr', '193.0.14.129', 4],
    ]);
    expect(read!.ranges[0]).toMatchObject({ from: 0, to: 10, addresses: ['192.0.2.1'] });
    expect(read!.steps[0]).toMatchObject({ number: 1, type: 'QUERY', line: 15 });
    expect(read!.steps[0]!.entry!.question).toEqual({ name: 'www.example.com.', type: 1 });
  });

  test.each([
    ['example.com. IN A 192.0.2.1', 3600],
    ['example.com. 60 IN A 192.0.2.1', 60],
    ['example.com. IN 60 A 192.0.2.1', 60],
    ['example.com. 60 A 192.0.2.1', 60],
    ['example.com. A 192.0.2.1 ; with a comment', 3600],
  ])('reads the record %s', (record, ttl) => {
    const text = script('STEP 1 CHECK_ANSWER', 'ENTRY_BEGIN', 'SECTION ANSWER', record, 'ENTRY_END');
    const { answer } = readScript(text, 'a.rpl').script!.steps[0]!.entry!;
    expect(answer).toMatchObject([{ name: 'example.com.', type: 1, ttl, rdata: [{ text: '192.0.2.1' }] }]);
  });

  it('knows $ORIGIN and $TTL', () => {
    const lines = ['SECTION ANSWER', '$ORIGIN example.com.', '$TTL 30', 'www IN TXT "a;b"', 'ENTRY_END'];
    const { answer } = readScript(script('STEP 1 CHECK_ANSWER', 'ENTRY_BEGIN', ...lines), 'a.rpl').script!
      .steps[0]!.entry!;
    expect(answer).toMatchObject([{ name: 'www.example.com.', ttl: 30, rdata: [{ text: '"a;b"' }] }]);
  });

  test.each([
    ['STEP 1 DANCE', "there is no step 'DANCE'"],
    ['RANGE_BEGIN 0 1\nWEATHER fine\nRANGE_END', "'WEATHER fine' has no meaning in a range"],
    ['STEP 1 TRAFFIC\nENTRY_BEGIN\nMATCH all mood=3\nENTRY_END', "MATCH knows no 'mood=3'"],
    ['STEP 1 TRAFFIC\nENTRY_BEGIN\nADJUST copy_all\nENTRY_END', "ADJUST knows no 'copy_all'"],
    ['STEP 1 TRAFFIC\nENTRY_BEGIN\nSECTION FOREWORD\nsome line\nENTRY_END', "there is no section 'FOREWORD'"],
    ['SCENARIO_END\nmore', "'more' stands after SCENARIO_END"],
    ['STEP 1 TRAFFIC\nENTRY_BEGIN\nversion.bind. CH TXT\nENTRY_END', 'class CH is not modelled'],
    ['STEP 1 QUERY\nENTRY_BEGIN\nRAW\nb5c9\nENTRY_END', 'the query asks nothing'],
  ])('passes over what it does not know, and says so: %j', (lines, message) => {
    const { script: read, issues } = readScript(script(...lines.split('\n')), 'a.rpl');
    expect(issues.map(({ severity }) => severity)).toContain('warning');
    expect(issues[0]!.message).toBe(`${message}; it is passed over`);
    expect(read!.gaps).toContainEqual(expect.objectContaining({ decisive: true }));
  });

  test.each([
    [
      'keywords without blanks between them',
      ['MATCH opcodeqtypeqname', 'REPLY QRAANXDOMAIN'],
      'opcode qtype qname',
      'QR AA NXDOMAIN',
    ],
    [
      'a comment of either kind behind keywords',
      ['MATCH qname # the name', 'REPLY QR ; the flag'],
      'qname',
      'QR',
    ],
    ['keywords with a value after = or :', ['MATCH serial=3', 'MATCH ede=3 serial:4'], 'serial ede=3', ''],
    [
      'the keywords of Deckard',
      ['MATCH qcase edns nsid', 'ADJUST raw_id', 'REPLY BADVERS'],
      'qcase edns nsid',
      'BADVERS',
    ],
  ])('reads %s', (_what, lines, match, reply) => {
    const { script: read, issues } = readScript(
      script('STEP 1 TRAFFIC', 'ENTRY_BEGIN', ...lines, 'ENTRY_END'),
      'a.rpl',
    );
    expect(issues).toEqual([]);
    const [step] = read!.steps;
    expect([[...step!.entry!.match].join(' '), [...step!.entry!.reply].join(' ')]).toEqual([match, reply]);
  });

  it('takes records before the first SECTION for the question, and lines that begin with # for comments', () => {
    const lines = ['ENTRY_BEGIN', '# a comment', 'www.example.com. IN A', 'RAW', 'b5c9', 'ENTRY_END'];
    const { script: read, issues } = readScript(script('STEP 1 QUERY', ...lines), 'a.rpl');
    expect(issues).toEqual([]);
    expect(read!.steps[0]!.entry!.question).toEqual({ name: 'www.example.com.', type: 1 });
    expect(read!.gaps).toMatchObject([{ feature: 'raw packets', decisive: true }]);
  });

  it('reports every problem at once, by line and column', () => {
    const text = script(
      'STEP 5 QUERRY',
      'STEP 4 QUERY',
      'ENTRY_BEGIN',
      '  MATCH opcode qnam',
      'SECTION QUESTON',
      'SECTION QUESTION',
      'www.example.com. IN AX',
      'SECTION ANSWER',
      'www.example.com. IN A 192.0.2.256',
      'ENTRY_END',
      'STEP 6 TRAFFIC',
      'nonsense',
    );
    expect(problems(text)).toEqual([
      "a.rpl:7:1: warning replay-unknown-step: there is no step 'QUERRY'; it is passed over",
      'a.rpl:8:1: warning replay-no-question: the query asks nothing; it is passed over',
      "a.rpl:10:16: warning replay-unknown-keyword: MATCH knows no 'qnam'; it is passed over",
      "a.rpl:11:1: warning replay-unknown-section: there is no section 'QUESTON'; it is passed over",
      "a.rpl:13:21: warning replay-unknown-type: 'AX' is no RR type; it is passed over",
      expect.stringMatching(/^a\.rpl:15:23: error replay-bad-\w+: /),
      "a.rpl:18:1: warning replay-unexpected-line: 'nonsense' has no meaning here; it is passed over",
    ]);
  });

  test.each([
    ['', 'a.rpl:1:1: error replay-no-config-end: there is no line CONFIG_END'],
    ['CONFIG_END\nSCENARIO_BEGIN x', 'a.rpl:1:1: error replay-no-scenario-end'],
    [
      'CONFIG_END\nSTEP 1 QUERY\nENTRY_BEGIN\n',
      'a.rpl:3:1: error replay-never-ends: what begins here is not ended by ENTRY_END',
    ],
    [
      'what is this\nCONFIG_END\nSCENARIO_END',
      "a.rpl:1:1: error replay-bad-option: 'what is this' is no option",
    ],
    [script('RANGE_BEGIN 0 x', 'RANGE_END'), "a.rpl:7:1: error replay-bad-number: 'x' is no step number"],
    [
      script('RANGE_BEGIN 0 1', 'ADDRESS 1.2.3', 'RANGE_END'),
      "a.rpl:8:1: error replay-bad-address: '1.2.3' is no address",
    ],
    [script('STEP 2 TRAFFIC', 'STEP 2 TRAFFIC'), 'a.rpl:8:1: error replay-step-order: step 2 follows step 2'],
    [script('STEP 1 QUERY'), 'a.rpl:7:1: error replay-no-entry: QUERY needs an entry'],
  ])('refuses %j', (text, message) => {
    expect(problems(text)).toContainEqual(expect.stringContaining(message));
  });

  test.each([
    ['MATCH all ede=22', 'extended errors (EDE) but those of stale answers', false],
    ['MATCH serial=3', 'zone transfers', true],
    ['REPLY NOTIFY', 'opcodes other than QUERY', true],
    ['EXTRA_PACKET', 'several packets in one TCP stream', true],
  ])('names what is not modelled: %s', (line, feature, decisive) => {
    const { gaps } = readScript(script('STEP 1 CHECK_ANSWER', 'ENTRY_BEGIN', line, 'ENTRY_END'), 'a.rpl')
      .script!;
    expect(gaps).toEqual([{ feature, line: 9, decisive }]);
  });
});

describe('the reader and player', () => {
  const words = [
    'CONFIG_END',
    'SCENARIO_BEGIN',
    'SCENARIO_END',
    'RANGE_BEGIN',
    'RANGE_END',
    'ENTRY_BEGIN',
    'ENTRY_END',
    'STEP',
    'ADDRESS',
    'QUERY',
    'CHECK_ANSWER',
    'CHECK_OUT_QUERY',
    'REPLY',
    'TIMEOUT',
    'ERROR',
    'TIME_PASSES',
    'ELAPSE',
    'EVAL',
    EXPRESSION,
    'ASSIGN',
    'MATCH',
    'ADJUST',
    'copy_id',
    'copy_query',
    'qname',
    'subdomain',
    'all',
    'ttl',
    'SECTION',
    'QUESTION',
    'ANSWER',
    'AUTHORITY',
    'www.example.com.',
    'IN',
    'A',
    'NS',
    '60',
    '192.0.2.1',
    '1',
    '2',
    '3',
    '99999999999999999999',
    'server:',
    'stub-zone:',
    'name:',
    '"."',
    'stub-addr:',
    'cache-max-ttl:',
    'HEX_ANSWER_BEGIN',
    '$ORIGIN',
    '$TTL',
    'constructor',
    '__proto__',
    '(',
    ')',
    '"',
    '\\',
    ';',
  ];
  const line = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 })), { maxLength: 6 });
  const document = fc
    .array(line, { maxLength: 40 })
    .map((lines) => lines.map((one) => one.join(' ')).join('\n'));

  it('survive whatever a text holds, and place every problem inside it', () => {
    const property = fc.property(
      fc.oneof(document, fc.string({ unit: 'binary', maxLength: 200 })),
      (text) => {
        const { verdict, issues } = replayScript({ text, file: 'a.rpl', profile: 'unbound' });
        expect(verdict === undefined).toBe(hasErrors(issues));
        const lines = text.split('\n').length;
        for (const { place } of issues)
          expect(place!.line >= 1 && place!.line <= lines && place!.column >= 1).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 500, seed: 22 });
  });

  it('survive scripts of which lines were lost, doubled or moved', () => {
    const whole = script(
      'RANGE_BEGIN 0 9',
      ...ENTRY,
      'RANGE_END',
      'STEP 1 QUERY',
      ...ENTRY,
      'STEP 2 CHECK_ANSWER',
      ...ENTRY,
      'STEP 3 TIME_PASSES ELAPSE 4',
    ).split('\n');
    const shuffled = fc
      .array(fc.nat(whole.length - 1), { maxLength: 50 })
      .map((at) => at.map((index) => whole[index]!));
    const property = fc.property(shuffled, (lines) => {
      const text = ['CONFIG_END', ...lines, 'SCENARIO_END'].join('\n');
      const { verdict, issues } = replayScript({ text, file: 'a.rpl', profile: 'bind' });
      expect(verdict === undefined).toBe(hasErrors(issues));
    });
    fc.assert(property, { numRuns: 500, seed: 23 });
  });

  it('read and play documents of more than a megabyte', () => {
    const steps = Array.from({ length: 10_000 }, (_, index) => [
      `STEP ${2 * index + 1} QUERY`,
      ...ENTRY,
      `STEP ${2 * index + 2} CHECK_ANSWER`,
      ...ENTRY,
    ]);
    const text = script(...steps.flat());
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(replayScript({ text, file: 'a.rpl', profile: 'unbound' }).verdict!.levels.rcode).toBe('unchecked');
    expect(problems('x'.repeat(2_000_000))).toHaveLength(1);
    expect(problems(`CONFIG_END\n${'(" \\'.repeat(500_000)}`)).toHaveLength(2);
    expect(
      problems(script('STEP 1 TRAFFIC', 'ENTRY_BEGIN', `MATCH ${'all'.repeat(500_000)}`, 'ENTRY_END')),
    ).toHaveLength(1);
    expect(problems(`${'a: '.repeat(500_000)}\nCONFIG_END\nSCENARIO_END`)).toEqual([]);
  });
});
