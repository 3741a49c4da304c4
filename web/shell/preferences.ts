/** What this browser remembers of its user: the theme, and whether single keys act. Nothing else is kept. */

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export const THEME_TEXT: Readonly<Record<Theme, string>> = {
  system: 'as the system',
  light: 'light',
  dark: 'dark',
};

const THEME = 'dnsdrill-theme';
const KEYS = 'dnsdrill-keys';

/** Storage may be forbidden; then nothing is remembered. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Forbidden: the choice holds until the page is left.
  }
}

export function readTheme(): Theme {
  const stored = read(THEME);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Shows a theme, and remembers it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  write(THEME, theme);
}

export function readKeysOn(): boolean {
  return read(KEYS) !== 'off';
}

export function rememberKeysOn(on: boolean): void {
  write(KEYS, on ? 'on' : 'off');
}
