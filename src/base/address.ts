/**
 * Internet addresses as text with one canonical spelling, so two addresses are equal exactly when the strings
 * are: dotted quads for IPv4, RFC 5952 for IPv6 (§5: IPv4-mapped addresses keep their dotted tail).
 *
 * Not modelled: zone identifiers (`fe80::1%eth0`), ports and prefixes.
 */

export type AddressFamily = 4 | 6;

/** Reads an IPv4 or IPv6 address. @returns its canonical text, or `undefined` when the text is no address. */
export function parseAddress(text: string): string | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Four decimal numbers of 0 to 255 without leading zeros (RFC 6943 §3.1.1, the strict form). */
export function parseIpv4(text: string): string | undefined {
  return ipv4Octets(text) ? text : undefined;
}

/** Any form of RFC 4291 §2.2. @returns the RFC 5952 text, or `undefined`. */
export function parseIpv6(text: string): string | undefined {
  const groups = ipv6Groups(text);
  return groups ? formatGroups(groups) : undefined;
}

/** Family of an address in canonical (or any valid) text; `undefined` for anything else. */
export function addressFamily(text: string): AddressFamily | undefined {
  if (text.includes(':')) return ipv6Groups(text) ? 6 : undefined;
  return ipv4Octets(text) ? 4 : undefined;
}

/** The 4 or 16 octets in network order, or `undefined` when the text is no address. */
export function addressOctets(text: string): Uint8Array | undefined {
  if (!text.includes(':')) {
    const octets = ipv4Octets(text);
    return octets && Uint8Array.from(octets);
  }
  const groups = ipv6Groups(text);
  return groups && Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/** Canonical text of 4 or 16 octets in network order; `undefined` for any other length. */
export function formatAddress(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return undefined;
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((octets[i]! << 8) | octets[i + 1]!);
  return formatGroups(groups);
}

function ipv4Octets(text: string): number[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const parts = match.slice(1);
  if (parts.some((part) => part.length > 1 && part.startsWith('0'))) return undefined;
  const octets = parts.map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const tail = groupsOf(halves[halves.length - 1]!, true);
  if (halves.length === 1) return tail?.length === 8 ? tail : undefined;
  const head = groupsOf(halves[0]!, false);
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  return missing >= 1 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : undefined;
}

/** Groups of one side of `::`; only the last group of an address may be a dotted quad. */
function groupsOf(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  if (parts.length > 8) return undefined;
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const quad = mayEndInIpv4 && index === parts.length - 1 ? ipv4Octets(part) : undefined;
    if (quad) groups.push((quad[0]! << 8) | quad[1]!, (quad[2]! << 8) | quad[3]!);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function formatGroups(groups: readonly number[]): string {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${[groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.')}`;
  }
  const hex = groups.map((group) => group.toString(16));
  const run = longestZeroRun(groups);
  if (run.length < 2) return hex.join(':');
  return `${hex.slice(0, run.start).join(':')}::${hex.slice(run.start + run.length).join(':')}`;
}

/** RFC 5952 §4.2.3: the longest run is shortened, the first of equal ones. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
