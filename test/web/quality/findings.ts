/** What axe, the accessibility checker, finds on a page, in both themes, wide and narrow. No rule is switched off. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** A finding of axe, the accessibility checker. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Handed to the browser as it is: the page's own policy lets no foreign script in. */
const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const FIND = `${AXE}; axe.run(document).then(({ violations }) => violations)`;

const WIDTHS = [1280, 360];
const THEMES = ['light', 'dark'] as const;

/** A finding in one line per element, with every theme and width it shows in. */
class Findings {
  readonly #places: Map<string, string[]> = new Map();

  add(place: string, violations: readonly Violation[]): void {
    for (const { id, nodes } of violations) {
      for (const { html, failureSummary } of nodes) {
        const line = `${id}: ${html}: ${failureSummary}`.replaceAll(/\s+/g, ' ');
        this.#places.set(line, [...(this.#places.get(line) ?? []), place]);
      }
    }
  }

  get lines(): readonly string[] {
    return [...this.#places].map(([line, places]) => `${places.join(', ')}: ${line}`);
  }
}

export async function findings(page: Page, widths: readonly number[] = WIDTHS): Promise<readonly string[]> {
  const found = new Findings();
  for (const width of widths) {
    for (const colorScheme of THEMES) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      // Two frames: sizes are observed in one, drawn in the next.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      found.add(`${colorScheme} ${width}`, await page.evaluate<Violation[]>(FIND));
    }
  }
  return found.lines;
}
