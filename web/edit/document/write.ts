/** Values as YAML text, fit for the place where they will stand. */
import { stringify } from 'yaml';
import type { Plain } from './outline.ts';

const FLOW = { collectionStyle: 'flow', lineWidth: 0 } as const;

/** One line, fit for a flow collection and for the right-hand side of a key: `60s`, `[a, b]`, `{ at: 10m }`. */
export function flow(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isCollection(value)) return scalar(value);
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${flow(item as Plain)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Quoted where it would read as something else inside a flow collection. */
function scalar(value: Plain): string {
  return stringify([value], FLOW).trim().replace(/^\[ /, '').replace(/ \]$/, '');
}

/** A key of a map. */
export function keyText(key: string): string {
  return stringify({ [key]: 0 }, FLOW)
    .trim()
    .replace(/^\{ /, '')
    .replace(/: 0 \}$/, '');
}

/**
 * `key: value` in block style, its lines indented by `indent`, without a newline at the end. Short lists and maps
 * without maps inside stay on one line, as people write them.
 */
export function block(key: string, value: Plain, indent: string): string {
  if (typeof value === 'string' && value.includes('\n')) return literal(key, value, indent);
  if (!isCollection(value) || !Object.values(value).some(isCollection))
    return `${indent}${keyText(key)}: ${flow(value)}`;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item: Plain) => `${inner}- ${flow(item)}`)
    : Object.entries(value).map(([name, item]) => block(name, item as Plain, inner));
  return [`${indent}${keyText(key)}:`, ...lines].join('\n');
}

function literal(key: string, text: string, indent: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return [
    `${indent}${keyText(key)}: |`,
    ...lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)),
  ].join('\n');
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
