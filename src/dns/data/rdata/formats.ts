/**
 * The RDATA formats dnsdrill knows: a list of fields for every type, and what the model keeps of it.
 *
 * Types without a row are octets (RFC 3597): they read and print as `\# length hex` and are carried unchanged.
 */

import type { OctetReader, OctetWriter } from '../octets.ts';
import type { Rdata } from '../rdata.ts';
import { type RrType, typeFromText } from '../rrtype.ts';
import { TextError } from '../text-error.ts';
import type { TokenCursor } from '../token.ts';
import { base64ToEnd, HASHED_OWNER, hexToEnd, SALT } from './binary.ts';
import type { Field } from './field.ts';
import { domainName, IPV4, IPV6 } from './names.ts';
import { ALGORITHM, COVERED_TYPE, interval, signatureTime, unsigned } from './numbers.ts';
import { CAA_TAG, CHARACTER_STRINGS, characterString, codeToEnd, textToEnd } from './strings.ts';
import { formatParam, SERVICE_PARAMS } from './svcb.ts';
import { TYPE_BITMAP } from './type-bitmap.ts';

/** Everything that can be done with the RDATA of one type. */
export interface Format {
  /** @throws TextError when the tokens are no such RDATA */
  parse(tokens: TokenCursor): Rdata;
  /** @throws TextError when the octets are no such RDATA */
  decode(octets: OctetReader): Rdata;
  /** Writes the RDATA that the tokens spell. */
  transcribe(tokens: TokenCursor, octets: OctetWriter): void;
}

// biome-ignore lint/suspicious/noExplicitAny: a field of any value; the tuple keeps each one's own type
type Fields = readonly Field<any>[];
type Values<F extends Fields> = { [I in keyof F]: F[I] extends Field<infer T> ? T : never };

function format<const F extends Fields>(
  fields: F,
  build: (text: string, ...values: Values<F>) => Rdata,
): Format {
  const finish = (values: unknown[]): Rdata => {
    const texts = values.map((value, index) => fields[index]!.format(value));
    return build(texts.filter((text) => text !== '').join(' '), ...(values as Values<F>));
  };
  return {
    parse: (tokens) => finish(fields.map((field) => field.parse(tokens))),
    decode: (octets) => finish(fields.map((field) => field.decode(octets))),
    transcribe: (tokens, octets) => {
      for (const field of fields) field.encode(field.parse(tokens), octets);
    },
  };
}

/** RDATA that is checked and then only carried. */
function opaque(type: RrType, fields: Fields): Format {
  return format(fields, (text) => ({ kind: 'opaque', type, text }));
}

function oneName(what: string): Format {
  return format([domainName(what)], (text, target) => ({ kind: 'name', text, target }));
}

/** Octets of a DS digest by digest type (IANA, "DS RR Type Digest Algorithms"). */
const DIGEST_OCTETS: ReadonlyMap<number, number> = new Map([
  [1, 20],
  [2, 32],
  [3, 32],
  [4, 48],
]);

function delegationSigner(type: RrType): Format {
  const fields = [unsigned('key tag', 2), ALGORITHM, unsigned('digest type', 1), hexToEnd('digest')] as const;
  return format(fields, (text, _tag, _algorithm, digestType, digest) => {
    const octets = DIGEST_OCTETS.get(digestType);
    if (octets === undefined || octets === digest.length) return { kind: 'opaque', type, text };
    throw new TextError(
      'bad-value',
      `a digest of type ${digestType} has ${octets} octets, not ${digest.length}`,
    );
  });
}

function mailExchange(): Format {
  return format([unsigned('preference', 2), domainName('mail exchange')], (text, preference, exchange) => ({
    kind: 'mx',
    text,
    preference,
    exchange,
  }));
}

function startOfAuthority(): Format {
  const fields = [
    domainName('primary name server'),
    domainName('mailbox'),
    unsigned('serial', 4),
    interval('refresh'),
    interval('retry'),
    interval('expire'),
    interval('minimum'),
  ] as const;
  return format(fields, (text, mname, rname, serial, refresh, retry, expire, minimum) => {
    return { kind: 'soa', text, mname, rname, serial, refresh, retry, expire, minimum };
  });
}

function service(): Format {
  const fields = [
    unsigned('priority', 2),
    unsigned('weight', 2),
    unsigned('port', 2),
    domainName('target'),
  ] as const;
  return format(fields, (text, priority, weight, port, target) => {
    return { kind: 'srv', text, priority, weight, port, target };
  });
}

function serviceBinding(): Format {
  const fields = [unsigned('priority', 2), domainName('target'), SERVICE_PARAMS] as const;
  return format(fields, (text, priority, target, params) => {
    return { kind: 'svcb', text, priority, target, params: params.map(formatParam) };
  });
}

const ADDRESS_FIELDS = { A: IPV4, AAAA: IPV6 } as const;
const KEY_FIELDS = [unsigned('flags', 2), unsigned('protocol', 1), ALGORITHM, base64ToEnd('key')];
const TLSA_FIELDS = [
  unsigned('certificate usage', 1),
  unsigned('selector', 1),
  unsigned('matching type', 1),
  hexToEnd('certificate data'),
];
const SIGNATURE_FIELDS = [
  COVERED_TYPE,
  ALGORITHM,
  unsigned('labels', 1),
  interval('original TTL'),
  signatureTime('expiration'),
  signatureTime('inception'),
  unsigned('key tag', 2),
  domainName('signer'),
  base64ToEnd('signature'),
];
const HASH_FIELDS = [unsigned('hash algorithm', 1), unsigned('flags', 1), unsigned('iterations', 2), SALT];
const NAPTR_FIELDS = [
  unsigned('order', 2),
  unsigned('preference', 2),
  characterString('flags'),
  characterString('services'),
  characterString('regular expression'),
  domainName('replacement'),
];

/** Types carried as they are: mnemonic and fields in wire order. Sources stand beside each row. */
const CARRIED: readonly (readonly [mnemonic: string, fields: Fields])[] = [
  ['TXT', [CHARACTER_STRINGS]], // RFC 1035 §3.3.14
  ['SPF', [CHARACTER_STRINGS]], // RFC 7208 §3.1
  ['HINFO', [characterString('CPU'), characterString('operating system')]], // RFC 1035 §3.3.2
  ['RP', [domainName('mailbox'), domainName('TXT name')]], // RFC 1183 §2.2
  ['AFSDB', [unsigned('subtype', 2), domainName('host')]], // RFC 1183 §1
  ['NAPTR', NAPTR_FIELDS], // RFC 3403 §4.1
  ['KX', [unsigned('preference', 2), domainName('exchanger')]], // RFC 2230 §3.1
  ['SSHFP', [unsigned('algorithm', 1), unsigned('fingerprint type', 1), hexToEnd('fingerprint')]], // RFC 4255 §3
  ['DNSKEY', KEY_FIELDS], // RFC 4034 §2
  ['CDNSKEY', KEY_FIELDS], // RFC 7344 §3.2
  ['RRSIG', SIGNATURE_FIELDS], // RFC 4034 §3
  ['NSEC', [domainName('next owner name'), TYPE_BITMAP]], // RFC 4034 §4
  ['NSEC3', [...HASH_FIELDS, HASHED_OWNER, TYPE_BITMAP]], // RFC 5155 §3
  ['NSEC3PARAM', HASH_FIELDS], // RFC 5155 §4
  ['TLSA', TLSA_FIELDS], // RFC 6698 §2
  ['SMIMEA', TLSA_FIELDS], // RFC 8162 §2
  ['OPENPGPKEY', [base64ToEnd('key')]], // RFC 7929 §2
  ['CSYNC', [unsigned('serial', 4), unsigned('flags', 2), TYPE_BITMAP]], // RFC 7477 §2.1
  [
    'ZONEMD',
    [unsigned('serial', 4), unsigned('scheme', 1), unsigned('hash algorithm', 1), hexToEnd('digest')],
  ], // RFC 8976 §2
  ['URI', [unsigned('priority', 2), unsigned('weight', 2), textToEnd('URI')]], // RFC 7553 §4
  ['CAA', [unsigned('flags', 1), CAA_TAG, textToEnd('value')]], // RFC 8659 §4
  ['LUA', [COVERED_TYPE, codeToEnd('code')]], // PowerDNS Authoritative Server, Lua Records, "Record format"
];

/** Types the model looks inside. */
const UNDERSTOOD: readonly (readonly [mnemonic: string, format: Format])[] = [
  ['A', format([ADDRESS_FIELDS.A], (text, address) => ({ kind: 'address', text, address }))], // RFC 1035 §3.4.1
  ['AAAA', format([ADDRESS_FIELDS.AAAA], (text, address) => ({ kind: 'address', text, address }))], // RFC 3596 §2.2
  ['NS', oneName('name server')], // RFC 1035 §3.3.11
  ['CNAME', oneName('canonical name')], // RFC 1035 §3.3.1
  ['PTR', oneName('name')], // RFC 1035 §3.3.12
  ['DNAME', oneName('target')], // RFC 6672 §2.1
  ['ALIAS', oneName('target')], // PowerDNS Authoritative Server, "Using ALIAS records"
  ['SOA', startOfAuthority()], // RFC 1035 §3.3.13
  ['MX', mailExchange()], // RFC 1035 §3.3.9
  ['SRV', service()], // RFC 2782
  ['SVCB', serviceBinding()], // RFC 9460 §2
  ['HTTPS', serviceBinding()], // RFC 9460 §9
];

const typeOf = (mnemonic: string): RrType => typeFromText(mnemonic)!;

/** By type; see RFC 4034 §5 for DS, RFC 7344 §3.1 for CDS. */
const FORMATS: ReadonlyMap<RrType, Format> = new Map([
  ...UNDERSTOOD.map(([mnemonic, known]): [RrType, Format] => [typeOf(mnemonic), known]),
  ...CARRIED.map(([mnemonic, fields]): [RrType, Format] => [
    typeOf(mnemonic),
    opaque(typeOf(mnemonic), fields),
  ]),
  ...['DS', 'CDS', 'DLV'].map((text): [RrType, Format] => [typeOf(text), delegationSigner(typeOf(text))]),
]);

/** The format of a type; `undefined` when its RDATA is only octets to dnsdrill. */
export function formatOf(type: RrType): Format | undefined {
  return FORMATS.get(type);
}
