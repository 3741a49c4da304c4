/**
 * `npm run bench`: the reference model as an ordinary scenario through the ordinary engine, beside programs
 * written by others for the same model, in one run on one machine. Figures are ns per client request; trust
 * the ratios.
 *
 *   npm run bench -- [--sizes 1e4,1e5,1e6,1e7] [--rounds 3] [--no-peers] [--no-workers] [--no-policies]
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { expectedRecovery } from './expected.mjs';
import { findPeers, runPeer } from './peers.mjs';
import { policyTable } from './policies.mjs';
import { LENGTHS, workerTable } from './workers.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1e4,1e5,1e6,1e7' },
    rounds: { type: 'string', default: '3' },
    'no-peers': { type: 'boolean', default: false },
    'no-workers': { type: 'boolean', default: false },
    'no-policies': { type: 'boolean', default: false },
  },
});
const sizes = values.sizes.split(',').filter(Boolean).map(Number);
const rounds = Number(values.rounds);
const here = new URL('.', import.meta.url).pathname;
const scenario = new URL('../../../scenarios/reference.yaml', import.meta.url).pathname;

/** The checker's third failed probe ends at 1225 s: probes at 5 s + 10 s·k that fail at once. */
const SWITCHES_AT = 1225;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function playOnce(clients, seed) {
  const result = spawnSync('node', [`${here}play.mjs`, scenario, String(clients), String(seed)], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout);
}

/** Largest deviation of the failing share from the expected one over 400 s after the fault, in bins of 10 s. */
function deviation(run, expected) {
  const first = 1200 / run.bucketSeconds;
  const gaps = expected.share.map((share, bin) => {
    const at = first + bin;
    return Math.abs(1 - run.served[at] / run.total[at] - share);
  });
  return Math.max(...gaps);
}

const { peers, missing } = values['no-peers'] ? { peers: [], missing: [] } : findPeers();
const programs = [{ name: 'dnsdrill', idea: 'an ordinary scenario', upTo: Infinity }, ...peers];
const table = new Map(programs.map(({ name }) => [name, new Map()]));

for (const clients of sizes) {
  const expected = expectedRecovery(clients, 1000, SWITCHES_AT, 10, 40);
  const runs = new Map(programs.map(({ name }) => [name, []]));
  const rounded = clients >= 1e7 ? 1 : rounds;
  for (let round = 1; round <= rounded; round++) {
    for (const program of programs) {
      if (clients > program.upTo) continue;
      const run = program.argv ? runPeer(program, clients, round) : playOnce(clients, round);
      if (run) runs.get(program.name).push(run);
    }
  }
  report(clients, runs, expected);
}
if (sizes.length > 0) scaling();
if (!values['no-policies']) policyTable(1e5, rounds);
if (!values['no-workers']) workerTable(LENGTHS);
for (const name of missing) console.log(`left out: ${name}`);

function report(clients, runs, expected) {
  console.log(`\n${clients.toLocaleString('en')} clients behind 1,000 resolvers, one hour of virtual time`);
  console.log('  program        ns/request   peak MiB   dnsdrill is');
  const nanos = (list) => median(list.map(({ runSeconds, requests }) => (runSeconds / requests) * 1e9));
  const own = nanos(runs.get('dnsdrill'));
  for (const { name, idea } of programs) {
    const list = runs.get(name);
    if (list.length === 0) continue;
    const time = nanos(list);
    const bytes = median(list.map(({ peakBytes }) => peakBytes));
    table.get(name).set(clients, { seconds: median(list.map((run) => run.runSeconds)), bytes });
    const ratio = name === 'dnsdrill' ? '' : speed(time / own);
    const line = [name.padEnd(12), time.toFixed(1).padStart(12), (bytes / 2 ** 20).toFixed(0).padStart(11)];
    console.log(`  ${line.join('')}   ${ratio.padEnd(15)} ${idea}`);
  }
  const mine = runs.get('dnsdrill');
  const failed = median(mine.map((run) => run.failed / clients));
  const gap = median(mine.map((run) => deviation(run, expected)));
  console.log(
    `  failed requests per client ${failed.toFixed(3)}, expected ${expected.failedPerClient.toFixed(3)}; ` +
      `recovery curve off by at most ${gap.toFixed(4)}`,
  );
}

function speed(ratio) {
  return ratio >= 1 ? `${ratio.toFixed(1)} x faster` : `${(1 / ratio).toFixed(1)} x slower`;
}

function scaling() {
  console.log('\nbytes per client and exponent of run time, between the two largest sizes played');
  for (const [name, bySize] of table) {
    if (bySize.size < 2) continue;
    const [[small, a], [large, b]] = [...bySize].slice(-2);
    const bytes = (b.bytes - a.bytes) / (large - small);
    const exponent = Math.log(b.seconds / a.seconds) / Math.log(large / small);
    console.log(`  ${name.padEnd(12)} ${bytes.toFixed(1).padStart(9)} B ${exponent.toFixed(2).padStart(6)}`);
  }
}
