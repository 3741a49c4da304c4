/** Commands and workflows the page hands out: a shell reads them as meant, and the program knows them. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ciJob } from '../../web/share/ci-job.ts';
import { commandLine, shellWord } from '../../web/share/shell-words.ts';

const SEED = 20_261_122;
const HOSTILE = `a b'; $(touch x) \`y\` "z" \\ #.yaml`;

/** The words a shell makes of a line. */
function wordsOf(line: string, env: Record<string, string> = {}): string[] {
  const script = `for word in ${line}; do printf '%s\\0' "$word"; done`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env }).split('\0').slice(0, -1);
}

describe('a word for a shell', () => {
  it('is read back as it was', () => {
    const word = fc
      .string({ minLength: 1, unit: 'binary' })
      .filter((text) => !text.includes('\0') && text.isWellFormed());
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        expect(wordsOf(words.map(shellWord).join(' '))).toEqual(words);
      }),
      { seed: SEED, numRuns: 50 },
    );
  });
});

describe('a command line', () => {
  it('repeats file, changes and seed', () => {
    const line = commandLine('compare', { file: HOSTILE, sets: ['a.b=1 h', "c='x'"], seed: 7 });
    expect(wordsOf(line)).toEqual([
      'npx',
      'dnsdrill',
      'compare',
      HOSTILE,
      '--set',
      'a.b=1 h',
      '--set',
      "c='x'",
      '--seed',
      '7',
    ]);
  });

  it('says nothing of a seed that was not chosen', () => {
    expect(commandLine('run', { file: 'drill.yaml', sets: [] })).toBe('npx dnsdrill run drill.yaml');
  });
});

interface Workflow {
  readonly jobs: {
    readonly drill: {
      readonly steps: readonly { name?: string; run?: string; env?: Record<string, string> }[];
    };
  };
}

describe('a workflow', () => {
  const what = {
    file: HOSTILE,
    sets: ['policies.app.example.com/A.failover.ttl=30s', '$(touch y)'],
    seed: 3,
  };
  const workflow = parse(ciJob('compare', what, '0.1.0')) as Workflow;
  const step = workflow.jobs.drill.steps.find(({ name }) => name === 'Drill')!;

  it('runs the pinned program on the scenario, whatever the file is called', () => {
    expect(wordsOf(step.run!, step.env!)).toEqual([
      ...['npx', '--yes', 'dnsdrill@0.1.0', 'compare', HOSTILE],
      ...['--set', what.sets[0], '--set', what.sets[1], '--seed', '3', '--out', 'html=dns-report.html'],
    ]);
  });

  it('keeps values of the scenario out of the script', () => {
    expect(step.run).not.toContain('touch');
  });

  it('lets no value of the scenario speak as an expression', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of the workflow language
    const hostile = { file: 'a.yaml', sets: ['title=${{ secrets.KEY }}'] };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the same
    expect(ciJob('run', hostile, '0.1.0')).toContain('SET_1: "title=${{ \'${{\' }} secrets.KEY }}"');
  });
});
