/**
 * Zones as Corefiles write them: keys of server blocks (`dns://example.org:1053`, `10.0.0.0/24`) and the zones of
 * plugins. Addresses with a length stand for reverse zones, cut to whole octets or hexadecimal digits
 * (coredns plugin/normalize.go).
 */
import { addressOctets } from '../../base/address.ts';
import { type Name, parseName } from '../data/name.ts';
import { TextError } from '../data/text-error.ts';

export interface ServerKey {
  readonly zone: Name;
  /** 53 unless written, 853 for tls and 443 for https. */
  readonly port: number;
  readonly transport: string;
}

const PORTS: Readonly<Record<string, number>> = {
  dns: 53,
  tls: 853,
  quic: 853,
  https: 443,
  https3: 443,
  grpc: 443,
};

/** Reads a key; a text where something is wrong. */
export function serverKey(text: string): ServerKey | string {
  const scheme = /^([a-z0-9]+):\/\//.exec(text);
  const transport = scheme?.[1] ?? 'dns';
  if (!(transport in PORTS)) return `there is no transport '${transport}'`;
  const rest = scheme ? text.slice(scheme[0].length) : text;
  const numbered = /^([^:]*|.*\/\d+):(\d{1,5})$/.exec(rest);
  const zone = zoneName(numbered ? numbered[1]! : rest);
  if (zone.includes(' ')) return zone;
  return { zone: zone as Name, port: numbered ? Number(numbered[2]) : PORTS[transport]!, transport };
}

/** A zone's name, or a message (which has spaces, as no name read here has). */
export function zoneName(text: string): Name | string {
  const block = /^(.+)\/(\d{1,3})$/.exec(text);
  const reverse = block && reverseZone(block[1]!, Number(block[2]));
  if (reverse) return reverse;
  try {
    return parseName(text === '' ? '.' : text.endsWith('.') ? text : `${text}.`);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    return `'${text}' is no zone: ${error.message}`;
  }
}

/** The smallest reverse zone that holds the block; `undefined` for what is no address. */
export function reverseZone(address: string, length: number): Name | undefined {
  const found = addressOctets(address);
  if (!found || length > found.length * 8) return undefined;
  const octets = [...found];
  if (octets.length === 4) {
    const kept = octets.slice(0, Math.floor(length / 8)).reverse();
    return [...kept, 'in-addr.arpa.'].join('.') as Name;
  }
  const digits = octets.flatMap((octet) => [octet >> 4, octet & 15]).slice(0, Math.floor(length / 4));
  return [...digits.reverse().map((digit) => digit.toString(16)), 'ip6.arpa.'].join('.') as Name;
}

/** The name under which an address is looked up backwards; `undefined` for what is no address. */
export function reverseName(address: string): Name | undefined {
  return reverseZone(address, address.includes(':') ? 128 : 32);
}

/** `192.0.2.53` of `tls://192.0.2.53:853%name`. */
export function hostOf(to: string): string {
  const bare = to.replace(/^[a-z0-9]+:\/\//, '').replace(/%.*$/, '');
  const bracketed = /^\[(.+)\]/.exec(bare);
  return bracketed ? bracketed[1]! : bare.replace(/^([^:]+):\d+$/, '$1');
}
