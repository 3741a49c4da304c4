/** Plain ASCII for terminals and logs that know nothing else: character for character, so layout stays. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '▁': '.',
  '▂': ',',
  '▃': ':',
  '▄': '-',
  '▅': '=',
  '▆': '+',
  '▇': '*',
  '█': '#',
  '▏': '|',
  '·': '-',
  '–': '-',
  '─': '-',
  '━': '=',
  '┬': '+',
  '│': '|',
  '✓': '+',
  '✗': 'x',
  '…': '~',
  µ: 'u',
  '×': 'x',
  '≥': '>',
  '→': '>',
  '“': '"',
  '”': '"',
  '’': "'",
};

/** Replaces every character outside ASCII by one inside; characters without a likeness become `?`. */
export function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is what is meant
  return text.replaceAll(/[^\u0000-\u007f]/gu, (character) => REPLACEMENTS[character] ?? '?');
}
