/** Rows for the tables of lint: text, and the places (line:column) and severities a rule finds in it. */
import { lint } from '../../src/advice/lint/lint.ts';
import type { FindingSeverity } from '../../src/base/finding.ts';

/** `error 3:1` for each finding of one rule. @throws Error when the text cannot be read */
export function foundBy(rule: string, text: string, file: string, sets: readonly string[] = []): string[] {
  const { report, issues } = lint([{ text, file, sets, readFile: () => undefined }], {
    only: [rule],
    trials: 'none',
  });
  if (!report) throw new Error(issues.map(({ message }) => message).join('\n'));
  return report.findings.map(
    ({ severity, place }) => `${severity satisfies FindingSeverity} ${place.line}:${place.column}`,
  );
}

/** A zone of which nothing but a missing signature is found: SOA on line 1, NS on lines 2 and 3, hosts on 4 and 5. */
export const SOUND = `@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300
@ 172800 NS ns1
@ 172800 NS ns2.example.net.
ns1 3600 A 203.0.113.53
app 300 A 198.51.100.10
@ 3600 CAA 0 issue "ca.example.net"
`;

/** Rules that look at scenarios only; their table is that of the scenario tests. */
export const SCENARIO_RULES: readonly string[] = [
  'all-unhealthy',
  'check-slower-than-ttl',
  'failover-not-drilled',
  'failover-ttl',
  'missing-default',
  'no-expectation',
  'no-health-check',
  'no-rollback',
  'one-checker',
  'one-failure-domain',
  'one-name-server',
  'one-resolver',
  'parent-child-mismatch',
  'policy-at-one-provider',
  'secondary-without-check',
  'single-endpoint',
  'single-provider',
  'ttl-before-change',
  'undocumented',
];

/** Rules about signatures and keys; their table is that of the signed zone. */
export const SIGNING_RULES: readonly string[] = [
  'cds',
  'dnssec-algorithm',
  'dnssec-incomplete',
  'ds-mismatch',
  'signature-expiry',
  'signature-fields',
  'unusable-key',
];
