/**
 * What answers of LUA records hang on, by the functions their code calls. The code is read, not run: what stands in a
 * branch that is never taken counts as well.
 */
import { parseAddress } from '../../../../base/address.ts';
import { type Micros, SECOND } from '../../../../base/time.ts';
import type { Name } from '../../../../dns/data/name.ts';
import { LUA, type RrType } from '../../../../dns/data/rrtype.ts';
import type { WorldSpec } from '../../../spec.ts';
import type { AnswerOutlook, Outlook } from '../../outlook.ts';
import { codeOf } from './records.ts';
import type { PowerDnsOptions } from './rule.ts';

/** One LUA record set of one data type. */
export interface LuaOutlook {
  readonly name: Name;
  readonly type: RrType;
  readonly ttl: number;
  readonly outlook: Outlook;
}

/** Functions that probe what they are given. */
const CHECKED = /\bif(?:portup|urlup|urlextup)\s*\(/;
/** Functions that pick among addresses, dead or alive. */
const PICKED =
  /\b(?:pick(?:c|n|w)?hashed|pickrandom(?:sample)?|pickwrandom|pickwhashed|picknamehashed|all|pickclosest)\s*\(/;
/** Without `minimumFailures` and `timeout` in the record (pdns/lua-record.cc). */
const TIMEOUT_SECONDS = 2;

/** Of every LUA record that a provider runs. */
export function luaOutlooks(spec: WorldSpec, provider: number): LuaOutlook[] {
  const options = spec.providers[provider]!.options as PowerDnsOptions;
  if (options.luaRecords === 'no') return [];
  const own = spec.zones.filter(({ providers }) => providers.includes(provider));
  const sets = own.flatMap(({ zone }) => [...zone.rrsets()].filter(({ type }) => type === LUA));
  return sets.flatMap(({ name, ttl, rdata }) =>
    rdata.map((one) => {
      const { type, code } = codeOf(one);
      return { name, type, ttl, outlook: outlookOf(code, options, spec) };
    }),
  );
}

function outlookOf(code: string, options: PowerDnsOptions, spec: WorldSpec): Outlook {
  const isChecked = CHECKED.test(code);
  const addresses = [...code.matchAll(/['"]([0-9a-fA-F.:]+)['"]/g)].flatMap(
    ([, text]) => parseAddress(text!) ?? [],
  );
  const watches = isChecked ? [{ detection: detectionOf(code, options) }] : [];
  const answers = [...new Set(addresses)].map(
    (address): AnswerOutlook => ({
      label: address,
      rank: 0,
      watches,
      follows: false,
      endpoints: spec.endpoints.flatMap((endpoint, at) => (endpoint.addresses.includes(address) ? [at] : [])),
    }),
  );
  return {
    order: PICKED.test(code) || isChecked ? 'shared' : 'placed',
    answers,
    allUnhealthy: emergencyOf(code, isChecked),
  };
}

/** A sweep may have just passed; each failure needed takes another one, the last its time-out. */
function detectionOf(code: string, { sweepInterval }: PowerDnsOptions): Micros {
  const number = (key: string, fallback: number): number =>
    Number(new RegExp(`\\b${key}\\s*=\\s*['"]?(\\d+)`).exec(code)?.[1] ?? fallback);
  const step = Math.max(sweepInterval, number('interval', 0) * SECOND);
  return step * Math.max(1, number('minimumFailures', 1)) + number('timeout', TIMEOUT_SECONDS) * SECOND;
}

function emergencyOf(code: string, isChecked: boolean): Outlook['allUnhealthy'] {
  if (!isChecked) return { does: 'ignores-health' };
  if (/backupSelector\s*=\s*['"]empty/.test(code)) {
    return { does: 'answers-nothing', words: 'when all are down the backup selector empty answers nothing' };
  }
  return {
    does: 'ignores-health',
    words: 'when all are down PowerDNS picks any address of any set (backupSelector random)',
  };
}
