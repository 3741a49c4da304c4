import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { comparedResult, HOSTILE } from './compared.ts';
import { runResult } from './made-up.ts';
import { problemsOfXml } from './xml.ts';

const four = comparedResult();
const hostile = comparedResult(HOSTILE, 2, { title: '# <b>|`x`|' });
const CONTEXT = { command: "dnsdrill run 'a ``` b.yaml' --seed 7 --reps 5" };

describe('Markdown', () => {
  it('is the golden text', async () => {
    await expect(renderMarkdown(four)).toMatchFileSnapshot('golden/four-strategies.md');
  });

  it('has tables of even rows, whatever the names', () => {
    const lines = renderMarkdown(hostile).split('\n');
    const cells = (line: string): number => line.replaceAll('\\|', '').split('|').length;
    const tables = lines.map((line, at) => (/^\| -/.test(line) ? at : -1)).filter((at) => at > 0);
    expect(tables).toHaveLength(2);
    for (const at of tables) {
      for (let row = at - 1; lines[row]!.startsWith('|'); row++)
        expect(cells(lines[row]!)).toBe(cells(lines[at]!));
    }
  });

  it('lets no name become markup', () => {
    const text = renderMarkdown(hostile);
    expect(text.startsWith('# \\# &lt;b\\>\\|\\`x\\`\\|\n')).toBe(true);
    expect(text).not.toMatch(/<(?!\/?$)|[^\\]\[x\]/);
  });

  it('fences the command with more backticks than it holds', () => {
    expect(renderMarkdown(four, CONTEXT)).toContain('\n````sh\ndnsdrill run');
  });
});

describe('JUnit XML', () => {
  it('is the golden document', async () => {
    await expect(renderJunit(four, CONTEXT).replaceAll('><', '>\n<')).toMatchFileSnapshot(
      'golden/four-strategies.xml',
    );
  });

  it('counts cases and failures, and says what was expected and observed', () => {
    const xml = renderJunit(four);
    expect([...xml.matchAll(/<testcase /g)]).toHaveLength(4);
    expect([...xml.matchAll(/<failure /g)]).toHaveLength(3);
    expect(xml).toContain('tests="4" failures="3" errors="0"');
    expect(xml).toContain('message="expected recovery.p99 &lt; 5m, observed beyond the end"');
    expect(xml).toContain('classname="ttl 30"');
    expect(xml).toMatch(/<system-out>[^<]*seed 7[^<]*<\/system-out>/);
  });

  it('is well-formed, whatever the names', () => {
    for (const result of [four, hostile, runResult()]) {
      expect(problemsOfXml(renderJunit(result).replace(/^<\?xml.*\?>\n/, ''))).toEqual([]);
    }
  });

  it('makes an interrupted run an error', () => {
    const xml = renderJunit(runResult({ partial: true }));
    expect(xml).toContain('errors="1"');
    expect(xml).toContain('<error message="interrupted');
  });
});
