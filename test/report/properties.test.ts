import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../src/report/csv.ts';
import { renderJson } from '../../src/report/json.ts';
import { COLUMNS, width } from '../../src/report/layout.ts';
import { renderSvg } from '../../src/report/svg.ts';
import { renderText } from '../../src/report/text.ts';
import { verdict } from '../../src/report/verdict.ts';
import { anyResult } from './arbitrary.ts';
import { problemsOfXml } from './xml.ts';

const SETTINGS = { seed: 7, numRuns: 150 };
/** Labels may contain these words; numbers must not turn into them. */
const NOT_A_NUMBER = /\b(NaN|Infinity|undefined)\b/;

describe('whatever the result,', () => {
  it('the text report has at most 80 columns and no impossible number', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const text = renderText(result);
        for (const line of text.split('\n')) expect(width(line), line).toBeLessThanOrEqual(COLUMNS);
        expect(text).not.toMatch(NOT_A_NUMBER);
        expect(text.endsWith('\n')).toBe(true);
      }),
      SETTINGS,
    );
  });

  it('nothing from outside can control the terminal', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        expect(renderText(result).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
      SETTINGS,
    );
  });

  it('plain ASCII is plain ASCII', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        expect(renderText(result, { unicode: false })).toMatch(/^[\n\u0020-\u007e]*$/);
      }),
      SETTINGS,
    );
  });

  it('the verdict is one sentence on one line', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        expect(verdict(result)).toMatch(/^\S.*\.$/u);
      }),
      SETTINGS,
    );
  });

  it('JSON reads back to the same document and is the same text again', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const text = renderJson(result);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(result)));
        expect(renderJson(JSON.parse(text))).toBe(text);
        expect(text).not.toMatch(/(?<![\w".])-0(?![.\d])/);
      }),
      SETTINGS,
    );
  });

  it('CSV has eight fields in every row', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        for (const row of parseCsv(renderCsv(result))) expect(row).toHaveLength(8);
      }),
      SETTINGS,
    );
  });

  it('SVG is well-formed and free of impossible numbers', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const svg = renderSvg(result);
        expect(problemsOfXml(svg)).toEqual([]);
        expect(svg).not.toMatch(NOT_A_NUMBER);
      }),
      SETTINGS,
    );
  });
});

/** RFC 4180 with line feeds. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}
