/**
 * Rules about signatures as they stand in a zone: what they cover, whose they are, how long they last.
 *
 * Not modelled: signatures are not verified. "Now" is the newest inception of the zone, the moment it was signed:
 * nothing here knows the date.
 */
import { describeDuration, SECOND } from '../../../base/time.ts';
import { depth, isWildcard, type Name } from '../../../dns/data/name.ts';
import { DS, NSEC, NSEC3, NSEC3PARAM, RRSIG, SOA, typeToText } from '../../../dns/data/rrtype.ts';
import { isCut, isTold } from '../../../dns/zone/dnssec/types.ts';
import { ENTRY_POINT, keysOf, signaturesOf, type ZoneKey, type ZoneSignature } from '../keys.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { listed, type PlacedSet, plain, recordsOf, setsOf } from '../zone.ts';

const INCOMPLETE: Rule = zoneRule(
  {
    code: 'dnssec-incomplete',
    severity: 'error',
    title: 'Keys without signatures, or signatures without keys',
    why: 'With a DS at the parent, validating resolvers answer SERVFAIL for what no known key has signed.',
    source: 'RFC 4035 §2.1, §2.2, §5.2; RFC 6781 §4.1',
  },
  (zone) => {
    const keys = keysOf(zone);
    const signatures = signaturesOf(zone);
    const name = plain(zone.origin);
    const [[key], [signature]] = [keys, signatures];
    if (key && !signature) {
      const fix = 'sign the zone before a DS is published, or let the server sign';
      return [
        { severity: 'warning', message: `${name} has keys and no signatures`, place: key.record.place, fix },
      ];
    }
    if (!signature) return [];
    if (!key) {
      const fix = 'publish the keys that made the signatures';
      return [{ message: `${name} has signatures and no DNSKEY`, place: signature.record.place, fix }];
    }
    return [
      ...unsigned(zone, key, signatures),
      ...strange(zone, keys, signatures),
      ...unsignedKeys(zone, keys, signatures),
      ...withoutProofs(zone, key),
    ];
  },
);

const labelOf = ({ name, type }: PlacedSet): string => `${plain(name)} ${typeToText(type)}`;

/** Sets that the zone answers for: at a cut the DS and the proof, below it nothing (RFC 4035 §2.2). */
function ownSets(zone: LintZone): PlacedSet[] {
  return setsOf(zone).filter(({ name, type }) => {
    if (type === RRSIG || !isTold(zone.zone, name)) return false;
    return !isCut(zone.zone, name) || type === DS || type === NSEC;
  });
}

/** Algorithms that sign a set, by set. */
function algorithmsOf(signatures: readonly ZoneSignature[]): Map<string, Set<number>> {
  const signed = new Map<string, Set<number>>();
  for (const { record, covered, algorithm } of signatures) {
    const label = `${plain(record.name)} ${covered}`;
    signed.set(label, (signed.get(label) ?? new Set()).add(algorithm));
  }
  return signed;
}

/** Sets without a signature, and sets that lack one of an algorithm that some key has. */
function unsigned(
  zone: LintZone,
  { record: { place } }: ZoneKey,
  signatures: readonly ZoneSignature[],
): Found[] {
  const signed = algorithmsOf(signatures);
  const bare = ownSets(zone).filter((one) => !signed.has(labelOf(one)));
  const found: Found[] = [];
  if (bare.length > 0) {
    const message = `no signature covers ${listed(bare.map(labelOf))}`;
    found.push({ severity: 'warning', message, place, fix: 'sign the whole zone' });
  }
  for (const algorithm of new Set(keysOf(zone).map((key) => key.algorithm))) {
    const lacking = [...signed]
      .filter(([, algorithms]) => !algorithms.has(algorithm))
      .map(([label]) => label);
    if (lacking.length === 0) continue;
    found.push({
      severity: 'warning',
      message: `algorithm ${algorithm} has a key and no signature of ${listed(lacking)}`,
      place,
      fix: 'sign every set with every algorithm first, and publish its key then (RFC 6781 §4.1.4)',
    });
  }
  return found;
}

/** Signatures by keys that are not published: nobody can check them. */
function strange(zone: LintZone, keys: readonly ZoneKey[], signatures: readonly ZoneSignature[]): Found[] {
  const isKnown = ({ tag, algorithm }: ZoneSignature): boolean =>
    keys.some((key) => key.tag === tag && key.algorithm === algorithm);
  const known = algorithmsOf(signatures.filter(isKnown));
  const byKey = new Map<string, ZoneSignature[]>();
  for (const one of signatures.filter((signature) => !isKnown(signature))) {
    const key = `${one.tag} (algorithm ${one.algorithm})`;
    const made = byKey.get(key);
    if (made) made.push(one);
    else byKey.set(key, [one]);
  }
  return [...byKey].map(([key, made]): Found => {
    const labels = made.map(({ record, covered }) => `${plain(record.name)} ${covered}`);
    const needed = labels.some((label) => !known.has(label));
    return {
      severity: needed ? 'error' : 'note',
      message: `key ${key} has signed ${listed(labels)} and is not published in ${plain(zone.origin)}`,
      place: made[0]!.record.place,
      fix: needed
        ? 'publish the key until its signatures have left every cache (RFC 6781 §4.1.1.1)'
        : 'take the signatures out: keys that are published have signed the same sets',
    };
  });
}

/** A DS names a key with the SEP flag, as a rule; without its signature the other keys count for nothing. */
function unsignedKeys(
  zone: LintZone,
  keys: readonly ZoneKey[],
  signatures: readonly ZoneSignature[],
): Found[] {
  const entries = keys.filter(({ flags }) => (flags & ENTRY_POINT) !== 0);
  const [first] = entries;
  const signing = signatures.filter(
    ({ covered, record }) => covered === 'DNSKEY' && record.name === zone.origin,
  );
  if (!first || signing.length === 0) return [];
  if (entries.some(({ tag }) => signing.some((one) => one.tag === tag))) return [];
  return [
    {
      severity: 'warning',
      message: `the keys of ${plain(zone.origin)} are not signed by a key with the SEP flag`,
      place: first.record.place,
      fix: `sign the DNSKEY set with key ${first.tag}, or make sure that the DS names the key that does`,
    },
  ];
}

/** Without a chain of proofs every "no" fails (RFC 4035 §2.3, RFC 5155 §7.1). */
function withoutProofs(zone: LintZone, { record: { place } }: ZoneKey): Found[] {
  const has = (type: number): boolean => recordsOf(zone, type).length > 0;
  const name = plain(zone.origin);
  if (!has(NSEC) && !has(NSEC3)) {
    const message = `${name} is signed and has neither NSEC nor NSEC3`;
    return [
      { severity: 'warning', message, place, fix: 'sign the zone anew, with NSEC unless names are secret' },
    ];
  }
  if (has(NSEC) || has(NSEC3PARAM)) return [];
  const message = `${name} has NSEC3 and no NSEC3PARAM: its servers do not know how to prove a "no"`;
  return [{ severity: 'warning', message, place, fix: 'publish NSEC3PARAM 1 0 0 - at the apex' }];
}

/** A problem of single signatures: whether one has it, and how it reads. */
interface Flaw {
  readonly severity: Found['severity'];
  readonly has: (signature: ZoneSignature, zone: LintZone) => boolean;
  readonly says: string;
  readonly fix: string;
}

const setOf = (zone: LintZone, { record, covered }: ZoneSignature): PlacedSet['ttl'] | undefined =>
  zone.zone.node(record.name)?.rrsets.find(({ type }) => typeToText(type) === covered)?.ttl;

const labelCount = (name: Name): number => depth(name) - (isWildcard(name) ? 1 : 0);

const FLAWS: readonly Flaw[] = [
  {
    severity: 'error',
    has: ({ signer }, { origin }) => signer !== origin,
    says: 'signed in the name of another zone',
    fix: 'sign with keys of this zone: the signer is its apex',
  },
  {
    severity: 'error',
    has: ({ labels, record }) => labels !== labelCount(record.name),
    says: 'signed for another number of labels than the name has',
    fix: 'sign the set anew: its owner has changed since',
  },
  {
    severity: 'error',
    has: ({ inception, expiration }) => inception >= expiration,
    says: 'signed for a time that ends before it begins',
    fix: 'sign anew with a clock that is right',
  },
  {
    severity: 'warning',
    has: (one, zone) => {
      const ttl = setOf(zone, one);
      return ttl !== undefined && ttl !== one.originalTtl;
    },
    says: 'signed with another TTL than it has',
    fix: 'sign the set anew whenever its TTL changes',
  },
  {
    severity: 'note',
    has: (one, zone) => setOf(zone, one) === undefined,
    says: 'signed and not there',
    fix: 'take the signature out together with the records',
  },
];

const FLAWED: Rule = zoneRule(
  {
    code: 'signature-fields',
    severity: 'error',
    title: 'Signatures that do not fit what they sign',
    why: 'Validating resolvers reject them, however right the signature itself is.',
    source: 'RFC 4034 §3.1; RFC 4035 §2.2, §5.3.1',
  },
  (zone) => {
    const signatures = signaturesOf(zone);
    return FLAWS.flatMap(({ severity, has, says, fix }): Found[] => {
      const bad = signatures.filter((one) => has(one, zone));
      if (bad.length === 0) return [];
      const labels = bad.map(({ record, covered }) => `${plain(record.name)} ${covered}`);
      const message = `${listed(labels)} ${bad.length === 1 ? 'is' : 'are'} ${says}`;
      return [{ ...(severity ? { severity } : {}), message, place: bad[0]!.record.place, fix }];
    });
  },
);

const EXPIRY: Rule = zoneRule(
  {
    code: 'signature-expiry',
    severity: 'error',
    title: 'Signatures that run out',
    why: 'An expired signature makes validating resolvers answer SERVFAIL, as if the zone were forged.',
    source: 'RFC 4034 §3.1.5; RFC 6781 §4.4.1: they outlive the SOA expiry and every TTL',
  },
  (zone, { horizon }) => {
    const signatures = signaturesOf(zone);
    const now = signatures.reduce((latest, { inception }) => Math.max(latest, inception), 0);
    const end = now + horizon / SECOND;
    const late = signatures.find(({ expiration }) => expiration <= end);
    if (!late) return shortLived(zone, signatures, now);
    const when =
      late.expiration <= now ? 'had expired when the newest was made' : 'expires before the scenario ends';
    return [
      {
        message: `the signature of ${plain(late.record.name)} ${late.covered} ${when}`,
        place: late.record.place,
        fix: 'sign again well before signatures expire, and watch that it happens',
      },
    ];
  },
);

function shortLived(zone: LintZone, signatures: readonly ZoneSignature[], now: number): Found[] {
  const [head, ...rest] = signatures;
  if (!head) return [];
  const first = rest.reduce((least, one) => (one.expiration < least.expiration ? one : least), head);
  const { place } = first.record;
  const soa = recordsOf(zone, SOA)[0]?.rdata;
  const left = first.expiration - now;
  const longest = signatures.reduce((most, { originalTtl }) => Math.max(most, originalTtl), 0);
  const text = (seconds: number): string => describeDuration(seconds * SECOND);
  const found: Found[] = [];
  if (left <= longest) {
    found.push({
      severity: 'warning',
      message: `signatures of ${plain(zone.origin)} last ${text(left)} after the newest, its TTLs reach ${text(longest)}`,
      place,
      fix: 'let signatures last several times the longest TTL, and make them anew while one TTL is left',
    });
  }
  if (soa?.kind === 'soa' && left < soa.expire) {
    found.push({
      severity: 'note',
      message: `secondaries keep ${plain(zone.origin)} for ${text(soa.expire)}, its signatures last ${text(left)}`,
      place,
      fix: 'let expire be a third or a quarter of the time that signatures last',
    });
  }
  return found;
}

export const SIGNATURE_RULES: readonly Rule[] = [INCOMPLETE, FLAWED, EXPIRY];
