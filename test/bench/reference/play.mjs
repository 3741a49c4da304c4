/**
 * Plays the reference scenario once, in a process of its own, and prints one line of JSON.
 *
 *   node test/bench/reference/play.mjs SCENARIO CLIENTS SEED
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { measure } from '../../../dist/measure/simulate.js';
import { World } from '../../../dist/model/world.js';
import { loadScenario } from '../../../dist/scenario/load.js';

const [file, clients, seed] = process.argv.slice(2);
const { scenario, issues } = loadScenario({
  text: readFileSync(file, 'utf8'),
  file,
  readFile: (path) => readFileSync(join(dirname(file), path), 'utf8'),
  sets: [`clients.browsers.count=${clients}`],
});
if (!scenario) throw new Error(issues.map(({ message }) => message).join('\n'));

const { spec } = scenario.strategies[0];
const began = performance.now();
const world = new World(spec, Number(seed), 0);
const built = performance.now();
world.runUntil(spec.duration);
const played = performance.now();
const record = measure(world, 0);
const [overall] = record.populations;
console.log(
  JSON.stringify({
    requests: record.requests,
    buildSeconds: (built - began) / 1e3,
    runSeconds: (played - built) / 1e3,
    measureSeconds: (performance.now() - played) / 1e3,
    failed: overall.outcomes['connection-failed'],
    served: overall.served,
    total: overall.total,
    bucketSeconds: overall.bucket / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
