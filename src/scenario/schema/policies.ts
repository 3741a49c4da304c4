/** `policies:`: RRsets decided at query time, in the words of the kinds of provider there are. */
import { z } from 'zod';
import { DEFAULTS } from '../defaults.ts';
import { flagKind, textKind, ttlKind, wholeKind, wordKind } from '../kinds.ts';
import { POLICY_FORMATS } from '../providers/catalogue.ts';
import type { CommonPolicyDoc } from '../providers/format.ts';
import { mapOf, reference } from './common.ts';
import { about, field, type RuleBreach, withRules } from './field.ts';

/** What stands beside the rule, and the rule under its word. */
export type PolicyDoc = CommonPolicyDoc & Readonly<Record<string, unknown>>;

const { policy: defaults } = DEFAULTS;
const WORDS: readonly string[] = [...POLICY_FORMATS.keys()];

const rules = Object.fromEntries(
  [...POLICY_FORMATS].map(([word, { schema }]) => [word, schema.exactOptional()]),
);

const policy: z.ZodType<PolicyDoc> = withRules(
  about(
    z.strictObject({
      ...rules,
      ttl: field(ttlKind, 'TTL of the answer.', { fallback: defaults.ttl }).exactOptional(),
      provider: reference("Provider that runs the policy. Default: the zone's first.").exactOptional(),
      unhealthy: field(
        wordKind(['ignore-health', 'all', 'none', 'fallback']),
        'What to answer when nothing is healthy: as if all were; everything; nothing; the fallback.',
        { fallback: defaults.unhealthy },
      ).exactOptional(),
      fallback: field(textKind, 'Which of the answers is the fallback.', {
        example: 'eu-west',
      }).exactOptional(),
      answers: field(wholeKind(1, 400), 'Most endpoints in one answer of multivalue.', {
        fallback: defaults.answers,
      }).exactOptional(),
      shuffle: field(flagKind, 'Whether the order inside an answer changes from query to query.', {
        fallback: defaults.shuffle,
      }).exactOptional(),
    }) as unknown as z.ZodType<PolicyDoc>,
    'How one RRset is decided at query time.',
  ),
  oneRule,
);

/** The word of the rule a policy is written with. */
export function wordOf(doc: PolicyDoc): string | undefined {
  return WORDS.find((word) => word in doc);
}

function oneRule(doc: PolicyDoc): RuleBreach | undefined {
  const present = WORDS.filter((word) => word in doc);
  if (present.length === 1) return undefined;
  const message =
    present.length === 0
      ? 'the policy does not say how it decides'
      : `the policy decides in more than one way: ${present.join(', ')}`;
  return { code: 'scenario-policy-kind', message, path: [], hint: `write one of ${WORDS.join(', ')}` };
}

export const policiesSchema: z.ZodType<Record<string, PolicyDoc>> = mapOf(
  policy,
  'Traffic policies by NAME/TYPE.',
  { 'app.example.com/A': { failover: { primary: 'us-east', secondary: 'eu-west' } } },
);
