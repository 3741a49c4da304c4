/** Rules about signing: none at all, outdated algorithms, NSEC3, and children that are left out. */
import { DNSKEY, DS, NS, NSEC3, NSEC3PARAM } from '../../../dns/data/rrtype.ts';
import type { PlacedRecord } from '../../../dns/zone/master-records.ts';
import { isInside } from '../inside.ts';
import { keyOf, rsaBits, words } from '../keys.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { listed, plain, recordsOf, setsOf } from '../zone.ts';

/** Algorithms that must not sign (RFC 8624 §3.1, RFC 9905, RFC 9906). */
const OUTDATED: Readonly<Record<string, string>> = {
  '1': 'RSAMD5',
  '3': 'DSA',
  '5': 'RSASHA1',
  '6': 'DSA-NSEC3-SHA1',
  '7': 'RSASHA1-NSEC3-SHA1',
  '12': 'ECC-GOST',
};

const UNSIGNED: Rule = zoneRule(
  {
    code: 'no-dnssec',
    severity: 'note',
    title: 'A public zone that is not signed',
    why: 'Whoever can answer faster, or sits on the path, sends users where they like.',
    source: 'RFC 4033 §1; RFC 9364: DNSSEC is best current practice',
  },
  (zone) => {
    if (isInside(zone) || recordsOf(zone, DNSKEY).length > 0) return [];
    // Signed by its servers, as the scenario says.
    if (zone.zone.signing !== undefined) return [];
    const message = `${plain(zone.origin)} has no DNSKEY`;
    return [
      { message, place: zone.place, fix: 'let the provider sign the zone, then put the DS into the parent' },
    ];
  },
);

const OLD_ALGORITHM: Rule = zoneRule(
  {
    code: 'dnssec-algorithm',
    severity: 'warning',
    title: 'An outdated algorithm',
    why: 'Validators that no longer know it take the zone for unsigned, or refuse it.',
    source:
      'RFC 8624 §3.1, §3.3, kept at IANA by RFC 9904; RFC 9905 (SHA-1); RFC 9906 (GOST); RFC 6781 §3.4.2',
  },
  (zone) => [
    ...recordsOf(zone, DNSKEY).flatMap((record) => [
      ...outdated(record, words(record)[2]!, 'a key'),
      ...shortKey(record),
    ]),
    ...recordsOf(zone, DS).flatMap((record) => outdated(record, words(record)[1]!, 'a DS for a key')),
    ...oldDigests(zone),
  ],
);

function outdated({ name, place }: PlacedRecord, algorithm: string, what: string): Found[] {
  const known = OUTDATED[algorithm];
  if (known === undefined) return [];
  const message = `${plain(name)} has ${what} of algorithm ${algorithm} (${known})`;
  return [{ message, place, fix: 'roll to ECDSAP256SHA256 (13)' }];
}

/** Bits of RSA that are still thought to last. */
const SAFE_BITS = 2048;

function shortKey(record: PlacedRecord): Found[] {
  const key = keyOf(record);
  const bits = rsaBits(key);
  if (bits === undefined || bits >= SAFE_BITS) return [];
  const message = `key ${key.tag} of ${plain(record.name)} is RSA of ${bits} bits`;
  return [
    { severity: 'note', message, place: record.place, fix: 'roll to ECDSAP256SHA256 (13), or to 2048 bits' },
  ];
}

const DIGEST_NAMES: Readonly<Record<string, string>> = { '1': 'SHA-1', '3': 'GOST' };

/** Validators leave SHA-1 aside where a better digest of the same key stands (RFC 4509 §3). */
function oldDigests(zone: LintZone): Found[] {
  return setsOf(zone, DS).flatMap(({ name, records }) =>
    records.flatMap((record): Found[] => {
      const [tag, , type = ''] = words(record);
      const digest = DIGEST_NAMES[type];
      if (digest === undefined) return [];
      const better = records.some((one) => words(one)[0] === tag && !(words(one)[2]! in DIGEST_NAMES));
      const message = `the DS of ${plain(name)} has a digest of type ${type} (${digest})`;
      const fix = better ? 'take it out: the one beside it is enough' : 'publish a DS with SHA-256 (2)';
      return [{ ...(better ? { severity: 'note' as const } : {}), message, place: record.place, fix }];
    }),
  );
}

const NSEC3_COST: Rule = zoneRule(
  {
    code: 'nsec3-parameters',
    severity: 'warning',
    title: 'NSEC3 with iterations, salt or opt-out',
    why: 'They cost every server and validator work and hide nothing; resolvers treat many iterations as unsigned.',
    source: 'RFC 9276 §3.1: iterations 0, no salt, opt-out in large zones only',
  },
  (zone) => {
    const record = recordsOf(zone, NSEC3PARAM)[0] ?? recordsOf(zone, NSEC3)[0];
    if (!record) return [];
    const [, , iterations = '0', salt = '-'] = words(record);
    const name = plain(zone.origin);
    const { place } = record;
    const fix = 'set the parameters to 1 0 0 -';
    const found: Found[] = [];
    if (Number(iterations) > 0)
      found.push({ message: `NSEC3 of ${name} takes ${iterations} iterations`, place, fix });
    if (salt !== '-') found.push({ severity: 'note', message: `NSEC3 of ${name} has a salt`, place, fix });
    return [...found, ...optOut(zone)];
  },
);

/** Fewer delegations are signed at no cost worth speaking of. */
const MANY_DELEGATIONS = 1000;

function optOut(zone: LintZone): Found[] {
  const record = recordsOf(zone, NSEC3).find((one) => Number(words(one)[1]) % 2 === 1);
  if (!record || setsOf(zone, NS).length > MANY_DELEGATIONS) return [];
  const message = `NSEC3 of ${plain(zone.origin)} opts out: names between signed ones can be forged`;
  return [{ severity: 'note', message, place: record.place, fix: 'sign without opt-out' }];
}

const UNSIGNED_CHILD: Rule = zoneRule(
  {
    code: 'insecure-delegation',
    severity: 'note',
    title: 'A signed zone that delegates without DS',
    why: 'The chain of trust ends at the cut: the child can be forged however well the parent is signed.',
    source: 'RFC 4035 §5.2',
  },
  (zone) => {
    if (recordsOf(zone, DNSKEY).length === 0) return [];
    const cuts = setsOf(zone, NS).filter(({ name }) => name !== zone.origin && !zone.zone.get(name, DS));
    const [first] = cuts;
    if (!first) return [];
    const message = `${listed(cuts.map(({ name }) => plain(name)))} ${cuts.length === 1 ? 'is' : 'are'} delegated without a DS`;
    return [{ message, place: first.place, fix: 'sign the child and add its DS here' }];
  },
);

export const DNSSEC_RULES: readonly Rule[] = [UNSIGNED, OLD_ALGORITHM, NSEC3_COST, UNSIGNED_CHILD];
