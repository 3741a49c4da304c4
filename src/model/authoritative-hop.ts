/** Which hops are authoritative servers. */

/** Hops on the way to the authoritative servers, and the endpoints behind them. */
const OTHER_HOPS = /^(kept connections|application cache|OS cache|(resolver|endpoint) .*)$/s;

/** True for root, top-level domains and providers. */
export function isAuthoritative(hop: string): boolean {
  return !OTHER_HOPS.test(hop);
}
