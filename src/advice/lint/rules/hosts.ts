/** Rules about hosts: what leaks, what lacks a twin, what a wildcard does not do, what was mistyped. */
import type { Place } from '../../../base/issue.ts';
import { isBelow, isSubdomain, isWildcard, labels, type Name, parent } from '../../../dns/data/name.ts';
import type { Rdata } from '../../../dns/data/rdata.ts';
import { rdataToOctets } from '../../../dns/data/rdata-text.ts';
import { A, AAAA, CNAME, DNAME, DNSKEY, MX, NS, PTR, TXT, typeToText } from '../../../dns/data/rrtype.ts';
import { isTold } from '../../../dns/zone/dnssec/types.ts';
import { isInside, isLocalName, privateReason } from '../inside.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { listed, type PlacedSet, plain, setsOf } from '../zone.ts';

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
    if (isInside(zone)) {
      const message = `every address of ${plain(zone.origin)} is private`;
      const fix = 'make sure that only resolvers of the inside can ask for this zone';
      return [{ severity: 'note', message, place: zone.place, fix }];
    }
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
    // Glue is what the child says.
    const all = setsOf(zone, A, AAAA).filter(({ name }) => isTold(zone.zone, name));
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
  const message = `${listed(names.map(({ name }) => plain(name)))} ${names.length === 1 ? 'has' : 'have'} ${own} and no ${other}`;
  return [{ message, place: first.place, fix: `add ${other} where the host has one` }];
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
        if (type === NS || type === DNAME) {
          return [
            {
              severity: type === NS ? 'error' : 'warning',
              message: `${plain(name)} holds a wildcard ${text}, which servers refuse or treat differently`,
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
            !zone.zone.get(one, NS) &&
            !labels(one)[0]!.startsWith('_'),
        );
        if (hidden.length === 0 || (type !== A && type !== AAAA && type !== CNAME && type !== MX)) return [];
        const names = [...hidden].sort((a, b) => Number(a > b) - Number(a < b));
        const message = `${plain(name)} ${text} does not apply to names that exist: ${listed(names.map(plain))}`;
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
      const bad = labels(name).find((label, at) => !isHostLabel(label, at));
      if (bad === undefined) return [];
      return [{ message: `${plain(name)} contains '${bad}'`, place, fix: 'use letters, digits and hyphens' }];
    }),
);

/** An underscore above the host is a scope and no host (RFC 8552 §1): `gc._msdcs` of Active Directory. */
function isHostLabel(label: string, at: number): boolean {
  const scope = at === 0 ? label === '*' : label.startsWith('_');
  return scope || /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(label);
}

const FINAL_DOT: Rule = zoneRule(
  {
    code: 'missing-final-dot',
    severity: 'error',
    title: 'A name that ends with the zone twice',
    why: 'A name without a final dot is relative: the origin was appended to one that was meant to be whole.',
    source: 'RFC 1035 §5.1, §3.5; RFC 1912 §3.2',
  },
  (zone) =>
    zone.origin === '.'
      ? []
      : zone.records.flatMap(({ name, type, rdata, place }): Found[] => {
          const twice = `.${zone.origin}${zone.origin}`;
          const known = rdata.kind === 'soa' ? [rdata.mname, rdata.rname] : namesIn(rdata);
          const bad = [name, ...known].find((one) => one.endsWith(twice) || one === twice.slice(1));
          if (bad === undefined) return type === PTR ? unfinishedPointer(zone, name, known[0], place) : [];
          return [
            {
              message: `${plain(bad)} ends with ${plain(zone.origin)} twice`,
              place,
              fix: `write it with a final dot: ${bad.slice(0, -zone.origin.length)}`,
            },
          ];
        }),
);

/** A pointer leads out of the tree of addresses, to a host. */
function unfinishedPointer(zone: LintZone, name: Name, target: Name | undefined, place: Place): Found[] {
  const isReverse = /\.(in-addr|ip6)\.arpa\.$/.test(zone.origin);
  if (!isReverse || !target || !isSubdomain(target, zone.origin)) return [];
  const message = `the PTR of ${plain(name)} leads back to ${plain(target)}`;
  const fix = `write it with a final dot: ${target.slice(0, -zone.origin.length)}`;
  return [{ message, place, fix }];
}

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
