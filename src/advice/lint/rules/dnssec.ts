/**
 * Rules about signing: none at all, and the traps of it.
 *
 * Not modelled: signatures are not verified, and key tags are not held against DS records. "Now" is the newest
 * inception of the zone, the moment it was signed: nothing here knows the date.
 */
import { DAY, SECOND } from '../../../base/time.ts';
import { DNSKEY, DS, NS, NSEC3, NSEC3PARAM, RRSIG, SOA } from '../../../dns/data/rrtype.ts';
import type { PlacedRecord } from '../../../dns/zone/master-records.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { isLocalName, plain, recordsOf, setsOf } from '../zone.ts';

const words = ({ rdata }: PlacedRecord): string[] => rdata.text.split(' ');

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
    if (zone.isPrivate || isLocalName(zone.origin) || recordsOf(zone, DNSKEY).length > 0) return [];
    // Signed by its servers, as the scenario says.
    if (zone.zone.signing !== undefined) return [];
    const message = `${plain(zone.origin)} has no DNSKEY`;
    return [
      { message, place: zone.place, fix: 'let the provider sign the zone, then put the DS into the parent' },
    ];
  },
);

const BROKEN_CHAIN: Rule = zoneRule(
  {
    code: 'dnssec-incomplete',
    severity: 'error',
    title: 'Keys without signatures, or signatures without keys',
    why: 'With a DS at the parent, validating resolvers answer SERVFAIL for every name of the zone.',
    source: 'RFC 4035 §2.1, §2.2, §5.2',
  },
  (zone) => {
    const keys = recordsOf(zone, DNSKEY).filter(({ name }) => name === zone.origin);
    const signatures = recordsOf(zone, RRSIG);
    const found: Found[] = [];
    const [key] = keys;
    const [signature] = signatures;
    if (key && signatures.length === 0) {
      const message = `${plain(zone.origin)} has keys and no signatures`;
      found.push({
        severity: 'warning',
        message,
        place: key.place,
        fix: 'sign the zone before a DS is published, or let the server sign',
      });
    }
    if (signature && !key) {
      const message = `${plain(zone.origin)} has signatures and no DNSKEY`;
      found.push({ message, place: signature.place, fix: 'publish the keys that made the signatures' });
    }
    return key && signature ? [...found, ...coverage(zone, keys, signatures)] : found;
  },
);

/** The sets that nobody can do without: keys and SOA. */
function coverage(
  zone: LintZone,
  keys: readonly PlacedRecord[],
  signatures: readonly PlacedRecord[],
): Found[] {
  const covered = new Set(signatures.filter(({ name }) => name === zone.origin).map((one) => words(one)[0]));
  const missing = ['DNSKEY', 'SOA', 'NS'].filter((type) => !covered.has(type));
  const used = new Set(signatures.map((one) => words(one)[1]));
  const offered = new Set(keys.map((one) => words(one)[2]));
  const orphan = [...used].find((algorithm) => !offered.has(algorithm!));
  const found: Found[] = [];
  if (missing.length > 0) {
    const message = `no signature covers ${missing.join(', ')} of ${plain(zone.origin)}`;
    found.push({ severity: 'warning', message, place: keys[0]!.place, fix: 'sign the whole zone' });
  }
  if (orphan !== undefined) {
    const message = `signatures of algorithm ${orphan} have no key in ${plain(zone.origin)}`;
    found.push({ message, place: signatures[0]!.place, fix: 'publish keys of every algorithm that signs' });
  }
  return found;
}

const OLD_ALGORITHM: Rule = zoneRule(
  {
    code: 'dnssec-algorithm',
    severity: 'warning',
    title: 'An outdated algorithm',
    why: 'Validators that no longer know it take the zone for unsigned, or refuse it.',
    source: 'RFC 8624 §3.1, §3.3; RFC 9905 (SHA-1); RFC 9906 (GOST)',
  },
  (zone) => [
    ...recordsOf(zone, DNSKEY).flatMap((record) => outdated(record, words(record)[2]!, 'a key')),
    ...recordsOf(zone, DS).flatMap((record) => [
      ...outdated(record, words(record)[1]!, 'a DS for a key'),
      ...oldDigest(record, words(record)[2]!),
    ]),
  ],
);

function outdated({ name, place }: PlacedRecord, algorithm: string, what: string): Found[] {
  const known = OUTDATED[algorithm];
  if (known === undefined) return [];
  const message = `${plain(name)} has ${what} of algorithm ${algorithm} (${known})`;
  return [{ message, place, fix: 'roll to ECDSAP256SHA256 (13)' }];
}

function oldDigest({ name, place }: PlacedRecord, digest: string): Found[] {
  if (digest !== '1' && digest !== '3') return [];
  const message = `the DS of ${plain(name)} has a digest of type ${digest} (${digest === '1' ? 'SHA-1' : 'GOST'})`;
  return [{ message, place, fix: 'publish a DS with SHA-256 (2)' }];
}

const NSEC3_COST: Rule = zoneRule(
  {
    code: 'nsec3-parameters',
    severity: 'warning',
    title: 'NSEC3 with iterations or salt',
    why: 'They cost every server and validator work and hide nothing; resolvers treat many iterations as unsigned.',
    source: 'RFC 9276 §3.1: iterations 0, no salt',
  },
  (zone) => {
    const record = recordsOf(zone, NSEC3PARAM)[0] ?? recordsOf(zone, NSEC3)[0];
    if (!record) return [];
    const [, , iterations = '0', salt = '-'] = words(record);
    const found: Found[] = [];
    const fix = 'set the parameters to 1 0 0 -';
    if (Number(iterations) > 0)
      found.push({
        message: `NSEC3 of ${plain(zone.origin)} takes ${iterations} iterations`,
        place: record.place,
        fix,
      });
    if (salt !== '-')
      found.push({
        severity: 'note',
        message: `NSEC3 of ${plain(zone.origin)} has a salt`,
        place: record.place,
        fix,
      });
    return found;
  },
);

const EXPIRY: Rule = zoneRule(
  {
    code: 'signature-expiry',
    severity: 'error',
    title: 'Signatures that run out',
    why: 'An expired signature makes validating resolvers answer SERVFAIL, as if the zone were forged.',
    source: 'RFC 4034 §3.1.5; RFC 6781 §4.4.2: signatures outlive the SOA expiry',
  },
  (zone, { horizon }) => {
    const signatures = recordsOf(zone, RRSIG).map((record) => ({ record, ...validity(record) }));
    const now = signatures.reduce((latest, { inception }) => Math.max(latest, inception), 0);
    const end = now + horizon / SECOND;
    const late = signatures.find(({ expiration }) => expiration <= end);
    if (late) {
      const expired = late.expiration <= now;
      const message = `a signature of ${plain(late.record.name)} ${expired ? 'had expired when the newest was made' : 'expires before the scenario ends'}`;
      return [
        {
          message,
          place: late.record.place,
          fix: 'sign again well before signatures expire, and watch that it happens',
        },
      ];
    }
    return shortLived(zone, signatures, now);
  },
);

interface Validity {
  /** Seconds, from one fixed day. */
  readonly inception: number;
  readonly expiration: number;
}

function shortLived(
  zone: LintZone,
  signatures: readonly (Validity & { record: PlacedRecord })[],
  now: number,
): Found[] {
  const soa = recordsOf(zone, SOA)[0]?.rdata;
  const expire = soa?.kind === 'soa' ? soa.expire : undefined;
  const first = signatures.reduce<(typeof signatures)[number] | undefined>(
    (least, one) => (least && least.expiration <= one.expiration ? least : one),
    undefined,
  );
  if (expire === undefined || !first || first.expiration - now >= expire) return [];
  const days = Math.floor(((first.expiration - now) * SECOND) / DAY);
  const message = `secondaries keep ${plain(zone.origin)} for ${Math.floor((expire * SECOND) / DAY)} d, its signatures last ${days} d`;
  return [
    {
      severity: 'note',
      message,
      place: first.record.place,
      fix: 'let signatures last longer than expire, or shorten expire',
    },
  ];
}

/** Presentation form: type algorithm labels TTL expiration inception ... with times as YYYYMMDDHHmmSS. */
function validity(record: PlacedRecord): Validity {
  const [, , , , expiration = '', inception = ''] = words(record);
  return { expiration: secondsOf(expiration), inception: secondsOf(inception) };
}

/** Seconds of a time of RFC 4034 §3.2, in a calendar of the Gregorian kind counted from the year 0. */
function secondsOf(text: string): number {
  const [, year, month, day, hours, minutes, seconds] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return Number(text) || 0;
  const shifted = Number(month) <= 2 ? Number(year) - 1 : Number(year);
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const sinceMarch = Math.floor((153 * ((Number(month) + 9) % 12) + 2) / 5) + Number(day);
  const days = shifted * 365 + leaps + sinceMarch;
  return ((days * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
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
    return cuts.map(({ name, place }): Found => {
      return {
        message: `${plain(name)} is delegated without a DS`,
        place,
        fix: 'sign the child and add its DS here',
      };
    });
  },
);

export const DNSSEC_RULES: readonly Rule[] = [
  UNSIGNED,
  BROKEN_CHAIN,
  OLD_ALGORITHM,
  NSEC3_COST,
  EXPIRY,
  UNSIGNED_CHILD,
];
