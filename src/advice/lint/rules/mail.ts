/** Rules about mail: exchangers, and who may send (SPF, DMARC). */
import { type Name, parseName, prepend } from '../../../dns/data/name.ts';
import { MX, TXT } from '../../../dns/data/rrtype.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { textsAt } from '../txt.ts';
import { plain, recordsOf, setsOf, targetState } from '../zone.ts';
import { isLiteral } from './delegations.ts';

const EXCHANGERS: Rule = zoneRule(
  {
    code: 'mx-target',
    severity: 'error',
    title: 'A mail exchanger that is no host',
    why: 'Senders look for the address of the exchanger; without one mail waits and then bounces.',
    source: 'RFC 2181 §10.3 (no alias); RFC 5321 §5.1; RFC 7505 (null MX)',
  },
  (zone) =>
    setsOf(zone, MX).flatMap(({ name, records }) =>
      records.flatMap(({ rdata, place }): Found[] => {
        if (rdata.kind !== 'mx') return [];
        const problem = exchangeProblem(zone, name, rdata.exchange, records.length);
        return problem ? [{ ...problem, place }] : [];
      }),
    ),
);

function exchangeProblem(
  zone: LintZone,
  name: Name,
  exchange: Name,
  count: number,
): Omit<Found, 'place'> | undefined {
  const who = `the MX of ${plain(name)}`;
  if (exchange === '.') {
    return count > 1
      ? { message: `${who} says "no mail" beside other exchangers`, fix: 'keep the null MX alone' }
      : undefined;
  }
  if (isLiteral(exchange))
    return { message: `${who} is the address ${plain(exchange)}`, fix: 'name a host that has that address' };
  const state = targetState(zone, exchange);
  if (state === 'alias')
    return {
      severity: 'warning',
      message: `${who} leads to the alias ${plain(exchange)}`,
      fix: 'name the host that has the address',
    };
  if (state !== 'absent' && state !== 'no-address') return undefined;
  return {
    message: `${who} leads to ${plain(exchange)}, which has no address`,
    fix: `add A or AAAA for ${plain(exchange)}`,
  };
}

const isSpf = (text: string): boolean => /^v=spf1( |$)/i.test(text);

const SPF: Rule = zoneRule(
  {
    code: 'spf',
    severity: 'error',
    title: 'An SPF record that receivers reject',
    why: 'A permanent error means that mail is treated as if there were no SPF, or refused.',
    source: 'RFC 7208 §3.1 (TXT), §3.2 (one record), §4.6.4 (ten look-ups), §5.1 (all)',
  },
  (zone) => {
    const owners = new Set(recordsOf(zone, TXT).map(({ name }) => name));
    return [...[...owners].flatMap((name) => spfFindings(zone, name)), ...oldType(zone)];
  },
);

/** The type SPF of the experiment, which receivers must not use. */
const SPF_TYPE = 99;

function oldType(zone: LintZone): Found[] {
  return recordsOf(zone, SPF_TYPE).map(({ name, place }): Found => {
    const message = `${plain(name)} has a record of the type SPF, which nobody reads`;
    return { severity: 'note', message, place, fix: 'keep the TXT record alone' };
  });
}

function spfFindings(zone: LintZone, name: Name): Found[] {
  const records = textsAt(zone, name).filter(({ text }) => isSpf(text));
  const [first, second] = records;
  if (!first) return [];
  const found: Found[] = [];
  if (second)
    found.push({
      message: `${plain(name)} has ${records.length} SPF records`,
      place: second.place,
      fix: 'merge them into one',
    });
  const lookups = countLookups(zone, first.text, new Set([name]));
  if (lookups > MOST_LOOKUPS) {
    const message = `the SPF record of ${plain(name)} takes at least ${lookups} look-ups, ten are allowed`;
    found.push({
      message,
      place: first.place,
      fix: 'replace includes by ip4: and ip6: blocks, or drop senders',
    });
  }
  if (/ \+?all( |$)/i.test(first.text)) {
    const message = `the SPF record of ${plain(name)} lets everybody send`;
    found.push({ message, place: first.place, fix: 'end it with -all or ~all' });
  } else if (!/ [-~?]all( |$)/i.test(first.text) && !/ redirect=/i.test(first.text)) {
    const message = `the SPF record of ${plain(name)} does not say what to think of everybody else`;
    found.push({ severity: 'note', message, place: first.place, fix: 'end it with -all or ~all' });
  }
  return found;
}

const MOST_LOOKUPS = 10;

/** Terms that cost a look-up each; includes that the zone itself holds are followed. */
function countLookups(zone: LintZone, text: string, seen: Set<Name>): number {
  const terms = text.split(/\s+/).slice(1);
  return terms.reduce((sum, term) => sum + lookupsOf(zone, term, seen), 0);
}

function lookupsOf(zone: LintZone, term: string, seen: Set<Name>): number {
  const [, word = '', rest] =
    /^[-+~?]?(include|a|mx|ptr|exists|redirect)(?:[:=]([^/]*))?(?:\/.*)?$/i.exec(term) ?? [];
  if (word === '') return 0;
  const target = rest === undefined ? undefined : nameOf(rest);
  if (!/^(include|redirect)$/i.test(word) || !target || seen.has(target)) return 1;
  const inner = textsAt(zone, target).find((one) => isSpf(one.text));
  return inner ? 1 + countLookups(zone, inner.text, new Set([...seen, target])) : 1;
}

function nameOf(text: string): Name | undefined {
  try {
    return parseName(text.endsWith('.') ? text : `${text}.`);
  } catch {
    return undefined; // macros such as %{i} make no name
  }
}

const NO_SPF: Rule = zoneRule(
  {
    code: 'no-spf',
    severity: 'warning',
    title: 'A mail domain without SPF',
    why: 'Anybody can send in its name, and large receivers refuse mail without it.',
    source: 'RFC 7208 §2.3',
  },
  (zone) =>
    setsOf(zone, MX)
      .filter(({ name }) => !textsAt(zone, name).some(({ text }) => isSpf(text)) && !isWild(name))
      .map(({ name, place, records }): Found => {
        const none = records.some(({ rdata }) => rdata.kind === 'mx' && rdata.exchange === '.');
        const fix = none ? 'add TXT "v=spf1 -all": it sends no mail either' : 'add TXT "v=spf1 mx -all"';
        return {
          severity: name === zone.origin ? 'warning' : 'note',
          message: `${plain(name)} has MX records and no SPF record`,
          place,
          fix,
        };
      }),
);

const isWild = (name: Name): boolean => name.startsWith('*.');

const DMARC: Rule = zoneRule(
  {
    code: 'dmarc',
    severity: 'warning',
    title: 'A mail domain without DMARC, or with a broken one',
    why: 'Without it receivers are not told what to do with forged mail, and nobody reports it.',
    source: 'RFC 7489 §6.1, §6.6.3',
  },
  (zone) => {
    const mail = setsOf(zone, MX).find(({ name }) => name === zone.origin);
    const sends = textsAt(zone, zone.origin).find(({ text }) => isSpf(text));
    const at = prepend('_dmarc', zone.origin);
    const place = mail?.place ?? sends?.place;
    if (!place || !at) return [];
    const records = textsAt(zone, at).filter(({ text }) => /^v=DMARC1\s*(;|$)/.test(text));
    if (records.length === 0 && recordsOf(zone, 5).some(({ name }) => name === at)) return [];
    if (records.length === 0) {
      const fix = 'add _dmarc TXT "v=DMARC1; p=none; rua=mailto:..." and tighten it once reports are clean';
      return [{ message: `${plain(zone.origin)} has no DMARC record`, place, fix }];
    }
    return dmarcFindings(zone, records);
  },
);

function dmarcFindings(zone: LintZone, records: ReturnType<typeof textsAt>): Found[] {
  const [first, second] = records;
  const name = plain(zone.origin);
  if (second)
    return [
      {
        severity: 'error',
        message: `${name} has several DMARC records`,
        place: second.place,
        fix: 'keep one: several count as none',
      },
    ];
  const policy = /;\s*p\s*=\s*(\w+)/i.exec(first!.text)?.[1]?.toLowerCase();
  if (policy === undefined)
    return [
      {
        severity: 'error',
        message: `the DMARC record of ${name} has no policy`,
        place: first!.place,
        fix: 'add p=none, p=quarantine or p=reject',
      },
    ];
  if (policy !== 'none') return [];
  return [
    {
      severity: 'note',
      message: `the DMARC record of ${name} only watches (p=none)`,
      place: first!.place,
      fix: 'go on to p=quarantine and p=reject once reports are clean',
    },
  ];
}

export const MAIL_RULES: readonly Rule[] = [EXCHANGERS, SPF, NO_SPF, DMARC];
