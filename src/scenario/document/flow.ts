/** Plain values as YAML on one line, for hints. */

/** `{ name: app.example.com, every: 60s }`. @param value what JSON can hold */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${flow(key)}: ${flow(one)}`);
    return `{ ${entries.join(', ')} }`;
  }
  const isPlain =
    typeof value === 'string' && /^[\w/.][\w/.@<>=% -]*$/.test(value) && !/^[\d.]+$/.test(value);
  return isPlain ? value : JSON.stringify(value);
}
