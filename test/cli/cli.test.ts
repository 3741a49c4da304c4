import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import {
  loadScenario,
  planScenario,
  playTask,
  type RunResult,
  renderJson,
  runExperiment,
  sequentialExecutor,
} from '../../src/index.ts';
import { problemsOfXml } from '../report/xml.ts';
import { buildDist, DIST, dnsdrill, type Ended, type SpawnOptions } from './dist.ts';

const DRILL = `
title: Small drill
duration: 10m
replications: 2
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10
endpoints:
  us-east: { address: 203.0.113.10 }
resolvers:
  isp: { count: 2 }
clients:
  browsers: { count: 50, requests: { name: app.example.com, every: 30s } }
timeline:
  - { at: 3m, fail: endpoint us-east, for: 2m }
strategies:
  short: { clients.browsers.requests.every: 30s }
  long: { clients.browsers.requests.every: 20s }
expect:
  - recovery.p50 < 9m
`;

/** A replay script: one server, one question, the address that is expected. */
const SCRIPT = (expected: string): string => `stub-zone: name: "." stub-addr: 192.0.2.1
CONFIG_END
SCENARIO_BEGIN One question
RANGE_BEGIN 0 9
ENTRY_BEGIN
MATCH subdomain
ADJUST copy_id copy_query
REPLY QR AA
SECTION QUESTION
. IN A
SECTION ANSWER
example. 60 IN A 192.0.2.2
ENTRY_END
RANGE_END
STEP 1 QUERY
ENTRY_BEGIN
REPLY RD
SECTION QUESTION
example. IN A
ENTRY_END
STEP 2 CHECK_ANSWER
ENTRY_BEGIN
MATCH all ttl
REPLY QR RD RA
SECTION QUESTION
example. IN A
SECTION ANSWER
${expected}
ENTRY_END
SCENARIO_END
`;

const REPLAYED = `1 of 2 scripts differs from profile unbound; looked at: rcode, answer set and
TTLs.

  script        rcode  answer  ttl  authority  upstream
  older         ok     ok      no   ok         -
  scripts/same  ok     ok      ok   ok         -

older.rpl:21: step 2 differs: TTLs
    expected  example. 61 IN A 192.0.2.2
    got       example. 60 IN A 192.0.2.2

  level                     agree  differ  not checked
  rcode                         2       0            0
  answer set                    2       0            0
  TTLs                          1       1            0
  authority and additional      2       0            0
  queries to servers            0       0            2
`;

let folder = '';
/** The compiler needs long on a busy machine. */
const COMPILING_MILLISECONDS = 60_000;

beforeAll(() => {
  buildDist();
  folder = mkdtempSync(join(tmpdir(), 'dnsdrill-'));
  writeFileSync(join(folder, 'drill.yaml'), DRILL);
  writeFileSync(join(folder, 'missed.yaml'), DRILL.replace('recovery.p50 < 9m', 'availability.min >= 99%'));
  writeFileSync(join(folder, 'invalid.yaml'), DRILL.replace('duration: 10m\n', 'duraton: 10m\n'));
  for (const name of ['scripts', '.empty']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'scripts', 'same.rpl'), SCRIPT('example. 60 IN A 192.0.2.2'));
  writeFileSync(join(folder, 'older.rpl'), SCRIPT('example. 61 IN A 192.0.2.2'));
  writeFileSync(join(folder, 'broken.rpl'), SCRIPT('example. 60 IN A 192.0.2.256'));
  writeFileSync(join(folder, 'latin1.yaml'), Buffer.from('title: Z\xfcrich', 'latin1'));
  writeFileSync(join(folder, 'utf16.yaml'), Buffer.from('\ufefftitle: Zürich', 'utf16le'));
  writeFileSync(join(folder, 'binary.yaml'), 'title: \0\u0001');
}, COMPILING_MILLISECONDS);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(args: readonly string[], options: Partial<SpawnOptions> = {}): Promise<Ended> {
  return dnsdrill(args, { cwd: folder, ...options });
}

function inFolder(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

describe('replay', () => {
  it('prints the verdict by level, the first difference, and the score', async () => {
    const { stdout } = await run(['replay', 'older.rpl', 'scripts']);
    expect(stdout).toBe(REPLAYED);
  });

  it('gives the same as a document, from standard input too', async () => {
    const { stdout } = await run(['replay', '-', '--json'], { input: SCRIPT('example. 61 IN A 192.0.2.2') });
    expect(JSON.parse(stdout)).toMatchObject({
      profile: 'unbound',
      level: 'ttl',
      agrees: false,
      scripts: [
        {
          file: 'standard input',
          title: 'One question',
          agrees: false,
          levels: {
            rcode: 'agrees',
            answer: 'agrees',
            ttl: 'differs',
            authority: 'agrees',
            upstream: 'unchecked',
          },
          differences: [
            {
              step: 2,
              line: 21,
              level: 'ttl',
              expected: ['example. 61 IN A 192.0.2.2'],
              got: ['example. 60 IN A 192.0.2.2'],
            },
          ],
        },
      ],
    });
    expect(stdout).not.toContain('"log"');
  });

  it('tells all that happened when asked to', async () => {
    const { stdout } = await run(['replay', 'scripts', '--verbose']);
    expect(stdout).toContain('scripts/same.rpl: what happened, by step');
    expect(stdout).toContain('the client asks for example. A');
  });
});

describe('exit codes', () => {
  test.each([
    [0, ['run', 'drill.yaml', '--quiet'], ''],
    [0, ['--version'], ''],
    [0, ['run', '--help'], ''],
    [0, ['help', 'trace'], ''],
    [2, [], 'Usage: dnsdrill'],
    [2, ['rnu'], 'Did you mean run?'],
    [2, ['run'], "missing required argument 'scenario'"],
    [2, ['run', 'drill.yaml', '--sed', '7'], "unknown option '--sed'"],
    [2, ['run', 'drill.yaml', '--seed', 'x'], 'write a whole number of at least 0'],
    [2, ['run', 'drill.yaml', '--reps', '0'], 'write a whole number of at least 1'],
    [2, ['run', 'drill.yaml', '--jobs', '1.5'], 'write a whole number of at least 1'],
    [2, ['run', 'drill.yaml', '--out', 'jsn=x'], "did you mean 'json'?"],
    [2, ['run', 'drill.yaml', '--strategy', 'shrt'], "There is no strategy 'shrt': did you mean 'short'?"],
    [
      2,
      ['run', 'drill.yaml', '--strategy', 'shrt', '--strategy', 'lnog'],
      "did you mean 'short'?\nThere is no strategy 'lnog': did you mean 'long'?\n",
    ],
    [2, ['trace', 'drill.yaml', '--at', 'soon'], '--at soon is no time'],
    [2, ['trace', 'drill.yaml', '--at', '1m', '--population', 'cats'], 'There is no population called cats'],
    [2, ['trace', 'drill.yaml', '--at', '99m'], 'The request must be made during the run'],
    [3, ['run', 'invalid.yaml'], 'invalid.yaml:3:1: error scenario-unknown-key'],
    [3, ['run', 'drill.yaml', '--set', 'clients.browsers.count=-1'], 'error'],
    [3, ['explain', 'invalid.yaml'], "did you mean 'duration'?"],
    [4, ['run', 'nowhere.yaml'], 'Cannot read nowhere.yaml: there is no such file or folder.'],
    [4, ['run', '.'], 'Cannot read .: it is a folder.'],
    [4, ['run', 'latin1.yaml'], 'Cannot read latin1.yaml: it is not UTF-8 text.'],
    [4, ['run', 'utf16.yaml'], 'Cannot read utf16.yaml: it is UTF-16 text: save it as UTF-8.'],
    [4, ['run', 'binary.yaml'], 'Cannot read binary.yaml: it is not text.'],
    [4, ['run', 'drill.yaml', '--out', 'csv=no/where.csv'], 'Cannot write no/where.csv: there is no such'],
    [
      4,
      ['run', 'drill.yaml', '--out', 'csv=drill.yaml/x'],
      'Cannot write drill.yaml/x: part of the path is not',
    ],
    [4, ['run', 'drill.yaml', '--events', 'no/where.ndjson'], 'Cannot write no/where.ndjson'],
    [4, ['init', 'drill.yaml'], 'drill.yaml exists already; --force overwrites it.'],
    [4, ['init', 'no/where.yaml'], 'Cannot write no/where.yaml'],
    [0, ['replay', 'scripts', '--profile', 'bind'], ''],
    [0, ['replay', 'older.rpl', '--level', 'answer'], ''],
    [99, ['replay', 'scripts', 'older.rpl'], ''],
    [99, ['replay', 'scripts/same.rpl', '--with', 'ttl-floor=2m'], ''],
    [
      2,
      ['replay', 'older.rpl', '--profile', 'bnd'],
      "There is no resolver profile 'bnd': did you mean 'bind'?",
    ],
    [2, ['replay', 'older.rpl', '--level', 'tll'], "There is no level 'tll': did you mean 'ttl'?\n"],
    [
      2,
      ['replay', 'older.rpl', '--with', 'ttl-flor=1s', '--with', 'ttl-cap'],
      "did you mean 'ttl-floor'?\n--with ttl-cap: write key=value, for example serve-stale=on\n",
    ],
    [2, ['replay'], "missing required argument 'path'"],
    [
      3,
      ['replay', 'scripts', 'broken.rpl'],
      "broken.rpl:28:18: error replay-bad-value: '192.0.2.256' is no IPv4 address",
    ],
    [4, ['replay', 'nowhere.rpl'], 'Cannot read nowhere.rpl: there is no such file or folder.'],
    [4, ['replay', '.empty'], 'Cannot read .empty: there is no .rpl file in it.'],
    [99, ['run', 'missed.yaml'], 'availability.min >= 99% (short)'],
  ] as const)('%i: dnsdrill %s', async (code, args, message) => {
    const ended = await run(args);
    expect(ended.stderr).toContain(message);
    expect(ended.code).toBe(code);
  });

  it('1 for a fault of the program, in one line with the seed', async () => {
    const broken = join(DIST, '..', 'broken');
    cpSync(DIST, broken, { recursive: true });
    rmSync(join(broken, 'cli', 'worker.js'));
    const ended = await run(['run', 'drill.yaml', '--seed', '41'], { dist: broken });
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).toContain('please report this with the scenario and seed 41');
    const debugged = await run(['run', 'drill.yaml'], { dist: broken, env: { DNSDRILL_DEBUG: '1' } });
    expect(debugged.stderr).toContain('    at ');
  });

  it('130 when interrupted, with what had finished, marked partial', async () => {
    const args = [
      'run',
      'drill.yaml',
      '--reps',
      '100',
      '--out',
      'json=partial.json',
      '--events',
      'partial.ndjson',
    ];
    let killed = false;
    const ended = await run(args, {
      onMessage: (text, kill) => {
        if (killed || !text.startsWith('10 % of 200 replications\n')) return;
        killed = true;
        kill('SIGINT');
      },
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('Interrupted: writing what has finished.');
    expect(ended.stdout).toContain('Interrupted: this covers only what had finished.');
    const result = JSON.parse(inFolder('partial.json')) as RunResult;
    expect(result.partial).toBe(true);
    expect(result.replications).toBeGreaterThanOrEqual(5);
    expect(result.replications).toBeLessThan(100);
    expect(existsSync(join(folder, 'partial.ndjson'))).toBe(true);
  });
});

describe('run', () => {
  it('reports on stdout and shows progress on stderr', async () => {
    const { stdout, stderr } = await run(['run', 'drill.yaml']);
    expect(stdout).toMatch(/^Small drill\n\n {2}\S/);
    expect(stdout).not.toContain('\u001b');
    expect(stderr.split('\n')[0]).toBe('10 % of 4 replications');
    expect(stderr).toContain('100 % of 4 replications');
  });

  it('says nothing but the report with --quiet', async () => {
    expect((await run(['run', 'missed.yaml', '--quiet'])).stderr).toBe('');
  });

  it('gives the same bytes on one worker and on two, and again', async () => {
    const json = (jobs: string) =>
      run(['run', 'drill.yaml', '--reps', '5', '--json', '--quiet', '--jobs', jobs]);
    const [one, two, again] = [await json('1'), await json('2'), await json('2')];
    expect(one.code).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    expect(again.stdout).toBe(one.stdout);
    const other = await run(['run', 'drill.yaml', '--reps', '5', '--json', '--quiet', '--seed', '99']);
    expect(other.stdout).not.toBe(one.stdout);
  });

  it('gives the same bytes as the library without workers', async () => {
    const { scenario, issues } = loadScenario({ text: DRILL, file: 'drill.yaml' });
    expect(issues).toEqual([]);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const execute = sequentialExecutor((task) => playTask(scenario!, task));
    const result = await runExperiment(planScenario(scenario!, version), execute);
    expect((await run(['run', 'drill.yaml', '--json', '--quiet'])).stdout).toBe(renderJson(result));
  });

  it('reads standard input', async () => {
    const piped = await run(['run', '-', '--json', '--quiet'], { input: DRILL });
    const named = await run(['run', 'drill.yaml', '--json', '--quiet']);
    expect(piped.code).toBe(0);
    expect(piped.stdout).toBe(named.stdout);
  });

  it('writes every format it is asked for, and leaves no temporary file', async () => {
    const outs = ['json', 'csv', 'svg', 'txt'].flatMap((format) => ['--out', `${format}=result.${format}`]);
    const { code, stdout } = await run(['run', 'drill.yaml', '--json', '--quiet', ...outs]);
    expect(code).toBe(0);
    expect(inFolder('result.json')).toBe(stdout);
    expect(inFolder('result.csv')).toMatch(
      /^scenario,strategy,population,metric,at,value,low,high\nSmall drill,/,
    );
    expect(problemsOfXml(inFolder('result.svg'))).toEqual([]);
    expect(inFolder('result.txt')).toMatch(/^Small drill\n/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('plays only the strategies named', async () => {
    const { stdout } = await run(['run', 'drill.yaml', '--json', '--quiet', '--strategy', 'long']);
    const all = JSON.parse((await run(['run', 'drill.yaml', '--json', '--quiet'])).stdout) as RunResult;
    const alone = JSON.parse(stdout) as RunResult;
    expect(alone.strategies.map(({ name }) => name)).toEqual(['long']);
    expect(alone.strategies[0]).toEqual(all.strategies[1]);
  });

  it('writes one event per request, the same to a file and to stdout', async () => {
    const args = ['run', 'drill.yaml', '--quiet'];
    const toFile = await run([...args, '--events', 'events.ndjson', '--json']);
    const { stdout } = await run([...args, '--events', '-']);
    expect(stdout).toBe(inFolder('events.ndjson'));
    const events = stdout.trimEnd().split('\n');
    const { strategies } = JSON.parse(toFile.stdout) as RunResult;
    expect(events).toHaveLength(strategies.reduce((sum, { requests }) => sum + requests, 0));
    expect(JSON.parse(events[0]!)).toMatchObject({
      strategy: 'short',
      replication: 0,
      population: 'browsers',
    });
  });

  it('survives a reader that has gone away', async () => {
    const { code, stderr } = await run(['run', 'drill.yaml', '--quiet'], { deaf: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('writes through a symbolic link instead of replacing it', async () => {
    writeFileSync(join(folder, 'target.json'), '');
    symlinkSync('target.json', join(folder, 'link.json'));
    await run(['run', 'drill.yaml', '--json', '--quiet', '--out', 'json=link.json']);
    expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true);
    expect(inFolder('target.json')).toContain('"title": "Small drill"');
  });

  it.skipIf(process.platform === 'win32')('writes into a pipe and leaves it where it is', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const read = promisify(execFile)('cat', [pipe], { maxBuffer: 1e8 });
    const args = ['run', 'drill.yaml', '--json', '--quiet', '--events', 'pipe'];
    const { code } = await run(args);
    expect(code).toBe(0);
    const { stdout } = await run(['run', 'drill.yaml', '--quiet', '--events', '-']);
    expect((await read).stdout).toBe(stdout);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it.skipIf(!existsSync('/dev/full'))('4 when the disk is full, in one line', async () => {
    const full = join(folder, 'full');
    symlinkSync('/dev/full', full);
    for (const args of [
      ['--out', 'csv=full'],
      ['--events', 'full'],
    ]) {
      const { code, stderr } = await run(['run', 'drill.yaml', '--quiet', ...args]);
      expect({ code, stderr }).toEqual({ code: 4, stderr: 'Cannot write full: no space left.\n' });
    }
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  test.each([
    [{ FORCE_COLOR: '1' }, [], true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, [], false],
    [{ NO_COLOR: '1' }, ['--color'], true],
    [{ FORCE_COLOR: '1' }, ['--no-color'], false],
  ] as const)('colours with %o %s: %s', async (env, flags, coloured) => {
    const { stdout } = await run(['run', 'drill.yaml', '--quiet', ...flags], { env });
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});

describe('the other commands', () => {
  it('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((await run(['--version'])).stdout).toBe(`${version}\n`);
  });

  it('schema prints a JSON Schema', async () => {
    const { stdout } = await run(['schema']);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object', properties: { duration: {}, clients: {} } });
  });

  it('init writes a scenario that can be explained, and overwrites it only by force', async () => {
    mkdirSync(join(folder, 'new'));
    const made = await run(['init', 'new/start.yaml']);
    expect(made).toMatchObject({ code: 0, stdout: '' });
    expect((await run(['init', '-'])).stdout).toBe(inFolder('new/start.yaml'));
    expect((await run(['explain', 'new/start.yaml'])).code).toBe(0);
    writeFileSync(join(folder, 'new/start.yaml'), 'mine');
    expect((await run(['init', 'new/start.yaml'])).code).toBe(4);
    expect(inFolder('new/start.yaml')).toBe('mine');
    expect((await run(['init', 'new/start.yaml', '--force'])).code).toBe(0);
    expect(inFolder('new/start.yaml')).not.toBe('mine');
  });

  it('explain says where values come from', async () => {
    const { stdout } = await run(['explain', 'drill.yaml', '--set', 'clients.browsers.count=60']);
    expect(stdout).toMatch(/^clients\.browsers\.count +60 +--set clients\.browsers\.count=60$/m);
    expect(stdout).toMatch(/^duration +10m +\S/m);
    const json = await run(['explain', 'drill.yaml', '--json']);
    expect(JSON.parse(json.stdout)).toContainEqual(
      expect.objectContaining({ path: 'clients.browsers.count', value: '50' }),
    );
  });

  it('trace follows one request', async () => {
    const { code, stdout } = await run(['trace', 'drill.yaml', '--at', '4m', '--client', '3']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Client 3 of browsers makes a request at 4m\n\n {2}/);
    const json = await run(['trace', 'drill.yaml', '--at', '4m', '--json']);
    expect(JSON.parse(json.stdout)[0]).toMatchObject({ at: 240_000_000 });
  });
});
