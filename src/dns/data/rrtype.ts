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
export const CDS: RrType = 59;
export const CDNSKEY: RrType = 60;
export const SVCB: RrType = 64;
export const HTTPS: RrType = 65;
export const ANY: RrType = 255;
export const CAA: RrType = 257;
/** PowerDNS: data of another name, looked up by the server. */
export const ALIAS: RrType = 65401;
/** PowerDNS: a type, and the code that makes its data. */
export const LUA: RrType = 65402;

/** First of the types that stand in questions and transports but never own data (RFC 6895 §3.1): 128 to 255. */
const FIRST_META_TYPE = 128;
const LAST_META_TYPE = 255;
const OPT: RrType = 41;

/** Mnemonics by number (IANA, "Resource Record (RR) TYPEs"); each row counts on from its first number. */
const REGISTERED: readonly (readonly [first: RrType, mnemonics: string])[] = [
  [
    1,
    'A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP NSAP-PTR SIG KEY',
  ],
  [
    26,
    'PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT APL DS SSHFP IPSECKEY RRSIG',
  ],
  [47, 'NSEC DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA'],
  [55, 'HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS DSYNC HHIT BRID'],
  [99, 'SPF UINFO UID GID UNSPEC NID L32 L64 LP EUI48 EUI64'],
  [128, 'NXNAME'],
  [249, 'TKEY TSIG IXFR AXFR MAILB MAILA ANY URI CAA AVC DOA AMTRELAY RESINFO WALLET CLA IPN'],
  [32768, 'TA DLV'],
  // Private use (RFC 6895 §3.1), as PowerDNS has them.
  [65401, 'ALIAS LUA'],
];

const TEXT_BY_TYPE: ReadonlyMap<RrType, string> = new Map(
  REGISTERED.flatMap(([first, mnemonics]) =>
    mnemonics.split(' ').map((mnemonic, index): [RrType, string] => [first + index, mnemonic]),
  ),
);
const TYPE_BY_TEXT: ReadonlyMap<string, RrType> = new Map(
  [...TEXT_BY_TYPE].map(([type, text]) => [text, type]),
);

/** Every registered mnemonic, in order of type number; for hints and completion. */
export const TYPE_MNEMONICS: readonly string[] = [...TEXT_BY_TYPE.values()];

/** Type of a mnemonic or of `TYPE1234` (RFC 3597 §5), in any case; `undefined` when it is neither. */
export function typeFromText(text: string): RrType | undefined {
  const known = TYPE_BY_TEXT.get(text) ?? TYPE_BY_TEXT.get(text.toUpperCase());
  if (known !== undefined) return known;
  const number = /^TYPE(0|[1-9]\d{0,4})$/i.exec(text)?.[1];
  return number !== undefined && Number(number) <= 65_535 ? Number(number) : undefined;
}

/** Mnemonic of a type, or `TYPE1234` where none is registered. */
export function typeToText(type: RrType): string {
  return TEXT_BY_TYPE.get(type) ?? `TYPE${type}`;
}

/** Whether records of the type can stand in a zone; 0, OPT and the question-only types cannot (RFC 6895 §3.1). */
export function isDataType(type: RrType): boolean {
  return type > 0 && type !== OPT && (type < FIRST_META_TYPE || type > LAST_META_TYPE);
}
