/** How wide text comes out, before there is a document to measure it in: generous by a few per cent. */

const NARROW = /[iljtfrI1.,:;'|!()[\]/ -]/;
const WIDE = /[mwMW@%…]/;
/** Widths of letters as shares of their size; usual sans-serif letters, set somewhat bold. */
const [NARROW_SHARE, USUAL_SHARE, WIDE_SHARE] = [0.44, 0.67, 0.97];

/** @param size of letters, pixels */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text)
    width += NARROW.test(letter) ? NARROW_SHARE : WIDE.test(letter) ? WIDE_SHARE : USUAL_SHARE;
  return width * size;
}

/** The beginning of a text that fits, with a mark where it is cut. */
export function fitted(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  let kept = text;
  while (kept !== '' && textWidth(`${kept}…`, size) > room) kept = kept.slice(0, -1);
  return kept === '' ? '' : `${kept.trimEnd()}…`;
}
