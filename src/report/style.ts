/** Emphasis in text reports, injected so that the same report serves terminals, files and tests. */
export interface Style {
  readonly title: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly dim: (text: string) => string;
}

const same = (text: string): string => text;

/** No emphasis at all. */
export const PLAIN: Style = {
  title: same,
  heading: same,
  strong: same,
  good: same,
  bad: same,
  accent: same,
  dim: same,
};

/** Select Graphic Rendition (ECMA-48, 8.3.117): switched on before and off after the text. */
function rendition(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);
}

/** Emphasis for terminals, in the terminal's own colours so that light and dark themes both work. */
export const ANSI: Style = {
  title: rendition(1, 22),
  heading: rendition(1, 22),
  strong: rendition(1, 22),
  good: rendition(32, 39),
  bad: rendition(31, 39),
  accent: rendition(36, 39),
  dim: rendition(2, 22),
};
