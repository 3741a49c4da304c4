/**
 * "Did you mean": the nearest of a set of known words.
 *
 * Distance counts insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), each
 * as one; case does not count. A word further away than a third of its length is no suggestion.
 */

/** Words longer than this get no suggestion: nobody mistypes them, and the distance grows with the square. */
const LONGEST_WORD = 80;
/** Shorter words are part of too much. */
const LEAST_PART = 4;

/**
 * The candidate nearest to `word`; the first of equals.
 * @returns `undefined` when none is near enough to be what was meant
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/**
 * `did you mean 'x'?`, or else what there is to choose from, names that hold the word first; `undefined` when there is
 * nothing at all.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const known = [...new Set(candidates)];
  const related = known.filter((candidate) => isPartOf(word, candidate));
  const near = suggest(word, known) ?? (related.length === 1 ? related[0] : undefined);
  if (near !== undefined) return `did you mean '${near}'?`;
  if (related.length > 0) return `perhaps ${related.slice(0, 12).join(', ')}`;
  if (known.length === 0) return undefined;
  const shown = known.slice(0, 12).join(', ');
  return known.length > 12
    ? `known are ${shown}, ...`
    : `known ${known.length === 1 ? 'is' : 'are'} ${shown}`;
}

/** Whether a name holds the word, hyphens and case aside: `dnscache` in `nodelocal-dnscache`. */
function isPartOf(word: string, name: string): boolean {
  const [part, whole] = [word, name].map((text) => text.toLowerCase().replaceAll('-', '')) as [
    string,
    string,
  ];
  return part.length >= LEAST_PART && whole.includes(part);
}

function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, beforePrevious[column - 2]! + 1);
      current.push(cost);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[b.length]!;
}
