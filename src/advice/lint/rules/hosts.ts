/** Rules about hosts: what leaks, what lacks a twin, what a wildcard does not do, what was mistyped. */
import { addressOctets } from '../../../base/address.ts';
import { isBelow, isSubdomain, isWildcard, labels, type Name, parent } from '../../../dns/data/name.ts';
import type { Rdata } from '../../../dns/data/rdata.ts';
import { rdataToOctets } from '../../../dns/data/rdata-text.ts';
import { A, AAAA, CNAME, DNSKEY, MX, TXT, typeToText } from '../../../dns/data/rrtype.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import { isLocalName, type PlacedSet, plain, setsOf } from '../zone.ts';

/** Blocks that are not routed on the Internet: first octets, how many bits count, and where they are set aside. */
const PRIVATE_V4: readonly (readonly [octets: readonly number[], bits: number, name: string])[] = [
  [[10], 8, 'RFC 1918'],
  [[172, 16], 12, 'RFC 1918'],
  [[192, 168], 16, 'RFC 1918'],
  [[100, 64], 10, 'RFC 6598, shared by carriers'],
  [[169, 254], 16, 'RFC 3927, link-local'],
  [[127], 8, 'RFC 1122, loopback'],
  [[0], 8, 'RFC 1122, this host'],
];

/** Why an address means nothing outside a network; nothing for others. */
export function privateReason(address: string): string | undefined {
  const octets = addressOctets(address);
  if (!octets) return undefined;
  if (octets.length === 16) return privateV6(octets);
  return PRIVATE_V4.find(([first, bits]) => startsWith(octets, first, bits))?.[2];
}

function privateV6(octets: Uint8Array): string | undefined {
  if ((octets[0]! & 0xfe) === 0xfc) return 'RFC 4193, unique local';
  if (octets[0] === 0xfe && (octets[1]! & 0xc0) === 0x80) return 'RFC 4291, link-local';
  return octets.slice(0, 15).every((one) => one === 0) ? 'RFC 4291, loopback or unspecified' : undefined;
}

function startsWith(octets: Uint8Array, first: readonly number[], bits: number): boolean {
  return first.every((octet, index) => {
    const mask = (0xff00 >> Math.min(8, bits - index * 8)) & 0xff;
    return (octets[index]! & mask) === octet;
  });
}

const LEAK: Rule = zoneRule(
  {
    code: 'private-leak',
    severity: 'warning',
    title: 'Private names or addresses in a public zone',
    why: 'Nobody outside can use them, and everybody can see how the inside looks.',
    source: 'RFC 1918 §5; RFC 6762 appendix G; ICANN: .internal is never delegated',
  },
  (zone) => {
    if (zone.isPrivate || isLocalName(zone.origin)) return [];
    return zone.records.flatMap(({ name, rdata, place }): Found[] => {
      const address = rdata.kind === 'address' ? privateReason(rdata.address) : undefined;
      const target = namesIn(rdata).find((one) => !isSubdomain(one, zone.origin) && isLocalName(one));
      if (address === undefined && target === undefined) return [];
      const what =
        rdata.kind === 'address'
          ? `the private address ${rdata.address} (${address})`
          : `the private name ${plain(target!)}`;
      return [
        {
          message: `${plain(name)} leads to ${what}`,
          place,
          fix: 'keep it in a private zone (split horizon)',
        },
      ];
    });
  },
);

function namesIn(rdata: Rdata): Name[] {
  if (rdata.kind === 'name' || rdata.kind === 'srv' || rdata.kind === 'svcb') return [rdata.target];
  return rdata.kind === 'mx' ? [rdata.exchange] : [];
}

const TWINS: Rule = zoneRule(
  {
    code: 'address-families',
    severity: 'note',
    title: 'IPv4 and IPv6 treated differently',
    why: 'Users of one family fail over at another time than those of the other, or not at all.',
    source: 'RFC 8305 §3: clients ask for both; RFC 3596',
  },
  (zone) => {
    const all = setsOf(zone, A, AAAA);
    const sets = new Map(all.map((one) => [`${one.type} ${one.name}`, one]));
    const twinOf = ({ type, name }: PlacedSet): PlacedSet | undefined =>
      sets.get(`${type === A ? AAAA : A} ${name}`);
    const unequal = all.flatMap((one) => unequalTtl(one, twinOf(one)));
    const alone = all.filter((one) => !twinOf(one));
    return all.length === alone.length
      ? unequal
      : [...unequal, ...withoutTwin(alone, A), ...withoutTwin(alone, AAAA)];
  },
);

function unequalTtl({ name, type, ttl }: PlacedSet, twin: PlacedSet | undefined): Found[] {
  if (!twin || type !== A || twin.ttl === ttl) return [];
  const message = `${plain(name)} has an A of ${ttl} s and an AAAA of ${twin.ttl} s`;
  return [{ severity: 'warning', message, place: twin.place, fix: 'give both the same TTL' }];
}

/** One finding for all names that have one family only, in a zone where others have both. */
function withoutTwin(alone: readonly PlacedSet[], has: number): Found[] {
  const names = alone.filter(({ type }) => type === has);
  const [first] = names;
  if (!first) return [];
  const [own, other] = [typeToText(has), typeToText(has === A ? AAAA : A)];
  const message = `${listed(names.map(({ name }) => name))} ${names.length === 1 ? 'has' : 'have'} ${own} and no ${other}`;
  return [{ message, place: first.place, fix: `add ${other} where the host has one` }];
}

/** Up to three names, and how many more. */
function listed(names: readonly Name[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).map(plain).join(', ') + more;
}

const WILDCARDS: Rule = zoneRule(
  {
    code: 'wildcard',
    severity: 'note',
    title: 'A wildcard that does less, or more, than it seems',
    why: 'It answers only for names that do not exist: any record at a name, of any type, switches it off there.',
    source: 'RFC 4592 §2.2.2, §4',
  },
  (zone) =>
    setsOf(zone)
      .filter(({ name }) => isWildcard(name))
      .flatMap(({ name, type, place }): Found[] => {
        const encloser = parent(name)!;
        const text = typeToText(type);
        if (type === 2 || type === 39) {
          return [
            {
              severity: 'warning',
              message: `${plain(name)} holds a wildcard ${text}, which servers treat differently`,
              place,
              fix: 'write the names out',
            },
          ];
        }
        const hidden = [...zone.zone.names()].filter(
          (one) =>
            isBelow(one, encloser) &&
            !isWildcard(one) &&
            parent(one) === encloser &&
            !zone.zone.get(one, type) &&
            !zone.zone.get(one, CNAME) &&
            !zone.zone.get(one, 2) &&
            !labels(one)[0]!.startsWith('_'),
        );
        if (hidden.length === 0 || (type !== A && type !== AAAA && type !== CNAME && type !== MX)) return [];
        const names = [...hidden].sort((a, b) => Number(a > b) - Number(a < b));
        const message = `${plain(name)} ${text} does not apply to names that exist: ${listed(names)}`;
        return [{ message, place, fix: 'repeat the record where it is meant to apply' }];
      }),
);

const BAD_HOST: Rule = zoneRule(
  {
    code: 'host-name',
    severity: 'warning',
    title: 'An address at a name that is no host name',
    why: 'Browsers, mail servers and certificates refuse such names.',
    source: 'RFC 952; RFC 1123 §2.1: letters, digits, hyphens',
  },
  (zone) =>
    setsOf(zone, A, AAAA, MX).flatMap(({ name, place }): Found[] => {
      const bad = labels(name).find(
        (label, at) => !(at === 0 && label === '*') && !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(label),
      );
      if (bad === undefined) return [];
      return [{ message: `${plain(name)} contains '${bad}'`, place, fix: 'use letters, digits and hyphens' }];
    }),
);

const FINAL_DOT: Rule = zoneRule(
  {
    code: 'missing-final-dot',
    severity: 'error',
    title: 'A name that ends with the zone twice',
    why: 'A name without a final dot is relative: the origin was appended to one that was meant to be whole.',
    source: 'RFC 1035 §5.1; RFC 1912 §3.2',
  },
  (zone) =>
    zone.origin === '.'
      ? []
      : zone.records.flatMap(({ name, rdata, place }): Found[] => {
          const twice = `.${zone.origin}${zone.origin}`;
          const known = rdata.kind === 'soa' ? [rdata.mname, rdata.rname] : namesIn(rdata);
          const bad = [name, ...known].find((one) => one.endsWith(twice) || one === twice.slice(1));
          if (bad === undefined) return [];
          return [
            {
              message: `${plain(bad)} ends with ${plain(zone.origin)} twice`,
              place,
              fix: `write it with a final dot: ${bad.slice(0, -zone.origin.length)}`,
            },
          ];
        }),
);

/** DNS flag day 2020: what passes most paths in one packet. */
const SAFE_OCTETS = 1232;

const LARGE: Rule = zoneRule(
  {
    code: 'large-answer',
    severity: 'note',
    title: 'An answer that does not fit into one packet',
    why: 'It is truncated and asked for again over TCP, or lost where fragments are dropped.',
    source: 'DNS flag day 2020: 1232 octets; RFC 9715',
  },
  (zone) =>
    setsOf(zone, A, AAAA, TXT, DNSKEY, MX).flatMap(({ name, type, place, records }): Found[] => {
      const octets = records.reduce(
        (sum, { rdata }) => sum + 12 + rdataToOctets(type, rdata).length,
        12 + name.length + 6,
      );
      if (octets <= SAFE_OCTETS) return [];
      const message = `${plain(name)} ${typeToText(type)} takes about ${octets} octets`;
      return [{ message, place, fix: 'keep fewer records at the name, or spread them over several names' }];
    }),
);

export const HOST_RULES: readonly Rule[] = [LEAK, TWINS, WILDCARDS, BAD_HOST, FINAL_DOT, LARGE];
