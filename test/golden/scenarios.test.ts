/**
 * Every shipped scenario has a golden summary: one replication of each strategy, to the last digit. A difference
 * is either a defect or a change to be explained in the commit; `UPDATE_GOLDEN=1` writes the files anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aggregateStrategy, loadScenario, playTask, type StrategyResult } from '../../src/index.ts';

const files = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));

interface Summary {
  readonly strategy: string;
  readonly digest: string;
  readonly requests: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly recoverySeconds: Readonly<Record<string, number | null>>;
  readonly affected: number;
  readonly userMinutesLost: number;
  readonly causes: readonly string[];
  readonly load: Readonly<Record<string, number>>;
}

function summary({ name, digest, requests, overall, load }: StrategyResult): Summary {
  const { recovery, outcomes, userMinutesLost, causes } = overall;
  const seconds = (estimate: { readonly mean: number } | null): number | null => estimate?.mean ?? null;
  return {
    strategy: name,
    digest,
    requests,
    outcomes: Object.fromEntries(Object.entries(outcomes).filter(([, count]) => count > 0)),
    recoverySeconds: {
      p50: seconds(recovery.quantiles.p50),
      p99: seconds(recovery.quantiles.p99),
      population: seconds(recovery.population),
    },
    affected: recovery.affected.mean,
    userMinutesLost: userMinutesLost.mean,
    causes: causes.map(({ cause, requests: failed }) => `${cause} ${failed}`),
    load: Object.fromEntries(load.map(({ hop, queriesPerSecond }) => [hop, queriesPerSecond.mean])),
  };
}

function play(file: string): readonly Summary[] {
  const text = readFileSync(`scenarios/${file}`, 'utf8');
  const readFile = (path: string): string | undefined =>
    existsSync(`scenarios/${path}`) ? readFileSync(`scenarios/${path}`, 'utf8') : undefined;
  const { scenario, issues } = loadScenario({ text, file, readFile });
  if (!scenario) throw new Error(issues.map(({ message }) => message).join('\n'));
  return scenario.strategies.map(({ name, spec }, strategy) => {
    const record = playTask(scenario, { strategy, replication: 0 });
    const { timeline, recovery } = spec;
    return summary(aggregateStrategy({ name, timeline, recovery }, [record]));
  });
}

describe('golden summaries', () => {
  it.each(files)('%s', (file) => {
    const golden = `test/golden/${file.replace('.yaml', '.json')}`;
    const text = `${JSON.stringify(play(file), undefined, 2)}\n`;
    if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });
});
