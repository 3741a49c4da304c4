/**
 * Colours as people with the three colour vision deficiencies see them, and their contrast (WCAG 2.2, 1.4.11).
 * The simulation is that of Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHART_STYLE, HUES } from '../../../src/report/charts/theme.ts';
import { CACHE_STATES, GLYPHS, LISTED } from '../../../web/play/cache-states.ts';

type Triple = readonly [number, number, number];

const VISIONS: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** `--name: light-dark(#..., #...)` of a style sheet. */
function tokensOf(css: string): ReadonlyMap<string, readonly [light: string, dark: string]> {
  const found = css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name, light, dark]) => [name!, [light!, dark!]]));
}

const PAGE = tokensOf(readFileSync('web/theme.css', 'utf8'));
const CHARTS = tokensOf(CHART_STYLE);

function linear(hex: string): Triple {
  const octets = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return octets.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  ) as never;
}

function seen(hex: string, vision: string): Triple {
  const colour = linear(hex);
  return VISIONS[vision]!.map((row) =>
    Math.min(Math.max(row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2], 0), 1),
  ) as never;
}

const luminance = ([red, green, blue]: Triple): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(one: Triple, other: Triple): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

/** Distance in CIELAB (D65): below 2 hardly anyone tells two colours apart. */
function distance(one: Triple, other: Triple): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function lab([red, green, blue]: Triple): Triple {
  const x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
  const [fx, fy, fz] = [x, y, z].map((value) =>
    value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116,
  ) as unknown as Triple;
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

const VISION_NAMES = Object.keys(VISIONS);
const THEMES = ['light', 'dark'] as const;
const hues = Array.from({ length: HUES }, (_, hue) => `chart-hue${hue}`);

describe.each(THEMES)('in the %s theme', (theme) => {
  const at = theme === 'light' ? 0 : 1;
  const page = (name: string): string => PAGE.get(name)![at];
  const chart = (name: string): string => CHARTS.get(name)![at];

  describe.each(VISION_NAMES)('with %s', (vision) => {
    it.each(LISTED.map(String))('cache state %s stands out from the panel', (name) => {
      expect(contrast(seen(page(name), vision), seen(page('panel'), vision))).toBeGreaterThanOrEqual(3);
    });

    it.each(hues)('%s stands out from its ground', (name) => {
      expect(contrast(seen(chart(name), vision), seen(chart('chart-ground'), vision))).toBeGreaterThanOrEqual(
        3,
      );
    });

    it('a cache that works is told from one that fails', () => {
      expect(distance(seen(page('fresh'), vision), seen(page('wrong'), vision))).toBeGreaterThan(10);
    });

    it('the first two strategies differ in colour', () => {
      expect(distance(seen(chart('chart-hue0'), vision), seen(chart('chart-hue1'), vision))).toBeGreaterThan(
        10,
      );
    });
  });
});

describe('the measures', () => {
  it('would refuse an orange line on white, and red beside green (negative controls)', () => {
    expect(contrast(linear('#e69f00'), linear('#ffffff'))).toBeLessThan(3);
    expect(distance(seen('#c00000', 'full'), seen('#4f7000', 'full'))).toBeGreaterThan(50);
    expect(distance(seen('#c00000', 'protanopia'), seen('#403a00', 'protanopia'))).toBeLessThan(20);
  });

  it('agree with known values', () => {
    expect(contrast(linear('#000000'), linear('#ffffff'))).toBeCloseTo(21, 6);
    expect(contrast(linear('#0072b2'), linear('#ffffff'))).toBeCloseTo(5.2, 1);
  });
});

describe('without any colour', () => {
  it('every state has a glyph of its own', () => {
    const glyphs = CACHE_STATES.map((name) => JSON.stringify(GLYPHS[name]));
    expect(new Set(glyphs).size).toBe(CACHE_STATES.length);
  });
});
