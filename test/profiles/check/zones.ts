/** The private name space of the measurements: a root, `lab.`, and zones with one, two and four servers. */
import { parseName } from '../../../src/dns/data/name.ts';
import { parseRRsets } from '../../../src/dns/data/presentation.ts';
import { Zone } from '../../../src/dns/zone/zone.ts';

export const ROOT_ADDRESS = '192.0.2.1';
export const LAB_ADDRESS = '192.0.2.2';
/** Servers by zone, in order: `ns1` to `ns4`. */
export const ZONE_ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'one.lab.': ['192.0.2.11'],
  'two.lab.': ['192.0.2.21', '192.0.2.22'],
  'four.lab.': ['192.0.2.41', '192.0.2.42', '192.0.2.43', '192.0.2.44'],
};

const soa = (zone: string): string => `${zone} 900 SOA ns1.${zone} admin.${zone} 1 7200 3600 1209600 300`;

const servers = (zone: string): string =>
  ZONE_ADDRESSES[zone]!.map(
    (address, index) => `${zone} 86400 NS ns${index + 1}.${zone}\nns${index + 1}.${zone} 86400 A ${address}`,
  ).join('\n');

const ROOT_ZONE = `
. 86400 SOA a.root. admin.root. 1 1800 900 604800 86400
. 86400 NS a.root.
a.root. 86400 A ${ROOT_ADDRESS}
lab. 86400 NS ns.lab.
ns.lab. 86400 A ${LAB_ADDRESS}`;

const LAB_ZONE = `
lab. 900 SOA ns.lab. admin.lab. 1 7200 3600 1209600 300
lab. 86400 NS ns.lab.
ns.lab. 86400 A ${LAB_ADDRESS}
${Object.keys(ZONE_ADDRESSES).map(servers).join('\n')}`;

/** A zone's records: every name below `x` and `y` exists, `www` has TTL 60; `more` adds to it, or brings its own SOA. */
function zoneText(zone: string, more: string): string {
  const head = more.includes(' SOA ') ? '' : soa(zone);
  return `${head}\n${servers(zone)}\nwww.${zone} 60 A 198.51.100.1\n*.x.${zone} 300 A 198.51.100.2\n*.y.${zone} 300 A 198.51.100.2\n${more}`;
}

/** One more zone, on servers there are or on new ones; its delegation has to be added to its parent's records. */
export interface LabZone {
  readonly origin: string;
  readonly addresses: readonly string[];
  readonly text: string;
}

/** The zones every address serves. @param more further records by zone, in presentation format */
export function labZones(
  more: Readonly<Record<string, string>>,
  further: readonly LabZone[],
): Map<string, Zone[]> {
  const hosted = new Map<string, Zone[]>([
    [ROOT_ADDRESS, [zone('.', ROOT_ZONE)]],
    [LAB_ADDRESS, [zone('lab.', LAB_ZONE + (more['lab.'] ?? ''))]],
  ]);
  for (const [origin, addresses] of Object.entries(ZONE_ADDRESSES)) {
    const content = zone(origin, zoneText(origin, more[origin] ?? ''));
    for (const address of addresses) hosted.set(address, [content]);
  }
  for (const { origin, addresses, text } of further) {
    for (const address of addresses)
      hosted.set(address, [...(hosted.get(address) ?? []), zone(origin, text)]);
  }
  return hosted;
}

function zone(origin: string, text: string): Zone {
  return Zone.of(parseName(origin), parseRRsets(text.trim()));
}
