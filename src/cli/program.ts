/** The commands, their options and help texts. Each command is loaded when it is called, so that help is quick. */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { REPLICATIONS_AT_MOST } from '../measure/comparison.ts';
import { EXIT_CODES_HELP, type ExitCode } from './exit.ts';
import { addOutput, FORMATS } from './outputs.ts';
import { programVersion } from './version.ts';

const SCENARIO = 'path of the scenario, or - for standard input';

/** Told how a command ended. */
export type Finished = (exitCode: ExitCode) => void;

/** The whole command line. Commands report their exit code through `finished`; failures are thrown. */
export function buildProgram(finished: Finished): Command {
  const program = new Command('dnsdrill')
    .exitOverride()
    .description(
      'Fire drills for DNS: play an outage in virtual time and see who is broken, for how long, and why.',
    )
    .version(programVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'Print help for a command.')
    .showHelpAfterError('(dnsdrill --help shows what there is)')
    .addHelpText('after', EXIT_CODES_HELP);
  addRun(program, finished);
  addCompare(program, finished);
  addCost(program, finished);
  addExplain(program, finished);
  addTrace(program, finished);
  addLint(program, finished);
  addReplay(program, finished);
  addProfiles(program, finished);
  addSchema(program, finished);
  addInit(program, finished);
  return program;
}

function addRun(program: Command, finished: Finished): void {
  scenarioCommand(program, 'run', 'Play a scenario and report what happened.')
    .option('--reps <count>', 'replications, instead of what the scenario says', wholeNumber(1))
    .option('--jobs <count>', 'worker threads', wholeNumber(1), availableParallelism())
    .option('--strategy <name>', 'play only this strategy (repeatable)', collect)
    .option('--json', 'print the result document instead of the report')
    .addOption(outOption())
    .option('--events <path>', 'write every finished request as a line of JSON; - is standard output')
    .option('--quiet', 'no progress and no messages but errors')
    .addHelpText(
      'after',
      `
The report says first what happened, in one sentence. Results go to standard
output, progress and messages to standard error. The same scenario and seed
give the same numbers, whatever the number of worker threads.

Examples:
  dnsdrill run drill.yaml
  dnsdrill run drill.yaml --set duration=2h --reps 20
  dnsdrill run drill.yaml --strategy 'ttl 30' --strategy 'ttl 300'
  dnsdrill run drill.yaml --json --out svg=availability.svg > result.json`,
    )
    .action(async (path, options) =>
      finished(await (await import('./commands/run.ts')).runRun(path, options)),
    );
}

function addCompare(program: Command, finished: Finished): void {
  scenarioCommand(
    program,
    'compare',
    'Play the strategies of a scenario on the same draws and say how they differ.',
  )
    .option('--reps <count>', 'replications, instead of what the scenario says', wholeNumber(1))
    .option('--jobs <count>', 'worker threads', wholeNumber(1), availableParallelism())
    .option('--strategy <name>', 'compare only these strategies (repeatable)', collect)
    .option('--baseline <name>', 'strategy the others are held against; default: the first')
    .option('--quantile <level>', 'quantile of time to recovery to look at', quantileLevel, 0.99)
    .option('--until-precision <share>', 'go on until that quantile is known to this share, like 2%', share)
    .option('--json', 'print the result document instead of the report')
    .addOption(outOption())
    .option('--quiet', 'no progress and no messages but errors')
    .addHelpText(
      'after',
      `
Every strategy meets the same users, faults and luck, run by run, so that what
is left is the difference the strategy makes. It is given with a 95 % interval;
where the runs do not show one, the report says how many more might. With
--until-precision rounds of --reps (at least 10 unless given) follow one
another, up to ${REPLICATIONS_AT_MOST} replications.

Examples:
  dnsdrill compare drill.yaml
  dnsdrill compare drill.yaml --reps 20 --baseline 'ttl 60' --quantile p90
  dnsdrill compare drill.yaml --until-precision 2% --out html=report.html`,
    )
    .action(async (path, options) =>
      finished(await (await import('./commands/compare.ts')).runCompare(path, options)),
    );
}

function addCost(program: Command, finished: Finished): void {
  scenarioCommand(program, 'cost', 'Say what a month of the scenario costs, item by item, and why.')
    .option('--reps <count>', 'replications, instead of what the scenario says', wholeNumber(1))
    .option('--jobs <count>', 'worker threads', wholeNumber(1), availableParallelism())
    .option('--strategy <name>', 'only this strategy (repeatable)', collect)
    .option('--json', 'print JSON')
    .option('--quiet', 'no progress and no messages but errors')
    .addHelpText(
      'after',
      `
The scenario is played, and the queries that providers answer are counted by
record type and by what decided the answer. The time before the first fault
stands for the month (730 hours at that rate); what the faults add is told
apart. Prices are list prices with their date and how far they can be trusted;
one that nobody knows is never taken for zero: sums then say "at least".
Write prices of your own under prices: in the scenario, or with --set.
Expectations of cost (cost.month < 50) are judged, no others.

Examples:
  dnsdrill cost drill.yaml
  dnsdrill cost drill.yaml --strategy 'ttl 30' --strategy 'ttl 300'
  dnsdrill cost drill.yaml --set prices.main.as=route53 --json`,
    )
    .action(async (path, options) =>
      finished(await (await import('./commands/cost.ts')).runCost(path, options)),
    );
}

function addExplain(program: Command, finished: Finished): void {
  scenarioCommand(program, 'explain', 'Print every effective value of a scenario and where it comes from.')
    .option('--strategy <name>', 'under this strategy; default: the first')
    .option('--json', 'print JSON')
    .action(async (path, options) =>
      finished(await (await import('./commands/explain.ts')).runExplain(path, options)),
    );
}

function addTrace(program: Command, finished: Finished): void {
  scenarioCommand(program, 'trace', 'Follow one request through every cache and server.')
    .requiredOption('--at <time>', 'when the request is made, for example 10m')
    .option('--client <index>', 'which client of the population, from 0', wholeNumber(0), 0)
    .option('--population <name>', 'which population; default: the first')
    .option('--name <name>', 'what is asked for; default: the first question of the population')
    .option('--strategy <name>', 'under this strategy; default: the first')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The run is played up to that time, then the client makes its request. Every
step says what was decided and why: caches with the TTL left, retries of the
stub resolver, servers asked, addresses tried.

Example:
  dnsdrill trace drill.yaml --at 12m --population browsers --client 3`,
    )
    .action(async (path, options) =>
      finished(await (await import('./commands/trace.ts')).runTrace(path, options)),
    );
}

function addLint(program: Command, finished: Finished): void {
  program
    .command('lint')
    .description('Look for problems in the design of a scenario or a zone, and say what they cost.')
    .argument('[file...]', 'scenarios and master files, or - for standard input')
    .option('--format <format>', 'text, json, github (workflow commands) or sarif', 'text')
    .option('--rule <code>', 'apply only this rule (repeatable)', collect)
    .option('--ignore <code>', 'leave this rule out (repeatable)', collect)
    .option('--fail-on <severity>', 'exit with 99 from here on: error, warning or note', 'error')
    .option('--experiments <which>', 'play the first finding of each rule, or all of them', 'first')
    .option('--no-experiments', 'play nothing')
    .option('--origin <name>', 'apex of master files that do not say it')
    .option('--rules', 'list the rules, with reasons and sources')
    .option('--set <path=value>', 'change a value of the scenario (repeatable)', collect)
    .option('--color', 'colours even when the output is no terminal')
    .option('--no-color', 'no colours (also: NO_COLOR in the environment)')
    .addHelpText(
      'after',
      `
Findings have a place, a reason with its source, and a fix. Where a scenario
allows it the simulator plays a short outage with the design as it is and with
the fix, and says how many user-minutes each costs. Strategies and expectations
are left out: it is the design as written that is looked at.

A master file is taken as it comes, wherever it is from; several are looked at
together, so that a parent is held against its child. What records lead to
outside of them is not checked, and said so.

The exit status is 99 when there are findings at or above --fail-on, 3 when a
file is invalid, 4 when it cannot be read.

Examples:
  dnsdrill lint drill.yaml
  dnsdrill lint example.com.zone --format github --fail-on warning
  dnsdrill lint zones/*.zone --format sarif > lint.sarif
  dnsdrill lint drill.yaml --ignore single-provider --experiments all
  dnsdrill lint --rules`,
    )
    .action(async (paths, options) =>
      finished(await (await import('./commands/lint.ts')).runLint(paths, options)),
    );
}

function addReplay(program: Command, finished: Finished): void {
  program
    .command('replay')
    .description("Play test scripts of resolvers (.rpl) and say where a profile's behaviour differs.")
    .argument('<path...>', 'script, folder of scripts, or - for standard input')
    .option('--profile <id>', 'software the resolver behaves like', 'unbound')
    .option('--with <key=value>', 'change a setting of the resolver (repeatable)', collect)
    .option('--level <level>', 'how closely to look: rcode, answer, ttl, authority or upstream', 'ttl')
    .option('--verbose', 'every difference, and everything that happened')
    .option('--json', 'print JSON')
    .option('--color', 'colours even when the output is no terminal')
    .option('--no-color', 'no colours (also: NO_COLOR in the environment)')
    .addHelpText(
      'after',
      `
A script says what servers reply, what clients ask and are told, and when time
passes; unbound and other resolvers keep their tests in this form. Its own
configuration changes the profile's settings, --with changes both. What a
script uses and the simulator does not model is named. The levels from weak to
strong: rcode, answer set, TTLs, authority and additional sections, queries to
servers. A script must agree on the level asked for and all weaker ones, else
the exit status is 99; 3 when a script cannot be read.

Examples:
  dnsdrill replay iter_resolve.rpl --verbose
  dnsdrill replay testdata/ --profile bind --level answer
  dnsdrill replay serve_expired.rpl --with serve-stale.answer-ttl=60s`,
    )
    .action(async (paths, options) =>
      finished(await (await import('./commands/replay.ts')).runReplay(paths, options)),
    );
}

function addProfiles(program: Command, finished: Finished): void {
  program
    .command('profiles')
    .description('List the software profiles that ship, explain one, or compare two.')
    .argument('[name...]', 'profiles to explain, such as unbound or chrome')
    .option('--diff', 'only what differs between two profiles of one kind')
    .option('--json', 'print JSON')
    .option('--color', 'colours even when the output is no terminal')
    .option('--no-color', 'no colours (also: NO_COLOR in the environment)')
    .addHelpText(
      'after',
      `
A profile is how a resolver, an operating system or an application behaves as
it ships: every value with its source, and how far that can be trusted. A
scenario names profiles, changes them where it does (with:), or derives its
own under profiles:. dnsdrill explain shows what is left after that.

Examples:
  dnsdrill profiles
  dnsdrill profiles unbound
  dnsdrill profiles --diff unbound bind`,
    )
    .action(async (names, options) =>
      finished(await (await import('./commands/profiles.ts')).runProfiles(names, options)),
    );
}

function addSchema(program: Command, finished: Finished): void {
  program
    .command('schema')
    .description('Print the JSON Schema of scenarios, for editors.')
    .action(async () => finished(await (await import('./commands/schema.ts')).runSchema()));
}

function addInit(program: Command, finished: Finished): void {
  program
    .command('init')
    .description('Write a commented scenario to start from.')
    .argument('[file]', 'where to write it; - is standard output', 'scenario.yaml')
    .option('--force', 'overwrite an existing file')
    .action(async (path, options) =>
      finished(await (await import('./commands/init.ts')).runInit(path, options)),
    );
}

/** What every command on a scenario takes. */
function scenarioCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('<scenario>', SCENARIO)
    .option('--set <path=value>', 'change a value of the scenario (repeatable)', collect)
    .option('--seed <number>', 'seed, instead of what the scenario says', wholeNumber(0))
    .option('--color', 'colours even when the output is no terminal')
    .option('--no-color', 'no colours (also: NO_COLOR in the environment)');
}

function outOption(): Option {
  const text = `also write a file: ${FORMATS.join(', ')} (repeatable)`;
  return new Option('--out <format=path>', text).argParser(addOutput);
}

function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`write a whole number of at least ${least}`);
  };
}

/** `p99`, `99%` or `0.99`; `max` is the last client. */
function quantileLevel(text: string): number {
  const [, percent] = /^p?(\d+(?:\.\d+)?)%?$/.exec(text) ?? [];
  const level = /^0?\.\d+$|^1$/.test(text)
    ? Number(text)
    : text === 'max'
      ? 1
      : Math.round(Number(percent ?? 0) * 1e7) / 1e9;
  if (level > 0 && level <= 1) return level;
  throw new InvalidArgumentError('write p50, p99, p99.9 or max');
}

/** `2%` or `0.02`, above 0 and below 1. */
function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (/^\d*\.?\d+%?$/.test(text) && value > 0 && value < 1) return value;
  throw new InvalidArgumentError('write a share such as 2%');
}
