/** The content security policy of the report: nothing is loaded, nothing runs, one known style sheet applies. */
import { sha256 } from '../../base/sha256.ts';
import { decodeHex, encodeBase64 } from '../../dns/data/base-n.ts';

/** @param style the text of the only style element, which the policy names by its hash (CSP Level 3, 2.3.1) */
export function contentPolicy(style: string): string {
  const hash = encodeBase64(decodeHex(sha256(style))!);
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
