/** Addresses, names and blocks as objects that records can handle (docs/lua-records/reference). */
import { addressFamily, addressOctets } from '../../../../base/address.ts';
import { isSubdomain, labels, type Name } from '../../../../dns/data/name.ts';
import { holds, type Prefix, parsePrefix } from '../../steering/networks.ts';
import { tableAt, textAt } from './lua/arguments.ts';
import { LuaError, type LuaFunction, LuaObject, LuaTable, type LuaValue, toText } from './lua/values.ts';
import { addressOf } from './targets.ts';

function block(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (prefix) return prefix;
  throw new LuaError(`Unable to convert '${text}' to a netmask`);
}

/** Whether an address lies in a block. @throws LuaError when the text is no block */
export function inBlock(address: string, text: string): boolean {
  const octets = addressOctets(address)!;
  return holds(block(text), { octets, length: octets.length * 8 });
}

/** A ComboAddress. */
export function addressObject(address: string): LuaObject {
  const isFamily = (family: number): LuaFunction => {
    return () => [addressFamily(address) === family];
  };
  return new LuaObject('ComboAddress', address, {
    toStringWithPort: () => [`${address}:53`],
    isIPv4: isFamily(4),
    isIPv6: isFamily(6),
    isIpv4: isFamily(4),
    isIpv6: isFamily(6),
    getPort: () => [53],
  });
}

/** A Netmask. */
export function netmaskObject(address: string, length: number): LuaObject {
  const text = `${address}/${length}`;
  return new LuaObject('Netmask', text, {
    getBits: () => [length],
    getNetwork: () => [addressObject(address)],
    match: (args) => [inBlock(addressOf(toText(args[1])), text)],
  });
}

/** A NetmaskGroup of these blocks. */
function groupObject(texts: readonly string[]): LuaObject {
  const blocks = [...texts];
  for (const text of blocks) block(text);
  return new LuaObject('NetmaskGroup', blocks.join(', '), {
    addMask: (args) => {
      block(textAt(args, 1));
      blocks.push(textAt(args, 1));
      return [];
    },
    match: (args) => [blocks.some((text) => inBlock(addressOf(toText(args[1])), text))],
  });
}

/** A DNSName. */
export function nameObject(name: Name): LuaObject {
  return new LuaObject('DNSName', name, {
    toStringNoDot: () => [name.slice(0, -1)],
    countLabels: () => [labels(name).length],
    isPartOf: (args) => [isSubdomain(name, toText(args[1]) as Name)],
    equal: (args) => [name === nameText(toText(args[1]))],
    getRawLabels: () => [LuaTable.of(labels(name))],
    wirelength: () => [name.length + 1],
  });
}

/** In lower case, with the dot at its end. */
export function nameText(text: string): Name {
  return `${text.toLowerCase().replace(/\.$/, '')}.` as Name;
}

/** The functions that make such objects. */
export function objectFunctions(): Record<string, LuaValue> {
  const group: LuaFunction = (args) => [
    groupObject(args[0] === undefined ? [] : tableAt(args, 0).list().map(toText)),
  ];
  return {
    newCA: (args) => [addressObject(addressOf(textAt(args, 0)))],
    newDN: (args) => [nameObject(nameText(textAt(args, 0)))],
    newNMG: group,
    newNetmaskGroup: group,
    newNetmask: (args) => {
      const [address, bits] = textAt(args, 0).split('/');
      const { length } = block(textAt(args, 0));
      return [netmaskObject(addressOf(address!), bits === undefined ? length : Number(bits))];
    },
  };
}
