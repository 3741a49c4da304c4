/**
 * What it costs to decide: the reference model without its fault, answered by a policy of each kind of provider,
 * beside the plain zone. Processor time of building and playing, warmed up, the least of several processes in turn.
 */
import { spawnSync } from 'node:child_process';

const here = new URL('.', import.meta.url).pathname;
const scenario = `${here}policies.yaml`;
/** Played so often in each process: the first times warm the compiler up. */
const TIMES = 4;

export function policyTable(clients, rounds) {
  const least = new Map();
  for (let round = 0; round < rounds; round++) {
    for (let index = 0, kinds = 1; index < kinds; index++) {
      const run = play(clients, index);
      kinds = run.strategies;
      const before = least.get(run.strategy) ?? run;
      least.set(run.strategy, run.cpuSeconds < before.cpuSeconds ? run : before);
    }
  }
  const [plain] = least.values();
  console.log(
    `\nPolicies: ${clients.toLocaleString('en')} clients of the reference model, without its fault`,
  );
  console.log('  kind          ns/request   ratio to the plain zone');
  for (const { strategy, cpuSeconds, requests } of least.values()) {
    const nanos = ((cpuSeconds / requests) * 1e9).toFixed(1);
    const ratio = (cpuSeconds / plain.cpuSeconds).toFixed(2);
    console.log(`  ${strategy.padEnd(12)}${nanos.padStart(12)}   ${ratio}`);
  }
}

function play(clients, index) {
  const argv = [`${here}play.mjs`, scenario, String(clients), '1', String(index), String(TIMES)];
  const { status, stdout, stderr } = spawnSync('node', argv, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
