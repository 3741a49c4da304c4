import { describe, expect, it, test } from 'vitest';
import { describeFault, RunFailure } from '../../src/cli/exit.ts';
import { addOutput } from '../../src/cli/outputs.ts';
import { makeProgress } from '../../src/cli/progress.ts';
import { wantsColour, wantsUnicode } from '../../src/cli/terminal.ts';

describe('colour', () => {
  const table: [
    option: boolean | undefined,
    isTerminal: boolean,
    env: Record<string, string>,
    expected: boolean,
  ][] = [
    [undefined, true, {}, true],
    [undefined, false, {}, false],
    [undefined, true, { TERM: 'dumb' }, false],
    [undefined, true, { NO_COLOR: '1' }, false],
    [undefined, true, { NO_COLOR: '' }, true],
    [undefined, false, { FORCE_COLOR: '1' }, true],
    [undefined, true, { FORCE_COLOR: '0' }, false],
    [undefined, true, { FORCE_COLOR: 'false' }, false],
    [undefined, false, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [true, false, { NO_COLOR: '1' }, true],
    [false, true, { FORCE_COLOR: '1' }, false],
  ];
  test.each(table)('option %s, terminal %s, %o: %s', (option, isTerminal, env, expected) => {
    expect(wantsColour(option, { isTerminal, env })).toBe(expected);
  });
});

describe('characters beyond ASCII', () => {
  test.each([
    [true, { LANG: 'en_GB.UTF-8' }, true],
    [true, { LANG: 'C' }, false],
    [true, { LANG: 'C.utf8' }, true],
    [true, { LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' }, false],
    [true, {}, true],
    [false, { LANG: 'C' }, true],
  ] as [boolean, Record<string, string>, boolean][])('terminal %s, %o: %s', (isTerminal, env, expected) => {
    expect(wantsUnicode({ isTerminal, env })).toBe(expected);
  });
});

describe('progress', () => {
  function record(isTerminal: boolean, step: number, fractions: readonly number[]): string[] {
    const written: string[] = [];
    let now = 0;
    const display = makeProgress({
      isTerminal,
      write: (text) => void written.push(text),
      now: () => {
        now += step;
        return now;
      },
    });
    for (const fraction of fractions) display.update(fraction, 'of 5 replications');
    display.close();
    return written;
  }

  it('is a line per 10 % where there is no terminal', () => {
    const hundredths = Array.from({ length: 101 }, (_, index) => index / 100);
    const lines = record(false, 1, hundredths);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('10 % of 5 replications\n');
    expect(lines.at(-1)).toBe('100 % of 5 replications\n');
  });

  it('does not repeat a line', () => {
    expect(record(false, 1, [0.1, 0.15, 0.15, 0.35])).toEqual([
      '10 % of 5 replications\n',
      '30 % of 5 replications\n',
    ]);
  });

  it('is a bar on a terminal, taken away at the end', () => {
    const written = record(true, 1000, [0, 0.5, 1]);
    expect(written[1]).toBe(`\r\u001b[K 50 % [${'#'.repeat(15)}${'.'.repeat(15)}] of 5 replications`);
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('is redrawn at most ten times a second', () => {
    expect(
      record(
        true,
        1,
        Array.from({ length: 100 }, () => 0.5),
      ),
    ).toHaveLength(2);
  });
});

describe('--out', () => {
  it('collects format=path, and a path may hold an equals sign', () => {
    const outputs = addOutput('csv=b=c.csv', addOutput('json=a.json'));
    expect(outputs).toEqual([
      { format: 'json', path: 'a.json' },
      { format: 'csv', path: 'b=c.csv' },
    ]);
  });

  test.each([
    ['result.json', 'write format=path'],
    ['json=', 'write format=path'],
    ['jsn=a', "did you mean 'json'?"],
    ['xlsx=a', 'known are json, csv, svg, html, md, junit, txt'],
    ['toString=a', 'known are'],
  ])('%s: %s', (text, message) => {
    expect(() => addOutput(text)).toThrow(message);
  });

  it('names no file twice', () => {
    expect(() => addOutput('csv=a', addOutput('json=a'))).toThrow('a is named twice');
  });
});

describe('a fault of the program', () => {
  it('is one line that asks for a report and names the seed', () => {
    const line = describeFault(new RunFailure(7, new Error('livelock at resolver isp\nwith details')));
    expect(line).toContain('livelock at resolver isp');
    expect(line).toContain('please report this with the scenario and seed 7');
    expect(line).not.toContain('\n');
  });

  test.each([
    'Array buffer allocation failed',
    'Worker terminated due to reaching memory limit: JS heap out of memory',
  ])('that is none, but memory that gave out, says how to need less: %s', (message) => {
    const line = describeFault(new RunFailure(7, new RangeError(message)));
    expect(line).toContain('not enough memory; simulate fewer clients');
    expect(line).not.toContain('report');
  });

  it('outside a run has no seed', () => {
    expect(describeFault('odd')).toContain('dnsdrill failed: odd (please report this with the scenario;');
  });
});
