/**
 * Functions that turn names into addresses and back (docs/lua-records/functions.rst, "Reverse DNS functions";
 * pdns/lua-record.cc), and those that read the zone.
 */
import { parseAddress, parseIpv4, parseIpv6 } from '../../../../base/address.ts';
import { labels, type Name } from '../../../../dns/data/name.ts';
import { LUA, TYPE_MNEMONICS, typeFromText } from '../../../../dns/data/rrtype.ts';
import type { Evaluation, Now } from './evaluation.ts';
import { pickClosest } from './geography.ts';
import { numberAt, textAt } from './lua/arguments.ts';
import { LuaError, LuaObject, LuaTable, type LuaValue, toText } from './lua/values.ts';
import { nameText } from './networks.ts';
import { codeOf } from './records.ts';
import { addressOf } from './targets.ts';

/** Puts `%1%`, `%2%` ... in place. */
function fill(format: string, parts: readonly string[]): string {
  return format.replace(/%(\d+)%/g, (_, at: string) => parts[Number(at) - 1] ?? '');
}

/** The override for an address, where the record has one. */
function exceptionFor(address: string | undefined, table: LuaValue): string | undefined {
  if (!(table instanceof LuaTable) || address === undefined) return undefined;
  const found = table.entries().find(([key]) => parseAddress(toText(key)) === address);
  return found && toText(found[1]);
}

function createReverse(format: string, exceptions: LuaValue, { qname }: Evaluation): string {
  const octets = labels(qname).slice(0, 4).reverse();
  if (octets.length < 4) return 'unknown';
  const exception = exceptionFor(parseIpv4(octets.join('.')), exceptions);
  if (exception !== undefined) return exception;
  const hex = octets.map((octet) => (Number.parseInt(octet, 10) || 0).toString(16).padStart(2, '0')).join('');
  return fill(format, [...octets, octets.join('-'), hex]);
}

function createReverse6(format: string, exceptions: LuaValue, { qname }: Evaluation): string {
  const nibbles = labels(qname).slice(0, 32).reverse();
  if (nibbles.length < 32) return 'unknown';
  const quads = Array.from({ length: 8 }, (_, at) => nibbles.slice(at * 4, at * 4 + 4).join(''));
  const address = parseIpv6(quads.join(':'));
  if (address === undefined) return 'unknown';
  const exception = exceptionFor(address, exceptions);
  return exception ?? fill(format, [...nibbles, dashed(address), ...quads]);
}

/** Labels neither begin nor end with a dash, nor have two as their third and fourth sign (RFC 5891 §4.2.3.1). */
function dashed(address: string): string {
  const text = address.replaceAll(':', '-').replace(/-$/, '-0');
  return text.startsWith('-') || text.slice(2, 4) === '--' ? `0${text}` : text;
}

/** The labels in place of the wildcard; nothing for a record that is none. */
function underWildcard({ owner, qname }: Evaluation): string[] | undefined {
  if (!owner.startsWith('*.')) return undefined;
  return labels(qname).slice(0, labels(qname).length - labels(owner).length + 1);
}

function createForward(now: Evaluation): string {
  const parts = underWildcard(now) ?? [];
  if (parts.length >= 4) return parseIpv4(parts.slice(0, 4).join('.')) ?? '0.0.0.0';
  const [first = ''] = parts;
  const input = first.replace(/^[^0-9a-fA-F]+/, '');
  const dashedParts = input.split('-').filter((part) => part !== '');
  if (dashedParts.length >= 4) return parseIpv4(dashedParts.slice(-4).join('.')) ?? '0.0.0.0';
  const hex = /[0-9a-fA-F]{8}$/.exec(input)?.[0].match(/../g);
  return hex?.map((pair) => Number.parseInt(pair, 16)).join('.') ?? '0.0.0.0';
}

function createForward6(now: Evaluation): string {
  const parts = underWildcard(now) ?? [];
  if (parts.length === 8) return parseIpv6(parts.join(':')) ?? '::';
  const [only = ''] = parts;
  if (parts.length !== 1) return '::';
  if (only.includes('-')) return parseIpv6(only.replaceAll('-', ':')) ?? '::';
  const last = only.slice(-32).match(/.{4}/g) ?? [];
  return parseIpv6(last.join(':')) ?? '::';
}

function filterForward(args: readonly LuaValue[]): LuaTable {
  const address = addressOf(textAt(args, 0));
  const group = args[1];
  if (!(group instanceof LuaObject) || !group.methods.match)
    throw new LuaError('filterForward needs a NetmaskGroup');
  if (group.methods.match([group, address])[0]) return LuaTable.of([textAt(args, 0)]);
  if (args[2] === undefined) return LuaTable.of([address.includes(':') ? '::' : '0.0.0.0']);
  return LuaTable.of(args[2] === '' ? [] : [textAt(args, 2)]);
}

/** `192-0-2-1.198-51-100-1.magic.example.`: the addresses up to the first label that is none. */
function closestMagic(now: Evaluation): string {
  const spelled = labels(now.qname).map((label) => parseIpv4(label.replaceAll('-', '.')));
  const end = spelled.indexOf(undefined);
  return pickClosest(spelled.slice(0, end < 0 ? undefined : end) as string[], now);
}

/** Errors inside are logged and passed over (lua_include), so what the record defines is missing afterwards. */
function include(name: string, now: Evaluation): void {
  for (const rdata of now.data(`${name.toLowerCase()}.${now.zone}` as Name, LUA)) {
    try {
      now.run(codeOf(rdata).code);
    } catch (error) {
      if (!(error instanceof LuaError) || error.final) throw error;
    }
  }
}

const TYPES = LuaTable.frozen(
  Object.fromEntries(TYPE_MNEMONICS.map((mnemonic) => [mnemonic, typeFromText(mnemonic)])),
);

/** The functions about names, and those that read the zone. */
export function nameFunctions(now: Now): Record<string, LuaValue> {
  return {
    createReverse: (args) => [createReverse(textAt(args, 0), args[1], now())],
    createReverse6: (args) => [createReverse6(textAt(args, 0), args[1], now())],
    createForward: () => [createForward(now())],
    createForward6: () => [createForward6(now())],
    filterForward: (args) => [filterForward(args)],
    closestMagic: () => [closestMagic(now())],
    dblookup: (args) => {
      const found = now().data(nameText(textAt(args, 0)), numberAt(args, 1));
      return [LuaTable.of(found.map(({ text }) => text))];
    },
    include: (args) => {
      include(textAt(args, 0), now());
      return [];
    },
    pdns: TYPES,
    QType: TYPES,
  };
}
