/**
 * What a second worker brings: `dnsdrill run` on the reference scenario with `--jobs 1` and `--jobs 2`, the whole
 * program from its start to its result, and whether the bytes are the same.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Of Linux, as told by /proc. */
const TICKS_PER_SECOND = 100;

const root = new URL('../../..', import.meta.url).pathname;

/** Clients, and replications. The first is all start and warm-up. */
export const LENGTHS = [
  [1e3, 2],
  [2e5, 6],
  [2e5, 20],
  [1e6, 20],
];

export function workerTable(lengths) {
  console.log('\nA second worker: dnsdrill run scenarios/reference.yaml, start to result');
  console.log('     clients  reps   jobs 1 s   jobs 2 s   ratio   processor s, jobs 1 and 2   bytes');
  for (const [clients, reps] of lengths) {
    const one = run(clients, reps, 1);
    const two = run(clients, reps, 2);
    const times = [one.seconds, two.seconds].map((seconds) => seconds.toFixed(1).padStart(11)).join('');
    const ratio = (one.seconds / two.seconds).toFixed(2).padStart(8);
    const work = [one, two].map(({ cpuSeconds }) => cpuSeconds.toFixed(1).padStart(14)).join('');
    const same = one.text === two.text ? 'same' : 'DIFFERENT';
    const what = `${clients.toLocaleString('en').padStart(12)}${String(reps).padStart(6)}`;
    console.log(`${what}${times}${ratio}${work}   ${same}`);
  }
}

/** The seconds of a run, those of all processors on it, and what it printed. */
function run(clients, reps, jobs) {
  const set = `clients.browsers.count=${clients}`;
  const argv = ['run', 'scenarios/reference.yaml', '--set', set, '--reps', reps, '--jobs', jobs];
  const program = [`${root}dist/cli/main.js`, ...argv.map(String), '--quiet', '--json'];
  const before = childSeconds();
  const began = performance.now();
  const { stdout } = spawnSync('node', program, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = (performance.now() - began) / 1e3;
  return { seconds, cpuSeconds: childSeconds() - before, text: stdout };
}

/** Processor seconds of all programs waited for so far, helper threads included; NaN where the system does not say. */
function childSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}
