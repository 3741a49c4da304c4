/**
 * Plays a scenario in a process of its own, and prints one line of JSON.
 *
 *   node test/bench/reference/play.mjs SCENARIO CLIENTS SEED [STRATEGY [TIMES]]
 *
 * Played several times, with the same draws, the quickest counts; the first is the warm-up of the compiler.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { measure } from '../../../dist/measure/simulate.js';
import { World } from '../../../dist/model/world.js';
import { loadScenario } from '../../../dist/scenario/load.js';

const [file, clients, seed, strategy = 0, times = 1] = process.argv.slice(2);
const { scenario, issues } = loadScenario({
  text: readFileSync(file, 'utf8'),
  file,
  readFile: (path) => readFileSync(join(dirname(file), path), 'utf8'),
  sets: [`clients.browsers.count=${clients}`],
});
if (!scenario) throw new Error(issues.map(({ message }) => message).join('\n'));

const { name, spec } = scenario.strategies[strategy];
const runs = Array.from({ length: Number(times) }, play);
const quickest = runs.reduce((best, run) => (run.cpuSeconds < best.cpuSeconds ? run : best));
const { record } = quickest;
const [overall] = record.populations;
console.log(
  JSON.stringify({
    strategy: name,
    strategies: scenario.strategies.length,
    requests: record.requests,
    buildSeconds: quickest.buildSeconds,
    runSeconds: quickest.runSeconds,
    cpuSeconds: quickest.cpuSeconds,
    failed: overall.outcomes['connection-failed'],
    served: overall.served,
    total: overall.total,
    bucketSeconds: overall.bucket / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);

/** Wall time of building and of playing the world, and processor time of both with all helper threads. */
function play() {
  const before = process.cpuUsage();
  const began = performance.now();
  const world = new World(spec, Number(seed), 0);
  const built = performance.now();
  world.runUntil(spec.duration);
  const played = performance.now();
  const { user, system } = process.cpuUsage(before);
  return {
    buildSeconds: (built - began) / 1e3,
    runSeconds: (played - built) / 1e3,
    cpuSeconds: (user + system) / 1e6,
    record: measure(world, 0),
  };
}
