/**
 * One probe of a health check: what becomes of it, and after how long.
 *
 * A probe takes round trips by its kind (ping, DNS: one; TCP: the handshake; HTTP: one more; HTTPS: another for TLS
 * 1.3, RFC 8446 §2), plus once whatever makes the endpoint slow. It fails at the timeout, or as soon as the endpoint
 * refuses or answers with an error. TCP checks and pings see no errors of the service, and a host that refuses
 * connections still answers pings (RFC 1122 §3.2.2.6). The state at the start decides.
 *
 * Not modelled: separate limits for connecting and answering, TCP retransmission inside the timeout (so loss
 * trips checks somewhat too easily), string matching, certificates.
 */
import type { Micros } from '../../../base/time.ts';
import type { Draw, LinkState } from '../../outside.ts';
import type { CheckSpec } from '../../spec.ts';

/** What a probe meets: the way there and the endpoint's own errors. */
export interface Target extends LinkState {
  /** Share of requests answered with an error that the check can see, 0 to 1. */
  readonly checkedErrors: number;
  readonly falseAlarm: boolean;
}

export interface ProbeResult {
  readonly success: boolean;
  /** From sending the probe to knowing its result. */
  readonly after: Micros;
}

const ROUND_TRIPS: Readonly<Record<CheckSpec['kind'], number>> = {
  ping: 1,
  dns: 1,
  tcp: 1,
  http: 2,
  https: 3,
};

/** Kinds that hear what the service itself says. */
const HEARS_ERRORS: readonly CheckSpec['kind'][] = ['http', 'https', 'dns'];

/** Plays one probe at a given round-trip time; draws only where a chance is neither 0 nor 1. */
export function probe(check: CheckSpec, target: Target, roundTrip: Micros, draw: Draw): ProbeResult {
  const timedOut: ProbeResult = { success: false, after: check.timeout };
  if (target.down === 'silent' || happens(target.loss, draw)) return timedOut;
  if (target.down === 'refused' && check.kind !== 'ping')
    return within(check, { success: false, after: roundTrip + target.extra });
  const after = ROUND_TRIPS[check.kind] * roundTrip + target.extra;
  const fails =
    target.falseAlarm || (HEARS_ERRORS.includes(check.kind) && happens(target.checkedErrors, draw));
  return within(check, { success: !fails, after });
}

/**
 * A probe that is repeated when it fails, where the check says so: it succeeds with the first success, and fails
 * with the last failure.
 */
export function probeWithRechecks(
  check: CheckSpec,
  target: Target,
  roundTrip: Micros,
  draw: Draw,
): ProbeResult {
  const first = probe(check, target, roundTrip, draw);
  const { recheck } = check;
  if (first.success || recheck === undefined) return first;
  let { after } = first;
  for (let time = 0; time < recheck.times; time++) {
    const again = probe(check, target, roundTrip, draw);
    after += recheck.after + again.after;
    if (again.success) return { success: true, after };
  }
  return { success: false, after };
}

function within(check: CheckSpec, result: ProbeResult): ProbeResult {
  return result.after > check.timeout ? { success: false, after: check.timeout } : result;
}

/** Decides a chance with at most one draw. */
export function happens(chance: number, draw: Draw): boolean {
  return chance > 0 && (chance >= 1 || draw() < chance);
}
