/** Every rule, by code. A new rule is an object in one of the families. */
import type { Rule } from './rule.ts';
import { ALIAS_RULES } from './rules/aliases.ts';
import { CHANGE_RULES } from './rules/changes.ts';
import { CHECK_RULES } from './rules/checks.ts';
import { DELEGATION_RULES } from './rules/delegations.ts';
import { DNSSEC_RULES } from './rules/dnssec.ts';
import { DRILL_RULES } from './rules/drill.ts';
import { HEALTH_RULES } from './rules/health.ts';
import { HOST_RULES } from './rules/hosts.ts';
import { KEY_RULES } from './rules/keys.ts';
import { MAIL_RULES } from './rules/mail.ts';
import { POLICY_RULES } from './rules/policies.ts';
import { PROVIDER_RULES } from './rules/providers.ts';
import { SERVICE_RULES } from './rules/services.ts';
import { SIGNATURE_RULES } from './rules/signatures.ts';
import { SOA_RULES } from './rules/soa.ts';
import { TTL_RULES } from './rules/ttl.ts';

const FAMILIES: readonly (readonly Rule[])[] = [
  ALIAS_RULES,
  CHANGE_RULES,
  CHECK_RULES,
  DELEGATION_RULES,
  DNSSEC_RULES,
  DRILL_RULES,
  HEALTH_RULES,
  HOST_RULES,
  KEY_RULES,
  MAIL_RULES,
  POLICY_RULES,
  PROVIDER_RULES,
  SERVICE_RULES,
  SIGNATURE_RULES,
  SOA_RULES,
  TTL_RULES,
];

export const RULES: readonly Rule[] = FAMILIES.flat().sort(
  (a, b) => Number(a.code > b.code) - Number(a.code < b.code),
);
