/**
 * Signed zones: which of the listed ones are, and the chain of trust that leads down to them from the root.
 *
 * Not modelled: keys and signatures (see dns/zone/dnssec), and a registry that lags behind. The generated zones above
 * are signed only where a listed one needs it: the root with NSEC, top-level domains with NSEC3 and opt-out, as com. and
 * most others are. With fewer names in them than in reality their gaps are wider.
 */
import type { Seconds } from '../../base/time.ts';
import { type Name, ROOT } from '../../dns/data/name.ts';
import { makeRRset, type RRset } from '../../dns/data/rrset.ts';
import { DS } from '../../dns/data/rrtype.ts';
import { DEFAULTS } from '../defaults.ts';
import { signedKind } from '../schema/zones.ts';
import type { Draft } from './draft.ts';
import { type HostedZone, parentZone } from './hierarchy.ts';

/** The root's DS sets, and those of com. and net., live a day. */
const DS_TTL: Seconds = 86_400;
/** Key tag 0, ECDSA P-256, SHA-256: a stand-in (RFC 4034 §5.1). */
const DS_TEXT = `0 13 2 ${'0'.repeat(64)}`;

/** The listed zones, signed as they say. */
export function signedZones(draft: Draft, zones: readonly HostedZone[]): HostedZone[] {
  return zones.map((hosted, at) => {
    const { index } = draft.zones[at]!;
    const path = ['zones', index, 'signed'];
    const written = draft.doc.zones[index]!.signed;
    const signed = draft.ledger.settle(path, written, signedKind, DEFAULTS.signed);
    if (signed === 'off') return hosted;
    const problem = problemOf(hosted, signed);
    if (problem) draft.issues.add(path, 'scenario-cannot-sign', problem.message, { hint: problem.hint });
    return { ...hosted, zone: hosted.zone.signed(signed) };
  });
}

function problemOf(
  { zone: { origin }, audience, dynamic }: HostedZone,
  signed: string,
): { readonly message: string; readonly hint: string } | undefined {
  if (audience) {
    const message = `no chain of trust leads to the private copy of ${origin}`;
    return { message, hint: 'sign the public one' };
  }
  if (!dynamic || signed === 'minimal') return undefined;
  const message = `the provider of ${origin} makes up names, which the gaps of the zone would deny`;
  return { message, hint: 'write signed: minimal' };
}

/** All zones, with what it takes to trust the signed ones among the listed: signed parents, and a DS set in each. */
export function withTrust(
  draft: Draft,
  zones: readonly HostedZone[],
  listed: readonly HostedZone[],
): HostedZone[] {
  const origins = zones.flatMap(({ zone, audience }) => (audience ? [] : [zone.origin]));
  const trusted = new Map<Name, HostedZone>();
  const at = (origin: Name): HostedZone =>
    trusted.get(origin) ?? zones.find(({ zone, audience }) => !audience && zone.origin === origin)!;
  for (const [index, { zone, audience }] of listed.entries()) {
    if (zone.signing === undefined || audience) continue;
    const chain: Name[] = [];
    for (let child = zone.origin; child !== ROOT; ) {
      const above = at(parentZone(child, origins));
      const isListed = listed.some((one) => one.zone.origin === above.zone.origin && !one.audience);
      if (isListed && above.zone.signing === undefined) {
        warnOfIsland(draft, index, zone.origin, above.zone.origin);
        break;
      }
      const signing = above.zone.signing ?? (above.zone.origin === ROOT ? 'nsec' : 'nsec3-opt-out');
      trusted.set(above.zone.origin, {
        ...above,
        zone: above.zone.signed(signing).with(...missingDs(above, child)),
      });
      child = above.zone.origin;
      chain.push(child);
    }
    draft.ledger.note(['zones', draft.zones[index]!.index, 'trust'], chain.join(', ') || 'none', {
      kind: 'derived',
      why: 'signed zones above, each with a DS set for the one below',
    });
  }
  return zones.map((hosted) => (hosted.audience ? hosted : at(hosted.zone.origin)));
}

/** The DS set of a child, unless the zone has one of its own. */
function missingDs({ zone }: HostedZone, child: Name): RRset[] {
  if (zone.get(child, DS)) return [];
  return [makeRRset(child, DS, DS_TTL, [{ kind: 'opaque', type: DS, text: DS_TEXT }])];
}

function warnOfIsland({ issues, zones }: Draft, listed: number, origin: Name, above: Name): void {
  const message = `${origin} is signed, but ${above} is not: nobody can trust its signatures`;
  const path = ['zones', zones[listed]!.index, 'signed'];
  issues.add(path, 'scenario-no-trust', message, { severity: 'warning', hint: `sign ${above} as well` });
}
