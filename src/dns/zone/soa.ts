/** The start of authority: serial arithmetic (RFC 1982) and the negative TTL (RFC 2308). */
import type { Seconds } from '../../base/time.ts';
import type { SoaRdata } from '../data/rdata.ts';
import { type RRset, withTtl } from '../data/rrset.ts';
import type { Zone } from './zone.ts';

const SERIAL_SPACE = 2 ** 32;
const HALF_SPACE = 2 ** 31;

/** The SOA's fields; `undefined` when the zone has none. */
export function soaRdata(zone: Zone): SoaRdata | undefined {
  const rdata = zone.soa()?.rdata[0];
  return rdata?.kind === 'soa' ? rdata : undefined;
}

/** How long a negative answer may be cached: the smaller of the SOA's TTL and MINIMUM (RFC 2308 §5). */
export function negativeTtl(zone: Zone): Seconds | undefined {
  const rdata = soaRdata(zone);
  return rdata && Math.min(zone.soa()!.ttl, rdata.minimum);
}

/** The SOA as a negative answer carries it, TTL already lowered (RFC 2308 §3, RFC 9077 §3). */
export function negativeSoa(zone: Zone): RRset | undefined {
  const ttl = negativeTtl(zone);
  return ttl === undefined ? undefined : withTtl(zone.soa()!, ttl);
}

/**
 * Serial addition (RFC 1982 §3.1).
 * @param increment 0 to 2^31−1
 * @throws RangeError beyond that, where the result would be undefined
 */
export function addSerial(serial: number, increment: number): number {
  if (!(increment >= 0 && increment < HALF_SPACE))
    throw new RangeError(`cannot add ${increment} to a serial`);
  return (serial + increment) % SERIAL_SPACE;
}

/**
 * Serial comparison (RFC 1982 §3.2).
 * @returns negative, 0 or positive as `a` is older, equal or newer; `undefined` where the RFC leaves it open
 */
export function compareSerials(a: number, b: number): number | undefined {
  if (a === b) return 0;
  const ahead = (a - b + SERIAL_SPACE) % SERIAL_SPACE;
  return ahead === HALF_SPACE ? undefined : ahead < HALF_SPACE ? 1 : -1;
}

/** The zone with its serial moved on; unchanged when it has no SOA. @param increment 1 to 2^31−1 */
export function withNextSerial(zone: Zone, increment: number = 1): Zone {
  const rrset = zone.soa();
  const old = soaRdata(zone);
  if (!rrset || !old) return zone;
  const serial = addSerial(old.serial, increment);
  const { mname, rname, refresh, retry, expire, minimum } = old;
  const text = [mname, rname, serial, refresh, retry, expire, minimum].join(' ');
  return zone.with({ ...rrset, rdata: [{ ...old, serial, text }] });
}
