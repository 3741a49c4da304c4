/** How to get the same numbers again. */
import type { RunResult } from '../measure/result.ts';

/** What a report knows beside the result. */
export interface ReportContext {
  /** The command that was given, ready to be pasted into a shell. */
  readonly command?: string;
}

/** The command, or its shape where nobody told. */
export function replayCommand({ seed, replications }: RunResult, { command }: ReportContext): string {
  return command ?? `dnsdrill run SCENARIO.yaml --seed ${seed} --reps ${replications}`;
}

/** What the numbers depend on, one line each. */
export function provenance(result: RunResult): string[] {
  const { program, scenario, seed, replications, strategies } = result;
  return [
    `${program.name} ${program.version}`,
    `scenario SHA-256 ${scenario.sha256}`,
    `seed ${seed}`,
    `${replications} ${replications === 1 ? 'replication' : 'replications'}`,
    ...strategies.map(({ name, digest }) => `digest of ${name}: ${digest}`),
  ];
}
