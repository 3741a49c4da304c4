/** A small check that markup is well-formed: tags balance, attributes are quoted, nothing is left unescaped. */

const TAG = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const TEXT = /(?:[^<&\p{Cc}]|[\n\t]|&(?:amp|lt|gt|quot|#\d+);)+/uy;

/** What is wrong, empty when nothing is. */
export function problemsOfXml(markup: string): string[] {
  const open: string[] = [];
  let at = 0;
  while (at < markup.length) {
    TEXT.lastIndex = at;
    TAG.lastIndex = at;
    const text = TEXT.exec(markup);
    const tag = text === null ? TAG.exec(markup) : null;
    if (text === null && tag === null)
      return [`unreadable at ${at}: ${JSON.stringify(markup.slice(at, at + 60))}`];
    at = text === null ? TAG.lastIndex : TEXT.lastIndex;
    if (tag?.[1] === '/' && open.pop() !== tag[2]) return [`</${tag[2]}> closes another element at ${at}`];
    if (tag && tag[1] === '' && tag[4] === '') open.push(tag[2]!);
  }
  return open.map((name) => `<${name}> is never closed`);
}
