/** RR types by number; mnemonics as registered by IANA; `TYPE1234` for the rest (RFC 3597 §5). */
export type RrType = number;

export const A: RrType = 1;
export const NS: RrType = 2;
export const CNAME: RrType = 5;
export const SOA: RrType = 6;
export const PTR: RrType = 12;
export const MX: RrType = 15;
export const TXT: RrType = 16;
export const AAAA: RrType = 28;
export const SRV: RrType = 33;
export const DNAME: RrType = 39;
export const DS: RrType = 43;
export const RRSIG: RrType = 46;
export const NSEC: RrType = 47;
export const DNSKEY: RrType = 48;
export const NSEC3: RrType = 50;
export const NSEC3PARAM: RrType = 51;
export const SVCB: RrType = 64;
export const HTTPS: RrType = 65;
export const ANY: RrType = 255;
export const CAA: RrType = 257;
