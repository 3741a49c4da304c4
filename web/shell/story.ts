/** The story of a scenario: the comment at the head of its file, as paragraphs and lists. */

/** A paragraph, or an entry of a list: `term` is what stands before the gap in its line. */
export interface StoryPart {
  readonly text: string;
  readonly kind: 'paragraph' | 'entry';
  readonly term?: string;
}

/** Lines of the comment that are for programs, or for a terminal. */
const FOR_OTHERS = /^\s*(?:yaml-language-server:|Play it:)/;
/** Deeper than this a line goes on with the entry before it. */
const DEEPEST_ENTRY = 6;

/** In the order of the file; empty for a file without a comment at its head. */
export function storyOf(text: string): readonly StoryPart[] {
  const parts: StoryPart[] = [];
  let isOpen = false;
  for (const line of headOf(text)) {
    const [indent] = /^ */.exec(line)!;
    const last = parts.at(-1);
    if (line.trim() === '') isOpen = false;
    else if (indent.length > 0 && (!isOpen || indent.length <= DEEPEST_ENTRY)) {
      parts.push(entryOf(line.trim()));
      isOpen = true;
    } else if (isOpen && last && (last.kind === 'paragraph' || indent.length > 0)) {
      parts[parts.length - 1] = { ...last, text: `${last.text} ${line.trim()}` };
    } else {
      parts.push({ kind: 'paragraph', text: line.trim() });
      isOpen = true;
    }
  }
  return parts;
}

/** The lines of the comment, without their marks. */
function headOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  const comment = end < 0 ? lines : lines.slice(0, end);
  return comment.map((line) => line.replace(/^# ?/, '')).filter((line) => !FOR_OTHERS.test(line));
}

function entryOf(line: string): StoryPart {
  const [, term, text] = /^(\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
  return term === undefined || text === undefined
    ? { kind: 'entry', text: line }
    : { kind: 'entry', term, text };
}

/** What a drill asks: the first paragraph of its story; empty when it has none. */
export function questionOf(text: string): string {
  return storyOf(text).find(({ kind }) => kind === 'paragraph')?.text ?? '';
}
