/** Fields that are domain names or addresses. */
import { addressOctets, formatAddress, parseIpv4, parseIpv6 } from '../../../base/address.ts';
import { type Name, parseName } from '../name.ts';
import { octetArray, octetString } from '../octets.ts';
import { badValue, type Field, tokenField } from './field.ts';

/** A domain name, relative to the origin of the entry when it has no final dot. */
export function domainName(what: string): Field<Name> {
  return {
    parse: (tokens) => parseName(tokens.takeBare(what), tokens.origin),
    format: (name) => name,
    decode: (octets) => octets.name(),
    encode: (name, octets) => octets.name(name),
  };
}

function addressField(
  what: string,
  size: 4 | 16,
  read: (text: string) => string | undefined,
  example: string,
) {
  const fromText = (text: string): string => {
    const address = read(text);
    if (address === undefined) throw badValue(what, text, `an address such as ${example}`);
    return address;
  };
  return tokenField(what, fromText, {
    format: (address) => address,
    decode: (octets) => formatAddress(octetArray(octets.take(size)))!,
    encode: (address, octets) => octets.put(octetString(addressOctets(address)!)),
  });
}

/** RFC 1035 §3.4.1. */
export const IPV4: Field<string> = addressField('IPv4 address', 4, parseIpv4, '192.0.2.1');
/** RFC 3596 §2.2. */
export const IPV6: Field<string> = addressField('IPv6 address', 16, parseIpv6, '2001:db8::1');
