/** TTLs of records written inside a scenario, found in their lines and changed there. */

/** A line of master-file text with a TTL of its own. */
export interface RecordTtl {
  /** From 0. */
  readonly line: number;
  /** Owner name and type, for example `app A`. */
  readonly label: string;
  readonly ttl: string;
}

/** Owner, blank space, TTL, and then class and type (RFC 1035 §5.1, TTL before class). */
const LINE = /^(\s*\S*\s+)(\d[\dsmhdwSMHDW]*)(\s+(?:IN\s+)?([A-Z][A-Z0-9]*)\s)/;

/** Records that name their own TTL, in the order of the text; a blank owner is that of the line before. */
export function recordTtls(text: string): RecordTtl[] {
  let owner = '@';
  return text.split('\n').flatMap((line, index) => {
    const [, before, ttl, , type] = LINE.exec(line) ?? [];
    if (before === undefined || ttl === undefined || type === undefined) return [];
    if (before.trim() !== '') owner = before.trim();
    return [{ line: index, label: `${owner} ${type}`, ttl }];
  });
}

/** The text with another TTL in one line. Columns behind it stay where they were, if there is room. */
export function withTtl(text: string, line: number, ttl: string): string {
  return text
    .split('\n')
    .map((content, index) =>
      index === line
        ? content.replace(LINE, (_, before, old, after) => before + padded(ttl, old, after))
        : content,
    )
    .join('\n');
}

function padded(ttl: string, old: string, after: string): string {
  const spaces = /^\s+/.exec(after)![0].length;
  const wanted = Math.max(1, spaces + old.length - ttl.length);
  return ttl + ' '.repeat(wanted) + after.trimStart();
}
