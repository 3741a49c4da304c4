/** Rules about the start of authority: negative TTL, and the timers of secondaries. */
import { describeDuration, SECOND } from '../../../base/time.ts';
import type { SoaRdata } from '../../../dns/data/rdata.ts';
import { SOA } from '../../../dns/data/rrtype.ts';
import type { WorldSpec } from '../../../model/spec.ts';
import { isInside } from '../inside.ts';
import { type Found, type Rule, type Trial, zoneRule } from '../rule.ts';
import type { LintZone, ScenarioSubject } from '../subject.ts';
import { fault } from '../trial.ts';
import { plain, recordsOf } from '../zone.ts';

interface WrittenSoa {
  readonly soa: SoaRdata;
  readonly ttl: number;
  readonly place: Found['place'];
}

function soaOf(zone: LintZone): WrittenSoa | undefined {
  const record = recordsOf(zone, SOA)[0];
  return record?.rdata.kind === 'soa'
    ? { soa: record.rdata, ttl: record.ttl, place: record.place }
    : undefined;
}

const text = (seconds: number): string => describeDuration(seconds * SECOND);

/** RFC 2308 §5: one to three hours are sensible, more than a day is not. */
const NEGATIVE_AT_MOST = 10_800;
const NEGATIVE_BEYOND_REASON = 86_400;
/** Shorter, and every misspelt name is a query again and again. */
const NEGATIVE_AT_LEAST = 30;

const NEGATIVE_TTL: Rule = zoneRule(
  {
    code: 'negative-ttl',
    severity: 'warning',
    title: 'A negative TTL out of range',
    why: '"No such name" is kept this long: a name that is missing for a minute is missing for that much longer.',
    source: 'RFC 2308 §5: one to three hours, at most a day',
  },
  (zone, { scenario }) => {
    const written = soaOf(zone);
    if (!written) return [];
    const negative = Math.min(written.ttl, written.soa.minimum);
    if (negative >= NEGATIVE_AT_LEAST && negative <= NEGATIVE_AT_MOST) return [];
    const short = negative < NEGATIVE_AT_LEAST;
    // Inside, what is new must be seen at once: five seconds are usual in a cluster.
    if (short && isInside(zone)) return [];
    const trial = scenario && !short ? emptyTrial(scenario, zone) : undefined;
    return [
      {
        severity: short ? 'note' : 'warning',
        message: `negative answers of ${plain(zone.origin)} are kept for ${text(negative)}${negative > NEGATIVE_BEYOND_REASON ? ', more than any day' : ''}`,
        place: written.place,
        fix: short
          ? 'five minutes spare the servers and hurt nobody'
          : 'lower the last field of the SOA (and its TTL) to five minutes to an hour',
        ...(trial ? { trial } : {}),
      },
    ];
  },
);

/** One server of the zone holds an empty copy of it for five minutes. */
function emptyTrial(scenario: ScenarioSubject, { origin }: LintZone): Trial | undefined {
  const hosted = scenario.spec.zones.find((one) => one.origin === origin && one.audience === undefined);
  const provider = hosted?.providers[0];
  if (provider === undefined) return undefined;
  const empty = { kind: 'empty-zone', origin } as const;
  return {
    what: 'one name server serves the zone empty for 5 min',
    timeline: () => [fault({ kind: 'server', provider, server: 0 }, empty, 300 * SECOND)],
    remedy: { what: 'with a negative TTL of 5 min', change: (spec) => withNegative(spec, origin, 300) },
  };
}

function withNegative(spec: WorldSpec, origin: LintZone['origin'], minimum: number): WorldSpec {
  const zones = spec.zones.map((one) => {
    const soa = one.origin === origin ? one.zone.soa() : undefined;
    const rdata = soa?.rdata.map((data) => (data.kind === 'soa' ? { ...data, minimum } : data));
    return soa && rdata ? { ...one, zone: one.zone.with({ ...soa, rdata }) } : one;
  });
  return { ...spec, zones };
}

interface Timer {
  readonly field: 'refresh' | 'retry' | 'expire';
  readonly least: number;
  readonly most: number;
}

/** RIPE-203 recommends 24 h, 2 h, 1000 h; RFC 1912 §2.2 20 min to 12 h, a fraction of that, 2 to 4 weeks. */
const TIMERS: readonly Timer[] = [
  { field: 'refresh', least: 1200, most: 86_400 },
  { field: 'retry', least: 120, most: 14_400 },
  { field: 'expire', least: 604_800, most: 3_628_800 },
];

const SOA_TIMERS: Rule = zoneRule(
  {
    code: 'soa-timers',
    severity: 'warning',
    title: 'SOA timers out of the recommended ranges',
    why: 'Secondaries live by them: too short an expiry turns an outage of the primary into one of the zone.',
    source: 'RFC 1912 §2.2; RIPE-203',
  },
  (zone) => {
    const written = soaOf(zone);
    if (!written) return [];
    const { soa, place } = written;
    const found = TIMERS.filter(({ field, least, most }) => soa[field] < least || soa[field] > most).map(
      ({ field, least, most }): Found => ({
        severity: field === 'expire' && soa.expire < least && !isInside(zone) ? 'warning' : 'note',
        message: `${field} is ${text(soa[field])}, outside ${text(least)} to ${text(most)}`,
        place,
        fix: `set ${field} between ${least} and ${most}`,
      }),
    );
    return [...found, ...orderOf(soa, place)];
  },
);

function orderOf(soa: SoaRdata, place: Found['place']): Found[] {
  const found: Found[] = [];
  if (soa.retry >= soa.refresh) {
    found.push({
      message: `retry (${text(soa.retry)}) is not shorter than refresh (${text(soa.refresh)})`,
      place,
      fix: 'let retry be a fraction of refresh',
    });
  }
  if (soa.expire <= soa.refresh + soa.retry) {
    found.push({
      severity: 'error',
      message: `secondaries give the zone up after ${text(soa.expire)}, before a refresh and a retry have passed`,
      place,
      fix: 'let expire be two to four weeks',
    });
  }
  return found;
}

const SOA_MAILBOX: Rule = zoneRule(
  {
    code: 'soa-mailbox',
    severity: 'note',
    title: 'A mailbox in the SOA that is none',
    why: 'Whoever finds the zone broken writes to this address.',
    source: 'RFC 1035 §3.3.13; RFC 2142 §7: hostmaster',
  },
  (zone) => {
    const written = soaOf(zone);
    if (!written || (written.soa.rname !== '.' && !written.soa.rname.includes('@'))) return [];
    const message = `${written.soa.rname} is no mailbox`;
    return [
      { message, place: written.place, fix: 'write hostmaster@example.com as hostmaster.example.com.' },
    ];
  },
);

export const SOA_RULES: readonly Rule[] = [NEGATIVE_TTL, SOA_TIMERS, SOA_MAILBOX];
