/** Newline-delimited JSON: one event per line, for pipes. */

/** @returns one line with its newline; keys in the order of the event, numbers that JSON cannot hold as null */
export function renderNdjsonLine(event: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(event)}\n`;
}
