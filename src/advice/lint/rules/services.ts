/** Rules about services (SRV, HTTPS, SVCB) and certificates (CAA). */
import { isSubdomain, type Name } from '../../../dns/data/name.ts';
import { A, AAAA, CAA, CNAME, HTTPS, SRV, SVCB, typeToText } from '../../../dns/data/rrtype.ts';
import type { PlacedRecord } from '../../../dns/zone/master-records.ts';
import { isInside } from '../inside.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { unquoted } from '../txt.ts';
import { plain, recordsOf, setsOf, targetState } from '../zone.ts';
import { isLiteral } from './delegations.ts';

const TARGETS: Rule = zoneRule(
  {
    code: 'service-target',
    severity: 'error',
    title: 'A service at a host that is none',
    why: 'Clients that follow the record find no address.',
    source: 'RFC 2782 (SRV: no alias); RFC 9460 §2.4.3',
  },
  (zone) =>
    recordsOf(zone, SRV, SVCB, HTTPS).flatMap((record): Found[] => {
      const target = targetOf(record);
      const problem = target && targetProblem(zone, record, target);
      return problem ? [{ ...problem, place: record.place }] : [];
    }),
);

/** The host a record names; none where it says "here" or "not at all". */
function targetOf({ rdata }: PlacedRecord): Name | undefined {
  const target = rdata.kind === 'srv' || rdata.kind === 'svcb' ? rdata.target : undefined;
  return target === '.' ? undefined : target;
}

function targetProblem(
  zone: LintZone,
  { name, type }: PlacedRecord,
  target: Name,
): Omit<Found, 'place'> | undefined {
  const who = `the ${typeToText(type)} of ${plain(name)}`;
  if (isLiteral(target))
    return { message: `${who} is the address ${plain(target)}`, fix: 'name a host that has that address' };
  const state = targetState(zone, target);
  if (state === 'alias' && type === SRV) {
    return {
      severity: 'warning',
      message: `${who} leads to the alias ${plain(target)}`,
      fix: 'name the host that has the address',
    };
  }
  if (state !== 'absent' && (state !== 'no-address' || type !== SRV)) return undefined;
  return {
    message: `${who} leads to ${plain(target)}, which has no address`,
    fix: `add A or AAAA for ${plain(target)}`,
  };
}

const NO_CAA: Rule = zoneRule(
  {
    code: 'no-caa',
    severity: 'note',
    title: 'No CAA record',
    why: 'Every certification authority may issue certificates for the names of the zone.',
    source: 'RFC 8659 §3',
  },
  (zone) => {
    const isSubzone = zone.origin.split('.').length > 3;
    if (isInside(zone) || isSubzone || isCovered(zone)) return [];
    // A scenario writes the records it needs: what is missing there says nothing about the real zone.
    if (zone.index !== undefined && recordsOf(zone, 6).length === 0) return [];
    return [
      {
        message: `${plain(zone.origin)} has no CAA record`,
        place: zone.place,
        fix: 'add CAA 0 issue "your-ca.example"',
      },
    ];
  },
);

/** Authorities climb from a name to the apex (RFC 8659 §3): a set at the apex is for all, one below for what is there. */
function isCovered(zone: LintZone): boolean {
  const owners = recordsOf(zone, CAA).map(({ name }) => name);
  if (owners.length === 0) return false;
  const hosts = recordsOf(zone, A, AAAA, CNAME).map(({ name }) => name);
  return hosts.every((host) => owners.some((owner) => isSubdomain(host, owner)));
}

const CLOSED_CAA: Rule = zoneRule(
  {
    code: 'caa',
    severity: 'warning',
    title: 'A CAA set that stops certificates',
    why: 'Renewals fail some weeks after the record was written, when nobody thinks of it any more.',
    source: 'RFC 8659 §4.1 (critical), §4.2 (issue ";")',
  },
  (zone) => setsOf(zone, CAA).flatMap(({ name, records }) => caaFindings(name, records)),
);

/** Properties that certification authorities know (IANA, "Certification Authority Restriction Properties"). */
const KNOWN_TAGS: readonly string[] = [
  'issue',
  'issuewild',
  'iodef',
  'issuemail',
  'issuevmc',
  'contactemail',
  'contactphone',
];

function caaFindings(name: Name, records: readonly PlacedRecord[]): Found[] {
  const all = records.map(({ rdata, place }) => {
    const [flags = '0', tag = '', ...value] = rdata.text.split(' ');
    return { flags: Number(flags), tag: tag.toLowerCase(), value: unquoted(value.join(' ')).trim(), place };
  });
  const found = all
    .filter(({ flags, tag }) => flags >= 128 && !KNOWN_TAGS.includes(tag))
    .map(({ tag, place }): Found => {
      const fix = 'drop the critical flag, or the property';
      return {
        severity: 'error',
        message: `${plain(name)} marks the unknown property ${tag} as critical`,
        place,
        fix,
      };
    });
  const issue = all.filter(({ tag }) => tag === 'issue');
  if (issue.length > 0 && issue.every(({ value }) => value === ';' || value === '')) {
    const message = `${plain(name)} forbids every certificate`;
    found.push({
      severity: 'note',
      message,
      place: issue[0]!.place,
      fix: 'name the authority that issues yours, or keep it for names without TLS',
    });
  }
  return found;
}

export const SERVICE_RULES: readonly Rule[] = [TARGETS, NO_CAA, CLOSED_CAA];
