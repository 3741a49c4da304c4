/**
 * In which order an application tries the addresses it has been given.
 *
 * Not modelled: preference by history, round trip or scope (RFC 6724); the order within a family is that of the
 * answer. The cost: hosts that avoid a broken family after the first failure are shown as if they forgot it.
 */
import type { AddressRule } from '../../profiles/client-behaviour.ts';
import type { Draw } from '../outside.ts';
import type { HeldAnswer } from './answer-table.ts';

/** An address to be tried, and the answer it comes from. */
export interface Candidate {
  /** Position among the answers of the request, and that answer's question. */
  readonly part: number;
  readonly question: number;
  readonly address: string;
}

/** Every address of the answers with data, as the rule sorts families; absent rule: as they come. */
export function candidatesOf(answers: readonly HeldAnswer[], rule: AddressRule | undefined): Candidate[] {
  const all = answers.flatMap(({ kind, question, addresses }, part) =>
    kind === 'data' ? addresses.map((address) => ({ part, question, address })) : [],
  );
  const [first] = all;
  if (rule === undefined || first === undefined) return all;
  const six = rule.families === 'as-asked' ? isSix(first) : rule.families === 'ipv6-first';
  const preferred = all.filter((one) => isSix(one) === six);
  const others = all.filter((one) => isSix(one) !== six);
  switch (rule.style) {
    case 'interleaved':
    case 'abandoning':
      return alternate(preferred, others);
    case 'family-race':
      return [...preferred, ...others];
    default:
      return rule.families === 'as-asked' ? all : [...preferred, ...others];
  }
}

function isSix({ address }: Candidate): boolean {
  return address.includes(':');
}

function alternate(a: readonly Candidate[], b: readonly Candidate[]): Candidate[] {
  const longest = Math.max(a.length, b.length);
  return Array.from({ length: longest }, (_, at) => [a[at], b[at]])
    .flat()
    .filter((one) => one !== undefined);
}

/** What one request tries: styles that balance load begin anywhere, some styles try one address only. */
export function triedBy(
  candidates: readonly Candidate[],
  rule: AddressRule | undefined,
  draw: Draw,
): readonly Candidate[] {
  if (rule === undefined || candidates.length < 2) return candidates;
  if (rule.style === 'first-only') return candidates.slice(0, 1);
  if (rule.style !== 'balanced' && rule.style !== 'one-of-all') return candidates;
  const start = Math.floor(draw() * candidates.length);
  if (rule.style === 'one-of-all') return candidates.slice(start, start + 1);
  return [...candidates.slice(start), ...candidates.slice(0, start)];
}

/** Whether requests of such an application go to the first address whenever it works. */
export function takesFirst(rule: AddressRule | undefined): boolean {
  return rule?.style !== 'balanced' && rule?.style !== 'one-of-all';
}

/** The number of leading candidates of the family of the first. */
export function leadingFamily(candidates: readonly Candidate[]): number {
  const other = candidates.findIndex((one) => isSix(one) !== isSix(candidates[0]!));
  return other < 0 ? candidates.length : other;
}
