/** What a policy may answer with, as a scenario writes it: an endpoint's name, or a map that says more. */
import { z } from 'zod';
import type { Name } from '../../dns/data/name.ts';
import { nameKind, textKind, wordKind } from '../kinds.ts';
import { oneOrMore, reference } from '../schema/common.ts';
import { about, field } from '../schema/field.ts';

export interface CandidateDoc {
  readonly endpoint?: readonly string[];
  readonly records?: readonly string[];
  readonly alias?: Name;
  readonly 'alias-ttl'?: 'target' | 'policy';
  readonly check?: string;
  readonly region?: string;
}

/** The keys of a candidate, to be mixed with those of a rule. */
export const CANDIDATE_SHAPE: Readonly<Record<string, z.ZodType>> = {
  endpoint: oneOrMore(
    reference('An endpoint.', 'us-east'),
    'Endpoints whose addresses are answered together.',
  ).exactOptional(),
  records: oneOrMore(
    field(textKind, 'Data as in a master file.', { example: '203.0.113.10' }),
    "Data of the policy's type, instead of endpoints.",
  ).exactOptional(),
  alias: field(nameKind, 'Answer with what this name has of the type (ALIAS, ANAME).', {
    example: 'lb.example.net',
  }).exactOptional(),
  'alias-ttl': field(
    wordKind(['target', 'policy']),
    'Whose TTL an alias is answered with. Default target.',
  ).exactOptional(),
  check: reference(
    "Check (or endpoint) that says whether it is healthy, or none. Default: the endpoint's own.",
    'us-east',
  ).exactOptional(),
  region: reference('Where it stands. Default: as its endpoint.', 'us-east').exactOptional(),
};

/** Reads an endpoint's name, or a map with these keys. @param more keys of the rule */
export function candidateSchema<T extends CandidateDoc>(
  description: string,
  more: Readonly<Record<string, z.ZodType>> = {},
): z.ZodType<T> {
  return about(
    z.union([
      reference('An endpoint.', 'us-east').transform((name) => ({ endpoint: [name] })),
      z.strictObject({ ...CANDIDATE_SHAPE, ...more }),
    ]) as unknown as z.ZodType<T>,
    description,
  );
}

/** Reference patterns for candidates that stand at `pattern`. */
export function candidateReferences(
  pattern: string,
): readonly (readonly ['endpoint' | 'check' | 'region', string])[] {
  return [
    ['endpoint', `${pattern}.endpoint.*`],
    ['check', `${pattern}.check`],
    ['region', `${pattern}.region`],
  ];
}
