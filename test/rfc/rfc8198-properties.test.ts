/** RFC 8198, any zone: whatever is synthesised is what the zone's own server would have answered. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Question } from '../../src/dns/data/message.ts';
import { isSubdomain, type Name, parseName } from '../../src/dns/data/name.ts';
import { formatRRset } from '../../src/dns/data/presentation.ts';
import { A, AAAA, MX, NS, type RrType, typeToText } from '../../src/dns/data/rrtype.ts';
import { lookup } from '../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../src/dns/zone/view.ts';
import { SIGNINGS, type Signing, type Zone } from '../../src/dns/zone/zone.ts';
import { APEX, signedWorld, zoneOf } from './signed-world.ts';

const ORIGIN = parseName('example.com.');
const label = fc.constantFrom('a', 'b', 'aa', 'b-c', '*', '\\000', 'z', '\\255');
const name = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => parseName(`${labels.join('.')}.example.com.`));
const RDATA = [
  'A 192.0.2.1',
  'AAAA 2001:db8::1',
  'MX 10 a.example.com.',
  'CNAME b.example.com.',
  'NS ns.example.net.',
];
const record = fc.tuple(name, fc.constantFrom(...RDATA));
const question = fc.record({ name, type: fc.constantFrom<RrType>(A, AAAA, MX, NS) });

/** Glue-less cuts, and an alias only where nothing else stands. */
function zoneFrom(records: readonly (readonly [Name, string])[], signing: Signing): Zone {
  const aliases = new Set(records.filter(([, rdata]) => rdata.startsWith('CNAME')).map(([owner]) => owner));
  const kept = records.filter(([owner, rdata]) => !aliases.has(owner) || rdata.startsWith('CNAME'));
  return zoneOf(
    'example.com.',
    APEX + kept.map(([owner, rdata]) => `${owner} 60 ${rdata}\n`).join(''),
    signing,
  );
}

/** What the zone's server says of one name, aliases not followed. */
function said(zone: Zone, asked: Question): string {
  const { rcode, answer, authoritative } = lookup(hostedZones([zone]), asked);
  if (!authoritative) return 'referral';
  const first = answer.filter((set) => set.name === asked.name).flatMap((set) => formatRRset(set));
  return [rcode, ...(answer.length > 0 ? ['NOERROR', ...first] : [])]
    .slice(answer.length > 0 ? 1 : 0)
    .join('\n');
}

function synthesised(
  world: ReturnType<typeof signedWorld>,
  { name: asked, type }: Question,
): string | undefined {
  const made = world.resolver.state.denials!.synthesise(asked, type, world.now);
  if (made === undefined) return undefined;
  if (made.kind === 'data') return ['NOERROR', ...formatRRset(made.rrset)].join('\n');
  return made.kind === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR';
}

it.each<Signing>(SIGNINGS)('%s: equals what the authority says, and never denies what exists', (signing) => {
  let made = 0;
  const zones = fc.array(record, { maxLength: 12 }).map((records) => zoneFrom(records, signing));
  const lists = fc.array(question, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(zones, lists, lists, (zone, lessons, probes) => {
      const world = signedWorld({ example: zone });
      for (const { name: asked, type } of lessons) world.resolve(`${asked} ${typeToText(type)}`);
      for (const probe of probes) {
        const text = synthesised(world, probe);
        if (text === undefined) continue;
        made++;
        expect(isSubdomain(probe.name, ORIGIN)).toBe(true);
        expect(text).toBe(said(zone, probe));
      }
    }),
    { seed: 8198, numRuns: 150 },
  );
  expect(made).toBeGreaterThan(signing === 'nsec' ? 400 : 50);
});
