/** What this browser remembers of its user: theme, size, and whether single keys act. Nothing else is kept. */

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export const THEME_TEXT: Readonly<Record<Theme, string>> = {
  system: 'as the system',
  light: 'light',
  dark: 'dark',
};

/** How large everything is; `theme.css` says what each comes to. */
export type Size = 'usual' | 'large' | 'projector';

export const SIZES: readonly Size[] = ['usual', 'large', 'projector'];

export const SIZE_TEXT: Readonly<Record<Size, string>> = {
  usual: 'as usual',
  large: 'large',
  projector: 'for a projector',
};

export function nextTheme(theme: Theme): Theme {
  return after(THEMES, theme);
}

export function nextSize(size: Size): Size {
  return after(SIZES, size);
}

/** The one that follows; after the last comes the first. */
function after<T>(list: readonly T[], one: T): T {
  return list[(list.indexOf(one) + 1) % list.length]!;
}

const THEME = 'dnsdrill-theme';
const SIZE = 'dnsdrill-size';
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
  mark('theme', theme, THEMES[0]!);
  write(THEME, theme);
}

export function readSize(): Size {
  const stored = read(SIZE);
  return SIZES.find((size) => size === stored) ?? 'usual';
}

/** Shows everything in a size, and remembers it. */
export function applySize(size: Size): void {
  mark('size', size, SIZES[0]!);
  write(SIZE, size);
}

/** What is not as usual stands at the root of the page, for its styles. */
function mark(name: string, value: string, usual: string): void {
  if (value === usual) delete document.documentElement.dataset[name];
  else document.documentElement.dataset[name] = value;
}

/** How many times as large as usual an element stands, 1 or more: pixels of the window per pixel inside it. */
export function zoomOf(element: Element): number {
  return element.currentCSSZoom ?? 1;
}

export function readKeysOn(): boolean {
  return read(KEYS) !== 'off';
}

export function rememberKeysOn(on: boolean): void {
  write(KEYS, on ? 'on' : 'off');
}
