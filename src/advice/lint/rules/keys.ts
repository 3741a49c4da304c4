/**
 * Rules about keys and their rotation: what a zone shows of a plan, and whether parent and child name the same keys.
 *
 * Not modelled: how far a rollover has come; a key without signatures may be on its way in or out.
 */
import { describeDuration, SECOND } from '../../../base/time.ts';
import { CDNSKEY, CDS, DNSKEY, DS } from '../../../dns/data/rrtype.ts';
import type { PlacedRecord } from '../../../dns/zone/master-records.ts';
import {
  ENTRY_POINT,
  keyOf,
  keysOf,
  means,
  REVOKED,
  signaturesOf,
  words,
  ZONE_KEY,
  type ZoneKey,
} from '../keys.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone, Subject } from '../subject.ts';
import { listed, plain, recordsOf, setsOf } from '../zone.ts';

/** Longer, and an emergency rollover waits for caches of resolvers for days. */
const LONGEST_KEY_TTL = 172_800;
const LONGEST_DS_TTL = 86_400;

const ROTATION: Rule = zoneRule(
  {
    code: 'key-rotation',
    severity: 'note',
    title: 'Keys that nothing shows how to replace',
    why: 'A lost or broken key means a rollover at once, and every step of it waits for a TTL and for the parent.',
    source: 'checklist of DNS architecture: plan key rotation; RFC 6781 §4.1, §4.2; RFC 7344; RFC 8078',
  },
  (zone) => [...withoutSuccessor(zone), ...revoked(zone), ...slowKeys(zone), ...slowDelegations(zone)],
);

/** Keys that a DS may name: those with the SEP flag, or all where none has it. */
function entryKeys(zone: LintZone): ZoneKey[] {
  const keys = keysOf(zone).filter(({ flags }) => (flags & REVOKED) === 0);
  const entries = keys.filter(({ flags }) => (flags & ENTRY_POINT) !== 0);
  return entries.length > 0 ? entries : keys;
}

function withoutSuccessor(zone: LintZone): Found[] {
  const entries = entryKeys(zone);
  const [first] = entries;
  const announced = recordsOf(zone, CDS, CDNSKEY).length > 0;
  const signing = signaturesOf(zone).filter(({ covered }) => covered === 'DNSKEY');
  const spare = entries.find(({ tag }) => !signing.some((one) => one.tag === tag));
  if (!first || announced || (signing.length > 0 && spare)) return [];
  const tags = listed(entries.map(({ tag }) => String(tag)));
  return [
    {
      message: `${plain(zone.origin)} has ${entries.length === 1 ? 'key' : 'the keys'} ${tags}, no successor and no CDS: a new key waits for somebody at the parent`,
      place: first.record.place,
      fix: 'publish CDS and CDNSKEY, write down how the key is changed in a hurry, and drill it',
    },
  ];
}

function revoked(zone: LintZone): Found[] {
  return keysOf(zone)
    .filter(({ flags }) => (flags & REVOKED) !== 0)
    .map(({ tag, record: { place } }): Found => {
      const fix = 'take it out once those who trust it by hand have seen it, after 30 days (RFC 5011 §2.4.2)';
      return { message: `key ${tag} of ${plain(zone.origin)} is revoked`, place, fix };
    });
}

function slowKeys(zone: LintZone): Found[] {
  const set = setsOf(zone, DNSKEY).find(({ name }) => name === zone.origin);
  if (!set || set.ttl <= LONGEST_KEY_TTL) return [];
  const message = `the keys of ${plain(zone.origin)} have a TTL of ${describeDuration(set.ttl * SECOND)}`;
  return [{ message, place: set.place, fix: 'use an hour to a day: a rollover waits for it at every step' }];
}

function slowDelegations(zone: LintZone): Found[] {
  const slow = setsOf(zone, DS).filter(({ name, ttl }) => name !== zone.origin && ttl > LONGEST_DS_TTL);
  const [first] = slow;
  if (!first) return [];
  const names = listed(slow.map(({ name }) => plain(name)));
  const message = `the DS of ${names} has a TTL of ${describeDuration(first.ttl * SECOND)}`;
  return [
    { message, place: first.place, fix: 'use an hour to a day: a child that lost its key waits for it' },
  ];
}

const UNUSABLE: Rule = zoneRule(
  {
    code: 'unusable-key',
    severity: 'error',
    title: 'A key that validates nothing',
    why: 'Resolvers leave it aside, and with it every signature it has made.',
    source: 'RFC 4034 §2.1.1, §2.1.2; RFC 4035 §2.1, §5.3.1',
  },
  (zone) =>
    recordsOf(zone, DNSKEY).flatMap((record): Found[] => {
      const { flags, protocol, tag } = keyOf(record);
      const { name, place } = record;
      const problem =
        (name !== zone.origin && `stands at ${plain(name)}, not at the apex`) ||
        ((flags & ZONE_KEY) === 0 && `has the flags ${flags}, which lack the zone key bit (256)`) ||
        (protocol !== 3 && `has the protocol ${protocol}, not 3`);
      if (!problem) return [];
      const fix = 'publish keys at the apex as DNSKEY 256 3 (zone) or 257 3 (entry point)';
      return [{ message: `key ${tag} ${problem}`, place, fix }];
    }),
);

const DS_MISMATCH: Rule = zoneRule(
  {
    code: 'ds-mismatch',
    severity: 'error',
    title: 'A DS for a key that the child does not have',
    why: 'When no DS at the parent fits a key of the child, validating resolvers answer SERVFAIL for all of it.',
    source: 'RFC 4035 §5.2; RFC 6781 §4.3.3 (security lameness)',
  },
  (zone, { zones }: Subject) =>
    setsOf(zone, DS).flatMap(({ name, records }): Found[] => {
      const child = zones.find((one) => one !== zone && one.origin === name && !one.isPrivate);
      if (!child || child.zone.signing !== undefined) return [];
      const keys = keysOf(child);
      const strange = records.filter((one) => !keys.some((key) => means(one, name, key)));
      const [first] = strange;
      if (!first) return [];
      const tags = listed(strange.map((one) => words(one)[0]!));
      const lame = strange.length === records.length;
      const has = keys.length === 0 ? 'has no keys' : `has ${listed(keys.map(({ tag }) => String(tag)))}`;
      return [
        {
          severity: lame ? 'error' : 'note',
          message: `the DS of ${plain(name)} names key ${tags}, the child ${has}`,
          place: first.place,
          fix: lame
            ? 'put the DS of a key that signs the child into the parent, or take the DS out until there is one'
            : 'take it out unless the key is on its way in: it must be there before its DS counts',
        },
      ];
    }),
);

const ANNOUNCED: Rule = zoneRule(
  {
    code: 'cds',
    severity: 'error',
    title: 'An announcement to the parent that breaks the chain',
    why: 'A parent that follows CDS and CDNSKEY puts into its zone what stands there.',
    source: 'RFC 7344 §4, §4.1; RFC 8078 §4',
  },
  (zone) => [...misplaced(zone), ...withdrawn(zone), ...unknownKeys(zone), ...halfAnnounced(zone)],
);

const isDelete = (record: PlacedRecord): boolean => words(record)[record.type === CDS ? 1 : 2] === '0';

const announcements = (zone: LintZone): PlacedRecord[] =>
  recordsOf(zone, CDS, CDNSKEY).filter(({ name }) => name === zone.origin);

function misplaced(zone: LintZone): Found[] {
  const other = recordsOf(zone, CDS, CDNSKEY).find(({ name }) => name !== zone.origin);
  if (!other) return [];
  const message = `CDS and CDNSKEY of ${plain(other.name)} stand below the apex, where no parent looks`;
  return [{ message, place: other.place, fix: 'publish them at the apex' }];
}

function withdrawn(zone: LintZone): Found[] {
  const record = announcements(zone).find(isDelete);
  if (!record) return [];
  const message = `${plain(zone.origin)} asks its parent to take the DS out`;
  const fix = 'keep the keys and signatures until the DS has left every cache, then take the record out';
  return [{ severity: 'note', message, place: record.place, fix }];
}

/** Following them must not break the delegation (RFC 7344 §4.1, continuity). */
function unknownKeys(zone: LintZone): Found[] {
  const keys = keysOf(zone);
  const fits = (record: PlacedRecord): boolean =>
    record.type === CDS
      ? keys.some((key) => means(record, zone.origin, key))
      : keys.some(({ record: { rdata } }) => rdata.text === record.rdata.text);
  const real = announcements(zone).filter((one) => !isDelete(one));
  const [first] = real;
  if (!first || real.some(fits)) return [];
  const message = `the CDS or CDNSKEY of ${plain(zone.origin)} fits no key of the zone`;
  return [{ message, place: first.place, fix: 'announce a key that is published and signs the key set' }];
}

/** Where there are both they say the same (RFC 7344 §4). */
function halfAnnounced(zone: LintZone): Found[] {
  const real = announcements(zone).filter((one) => !isDelete(one));
  const keys = real.filter(({ type }) => type === CDNSKEY).map(keyOf);
  const signers = real.filter(({ type }) => type === CDS);
  if (keys.length === 0 || signers.length === 0) return [];
  const odd =
    signers.find((one) => !keys.some((key) => means(one, zone.origin, key))) ??
    keys.find((key) => !signers.some((one) => means(one, zone.origin, key)))?.record;
  if (!odd) return [];
  const message = `CDS and CDNSKEY of ${plain(zone.origin)} announce different keys`;
  return [{ severity: 'warning', message, place: odd.place, fix: 'let both say the same' }];
}

export const KEY_RULES: readonly Rule[] = [ROTATION, UNUSABLE, DS_MISMATCH, ANNOUNCED];
