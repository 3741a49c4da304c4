/** LUA and ALIAS records as a zone holds them, with their code parsed. */
import type { Name } from '../../../../dns/data/name.ts';
import { OctetReader } from '../../../../dns/data/octets.ts';
import type { Rdata } from '../../../../dns/data/rdata.ts';
import { rdataToOctets } from '../../../../dns/data/rdata-text.ts';
import { ALIAS, LUA, type RrType } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import { parseLua } from './lua/statements.ts';
import type { Block } from './lua/syntax.ts';
import { LuaError } from './lua/values.ts';

/** One LUA record. */
export interface LuaRecord {
  readonly owner: Name;
  /** The type its data have. */
  readonly type: RrType;
  readonly ttl: number;
  readonly code: string;
  /** Its code, or what is wrong with it. */
  readonly block: Block | LuaError;
}

/** What stands at one name. */
export interface LuaOwner {
  readonly zone: Zone;
  /** By the type of their data; several records of a type answer together. */
  readonly records: ReadonlyMap<RrType, readonly LuaRecord[]>;
  readonly alias: Name | undefined;
}

/** The type and the code of a LUA record. */
export function codeOf(rdata: Rdata): { readonly type: RrType; readonly code: string } {
  const octets = new OctetReader(rdataToOctets(LUA, rdata));
  const type = octets.number(2);
  let code = '';
  while (octets.remaining() > 0) code += octets.characterString();
  return { type, code };
}

/**
 * Code is an expression to be returned, unless it begins with a semicolon (docs/lua-records, "Advanced topics") or is
 * there to be included.
 */
export function parseRecord({ type, code }: Pick<LuaRecord, 'type' | 'code'>): Block | LuaError {
  try {
    if (type === LUA) return parseLua(code);
    return parseLua(code.startsWith(';') ? code.slice(1) : `return ${code}`);
  } catch (error) {
    if (error instanceof LuaError) return error;
    throw error;
  }
}

/** Characters that stand before the first line of the code when it runs; negative where some are left out. */
export function addedTo(code: string): number {
  return code.startsWith(';') ? -1 : 'return '.length;
}

/** Every name of a zone that has such records. */
export function ownersIn(zone: Zone): Map<Name, LuaOwner> {
  const owners = new Map<Name, LuaOwner>();
  for (const { name, type } of zone.rrsets()) {
    if ((type === LUA || type === ALIAS) && !owners.has(name)) owners.set(name, ownerAt(zone, name));
  }
  return owners;
}

function ownerAt(zone: Zone, owner: Name): LuaOwner {
  const lua = zone.get(owner, LUA);
  const records = new Map<RrType, LuaRecord[]>();
  for (const rdata of lua?.rdata ?? []) {
    const { type, code } = codeOf(rdata);
    const record = { owner, type, ttl: lua!.ttl, code, block: parseRecord({ type, code }) };
    records.set(type, [...(records.get(type) ?? []), record]);
  }
  const target = zone.get(owner, ALIAS)?.rdata[0];
  return { zone, records, alias: target?.kind === 'name' ? target.target : undefined };
}
