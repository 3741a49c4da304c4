import { describe, expect, it, test } from 'vitest';
import { lineClass, marker } from '../../../src/report/charts/looks.ts';
import { CHART_STYLE, HUES, LOOKS, STANDALONE_STYLE } from '../../../src/report/charts/theme.ts';

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const TOKENS = new Map(
  [...CHART_STYLE.matchAll(/--chart-(\w+):light-dark\((#\w{6}),(#\w{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    [light!, dark!] as const,
  ]),
);

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('on the %s ground', (_, scheme) => {
  const ground = TOKENS.get('ground')![scheme];

  test.each(['ink', 'quiet'])('text in %s can be read (4.5:1)', (name) => {
    expect(contrast(TOKENS.get(name)![scheme], ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['hue0', 'hue1', 'hue2', 'hue3', 'hue4', 'fault', 'good'])(
    'marks in %s stand out (3:1)',
    (name) => {
      expect(contrast(TOKENS.get(name)![scheme], ground)).toBeGreaterThanOrEqual(3);
    },
  );

  it('hues differ', () => {
    const hues = Array.from({ length: HUES }, (_value, hue) => TOKENS.get(`hue${hue}`)![scheme]);
    expect(new Set(hues).size).toBe(HUES);
  });
});

describe('strategies', () => {
  it('differ without colour: eight dashes, eight markers', () => {
    const looks = Array.from({ length: LOOKS }, (_, index) => index);
    const dashes = looks.map(
      (look) => new RegExp(`\\.d${look}\\{([^}]*)\\}`).exec(CHART_STYLE)?.[1] ?? 'solid',
    );
    expect(new Set(dashes).size).toBe(LOOKS);
    expect(new Set(looks.map((look) => marker(look, 0, 0))).size).toBe(LOOKS);
    expect(lineClass(9)).toBe(lineClass(1));
  });
});

describe('the style sheet', () => {
  it('has system colours where colours are forced, and loads nothing', () => {
    const forced = CHART_STYLE.slice(CHART_STYLE.indexOf('forced-colors:active'));
    for (const name of TOKENS.keys()) {
      expect(forced).toMatch(new RegExp(`--chart-${name}:(CanvasText|Canvas|GrayText)`));
    }
    expect(STANDALONE_STYLE).not.toMatch(/url\(|@import|@font-face|[<&]/);
  });
});
