/**
 * The reference programs written by others, where they are present and can be built; those missing are named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../..', import.meta.url).pathname;
const folder = join(root, '../shared/perf');

/** Each: a name, what it stands for, the largest size worth waiting for, and how to start it for N clients. */
export function findPeers() {
  if (!existsSync(folder))
    return { peers: [], missing: ['all of them: no ../shared/perf beside the project'] };
  const missing = [];
  const peers = [...cppPeers(missing), naivePeer(), ...simpyPeer(missing)];
  return { peers, missing };
}

function cppPeers(missing) {
  const binary = join(mkdtempSync(join(tmpdir(), 'dnsdrill-bench-')), 'refmodel');
  const flags = [
    '-O3',
    '-march=native',
    '-fno-math-errno',
    '-fno-strict-aliasing',
    '-fno-tree-slp-vectorize',
  ];
  const built = spawnSync('g++', [...flags, '-o', binary, join(folder, 'cpp/refmodel.cpp')]);
  if (built.status !== 0) {
    missing.push('the C++ programs: g++ is absent or failed');
    return [];
  }
  const engine = (name, idea, upTo) => ({ name: `cpp-${name}`, idea, upTo, argv: [binary, name] });
  return [
    engine('heap4', 'one global heap', 1e6),
    engine('ladder', 'one global bucket queue', 1e7),
    engine('psup', 'a resolver at a time, merged arrivals', 1e7),
  ];
}

function naivePeer() {
  const program = join(folder, 'js/naive.mjs');
  return { name: 'js-naive', idea: 'an event and objects per client', upTo: 1e5, argv: ['node', program] };
}

function simpyPeer(missing) {
  const python = process.env.SIMPY_PYTHON ?? '/usr/bin/python3';
  if (spawnSync(python, ['-c', 'import simpy']).status !== 0) {
    missing.push('SimPy: `apt-get install python3-simpy`, or name a Python that has it in SIMPY_PYTHON');
    return [];
  }
  const program = join(folder, 'py/simpy_model.py');
  return [{ name: 'simpy', idea: 'Python processes', upTo: 1e5, argv: [python, program] }];
}

/** Runs a peer for an hour of N clients behind 1,000 resolvers; undefined when it fails. */
export function runPeer(peer, clients, seed) {
  const [command, ...rest] = peer.argv;
  const argv = [...rest, String(clients), '1000', '3600', String(seed)];
  const env = { ...process.env, NPM_DIR: root };
  const result = spawnSync(command, argv, { encoding: 'utf8', env, maxBuffer: 1 << 26 });
  try {
    const { req, run_s: runSeconds, rss_kb: kilobytes } = JSON.parse(result.stdout.trim().split('\n').pop());
    return { requests: req, runSeconds, peakBytes: kilobytes * 1024 };
  } catch {
    return undefined;
  }
}
