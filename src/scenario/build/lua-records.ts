/** LUA records of the listed zones: mistakes in their code, servers that do not run it, addresses it names. */
import { parseAddress } from '../../base/address.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { LUA, typeToText } from '../../dns/data/rrtype.ts';
import { LuaError } from '../../model/authority/providers/powerdns/lua/values.ts';
import { codeOf, parseRecord } from '../../model/authority/providers/powerdns/records.ts';
import type { PowerDnsOptions } from '../../model/authority/providers/powerdns/rule.ts';
import type { ProviderSpec } from '../../model/spec.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';

/** Reports LUA records that cannot run, and warns where they are not looked at. */
export function checkLuaRecords(
  { issues }: Draft,
  zones: readonly HostedZone[],
  providers: readonly ProviderSpec[],
): void {
  zones.forEach(({ zone, providers: serving }, index) => {
    const sets = [...zone.rrsets()].filter(({ type }) => type === LUA);
    if (sets.length === 0) return;
    for (const provider of serving) {
      const why = idleReason(providers[provider]!);
      if (why === undefined) continue;
      const message = `${zone.origin} has LUA records, but ${providers[provider]!.name} ${why}`;
      const hint = 'names that have only LUA records will be empty there';
      issues.add(['zones', index], 'scenario-idle-lua', message, { severity: 'warning', hint });
    }
    for (const set of sets) {
      for (const problem of problemsOf(set)) issues.add(['zones', index], 'scenario-bad-lua', problem);
    }
  });
}

function idleReason({ kind, options }: ProviderSpec): string | undefined {
  if (kind !== 'powerdns') return `is of kind ${kind} and does not run them`;
  const { luaRecords } = options as PowerDnsOptions;
  return luaRecords === 'no' ? 'has enable-lua-records: no' : undefined;
}

function problemsOf({ name, rdata }: RRset): string[] {
  return rdata.flatMap((one) => {
    const record = codeOf(one);
    const block = parseRecord(record);
    return block instanceof LuaError ? [`LUA ${typeToText(record.type)} of ${name}: ${block.message}`] : [];
  });
}

/** The addresses that stand in the code of LUA records. */
export function luaAddresses({ type, rdata }: RRset): string[] {
  if (type !== LUA) return [];
  return rdata.flatMap((one) =>
    [...codeOf(one).code.matchAll(/['"]([0-9a-fA-F.:]+)['"]/g)].flatMap(
      ([, text]) => parseAddress(text!) ?? [],
    ),
  );
}
