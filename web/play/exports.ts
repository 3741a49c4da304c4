/** Files out of Play: pictures with their colours written out, tables, and all numbers. */
import type { Figure } from './recovery-chart.ts';

/** Rows as CSV (RFC 4180). */
export function csvOf({ columns, rows }: Pick<Figure, 'columns' | 'rows'>): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A picture that stands alone: its rules inside, every token replaced by the colour it has on the page now.
 * @param colourOf gives the colour of a token
 */
export function standalone(svg: string, rules: string, colourOf: (token: string) => string): string {
  const written = rules
    .replaceAll(/:host\([^)]*\)[^{]*\{[^}]*\}/g, '')
    .replaceAll('var(--sans)', 'system-ui, sans-serif')
    .replaceAll(/var\((--[a-z-]+)\)/g, (_, token: string) => colourOf(token));
  const ground = `<rect width="100%" height="100%" fill="${colourOf('--panel')}"/>`;
  const named = svg.includes('xmlns=') ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
  return `${named.replace(/(<svg[^>]*>)/, `$1<style>${written}</style>${ground}`)}\n`;
}

/** Reads colours of tokens as the page shows them. */
export function colourReader(host: HTMLElement): (token: string) => string {
  const probe = document.createElement('span');
  probe.hidden = true;
  (host.shadowRoot ?? host).append(probe);
  return (token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
}
