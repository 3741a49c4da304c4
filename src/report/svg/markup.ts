/** SVG text without a document: elements are strings, and everything from outside is escaped. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Characters that XML 1.0 (§2.2) does not allow are dropped, its delimiters replaced by entities. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters XML forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** An element with children that are markup already. Numbers are rounded to hundredths. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(value!)}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** A text element. */
export function textElement(attributes: Attributes, text: string): string {
  return element('text', attributes, escapeXml(text));
}

function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
