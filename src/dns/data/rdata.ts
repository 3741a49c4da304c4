/**
 * RDATA, one variant per RR type the model looks inside; every other type is kept as octets (RFC 3597).
 *
 * `text` is the canonical presentation form: two RDATA of one type are equal exactly when their texts are.
 */
import type { Name } from './name.ts';
import type { RrType } from './rrtype.ts';

interface Base {
  /** Canonical presentation form, absolute names, single spaces. */
  readonly text: string;
}

/** A (RFC 1035 §3.4.1) and AAAA (RFC 3596): `address` in canonical text form (RFC 5952 for IPv6). */
export interface AddressRdata extends Base {
  readonly kind: 'address';
  readonly address: string;
}

/** NS, CNAME, PTR, DNAME: one domain name. */
export interface NameRdata extends Base {
  readonly kind: 'name';
  readonly target: Name;
}

/** SOA (RFC 1035 §3.3.13); times in whole seconds. */
export interface SoaRdata extends Base {
  readonly kind: 'soa';
  readonly mname: Name;
  readonly rname: Name;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  /** Upper bound of the negative TTL (RFC 2308 §4). */
  readonly minimum: number;
}

/** MX (RFC 1035 §3.3.9): the lower preference is tried first. */
export interface MxRdata extends Base {
  readonly kind: 'mx';
  readonly preference: number;
  readonly exchange: Name;
}

/** SRV (RFC 2782). */
export interface SrvRdata extends Base {
  readonly kind: 'srv';
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: Name;
}

/** SVCB and HTTPS (RFC 9460): priority 0 is alias mode. Parameters stay as canonical `key=value` texts. */
export interface SvcbRdata extends Base {
  readonly kind: 'svcb';
  readonly priority: number;
  readonly target: Name;
  readonly params: readonly string[];
}

/** TXT, CAA, DS, DNSKEY, RRSIG, NSEC, NSEC3 and unknown types: checked when read, then only carried. */
export interface OpaqueRdata extends Base {
  readonly kind: 'opaque';
  readonly type: RrType;
}

export type Rdata = AddressRdata | NameRdata | SoaRdata | MxRdata | SrvRdata | SvcbRdata | OpaqueRdata;
