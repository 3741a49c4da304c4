/** Rules about CNAME records. */
import type { Name } from '../../../dns/data/name.ts';
import { CNAME, NSEC, RRSIG, typeToText } from '../../../dns/data/rrtype.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { type PlacedSet, plain, recordsOf, setsOf, targetState } from '../zone.ts';
import { isLiteral } from './delegations.ts';

/** Types that may stand beside a CNAME. */
const BESIDE: readonly number[] = [CNAME, RRSIG, NSEC];

function othersAt(zone: LintZone, name: Name): string[] {
  const types = new Set(zone.records.filter((one) => one.name === name).map(({ type }) => type));
  return [...types].filter((type) => !BESIDE.includes(type)).map(typeToText);
}

const AT_APEX: Rule = zoneRule(
  {
    code: 'cname-at-apex',
    severity: 'error',
    title: 'A CNAME at the apex',
    why: 'The apex has SOA and NS; an alias beside them is refused by servers and breaks mail where it is not.',
    source: 'RFC 1034 §3.6.2; RFC 2181 §10.1',
  },
  (zone) =>
    recordsOf(zone, CNAME)
      .filter(({ name }) => name === zone.origin)
      .map(({ place }): Found => {
        const fix = 'use ALIAS or ANAME of the provider, HTTPS in alias mode, or the addresses themselves';
        return { message: `${plain(zone.origin)} is an alias`, place, fix };
      }),
);

const BESIDE_DATA: Rule = zoneRule(
  {
    code: 'cname-beside-data',
    severity: 'error',
    title: 'A CNAME beside other records',
    why: 'Resolvers follow the alias and never see the rest, or see either, as their cache has it.',
    source: 'RFC 1034 §3.6.2; RFC 2181 §10.1',
  },
  (zone) =>
    setsOf(zone, CNAME).flatMap(({ name, place, records }): Found[] => {
      const several = new Set(records.map(({ rdata }) => rdata.text)).size > 1;
      const others = [
        ...(name === zone.origin ? [] : othersAt(zone, name)),
        ...(several ? ['another CNAME'] : []),
      ];
      if (others.length === 0) return [];
      const message = `${plain(name)} has a CNAME beside ${others.join(', ')}`;
      return [
        { message, place, fix: 'keep the alias alone at its name, or replace it by the data it leads to' },
      ];
    }),
);

const DANGLING: Rule = zoneRule(
  {
    code: 'dangling-alias',
    severity: 'warning',
    title: 'An alias that leads nowhere',
    why: 'Users get nothing; and a target in somebody else’s hands can be taken over.',
    source: 'RFC 1034 §3.6.2',
  },
  (zone) =>
    recordsOf(zone, CNAME).flatMap(({ name, rdata, place }): Found[] => {
      if (rdata.kind !== 'name' || loopFrom(zone, name)) return [];
      if (targetState(zone, rdata.target) !== 'absent') return [];
      const message = `${plain(name)} is an alias of ${plain(rdata.target)}, which does not exist`;
      return [{ message, place, fix: `add records for ${plain(rdata.target)}, or remove the alias` }];
    }),
);

const LOOP: Rule = zoneRule(
  {
    code: 'alias-loop',
    severity: 'error',
    title: 'Aliases in a circle',
    why: 'Resolvers give up with SERVFAIL.',
    source: 'RFC 1034 §5.2.2',
  },
  (zone) =>
    recordsOf(zone, CNAME).flatMap(({ name, place }): Found[] => {
      const chain = loopFrom(zone, name);
      if (!chain) return [];
      return [
        {
          message: `${chain.map(plain).join(' -> ')} is a circle`,
          place,
          fix: 'let the last alias name a host',
        },
      ];
    }),
);

function next({ zone }: LintZone, name: Name): Name | undefined {
  const rdata = zone.get(name, CNAME)?.rdata[0];
  return rdata?.kind === 'name' ? rdata.target : undefined;
}

/** Names from `name` back to itself, where it is part of a circle. */
function loopFrom(zone: LintZone, name: Name): Name[] | undefined {
  const chain = [name];
  for (let at = next(zone, name); at !== undefined; at = next(zone, at)) {
    chain.push(at);
    if (at === name) return chain;
    if (chain.indexOf(at) < chain.length - 1) return undefined;
  }
  return undefined;
}

/** Each hop may be another look-up, and another place to fail. */
const LONGEST_CHAIN = 3;

const LONG_CHAIN: Rule = zoneRule(
  {
    code: 'alias-chain',
    severity: 'note',
    title: 'A long chain of aliases',
    why: 'Every hop can be another look-up, another TTL and another place to fail.',
    source: 'RFC 1034 §3.6.2: chains should be avoided',
  },
  (zone) =>
    setsOf(zone, CNAME).flatMap(({ name, place }: PlacedSet): Found[] => {
      const chain = [name];
      for (let at = next(zone, name); at !== undefined && !chain.includes(at); at = next(zone, at))
        chain.push(at);
      if (chain.length <= LONGEST_CHAIN) return [];
      const message = `${chain.map(plain).join(' -> ')} takes ${chain.length - 1} hops`;
      return [{ message, place, fix: 'let the first alias name the last host' }];
    }),
);

const EXTERNAL: Rule = zoneRule(
  {
    code: 'target-not-checked',
    severity: 'note',
    title: 'Targets outside the zone',
    why: 'Whether they exist cannot be told from this file.',
    source: 'dnsdrill: a zone file knows its own names only',
  },
  (zone) => {
    if (zone.index !== undefined) return [];
    const all = zone.records.filter((record) => {
      const target = hostOf(record);
      return target !== undefined && !isLiteral(target) && targetState(zone, target) === 'outside';
    });
    const names = new Set(all.map((record) => hostOf(record)!));
    if (all.length === 0) return [];
    const shown = [...names].slice(0, 5).map(plain).join(', ');
    const more = names.size > 5 ? ` and ${names.size - 5} more` : '';
    return [
      {
        message: `not checked: ${shown}${more}`,
        place: all[0]!.place,
        fix: 'look them up where they are served',
      },
    ];
  },
);

/** The host a record leads to; none where it says "not at all". */
function hostOf({ type, rdata }: LintZone['records'][number]): Name | undefined {
  if (type === CNAME && rdata.kind === 'name') return rdata.target;
  const target = rdata.kind === 'mx' ? rdata.exchange : rdata.kind === 'srv' ? rdata.target : undefined;
  return target === '.' ? undefined : target;
}

export const ALIAS_RULES: readonly Rule[] = [AT_APEX, BESIDE_DATA, DANGLING, LOOP, LONG_CHAIN, EXTERNAL];
