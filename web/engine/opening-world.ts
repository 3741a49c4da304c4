/** Worker side: the world the page opens with, as it was read when the project was built. */
import type { Name } from '../../src/dns/data/name.ts';
import type { RRset } from '../../src/dns/data/rrset.ts';
import { type Signing, Zone } from '../../src/dns/zone/zone.ts';
import written from './opening-world.json';
import type { Loaded } from './session-load.ts';

const ENDLESS = '∞';

/** A zone as text has it. */
interface WrittenZone {
  readonly zone: Name;
  readonly signing?: Signing;
  readonly rrsets: readonly RRset[];
}

/** The same world as reading its scenario gives. */
export function openingWorld(): Loaded {
  return revived(written) as Loaded;
}

function revived(value: unknown): unknown {
  if (value === ENDLESS) return Number.POSITIVE_INFINITY;
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, revived(one)] as const);
  const whole: object = Object.fromEntries(entries);
  return isZone(whole) ? Zone.of(whole.zone, whole.rrsets).signed(whole.signing) : whole;
}

function isZone(value: object): value is WrittenZone {
  return 'zone' in value && 'rrsets' in value;
}

/** The text of the file. */
export function writeOpeningWorld(world: Loaded): string {
  const write = (_: string, value: unknown): unknown => {
    if (value === Number.POSITIVE_INFINITY) return ENDLESS;
    if (!(value instanceof Zone)) return value;
    return { zone: value.origin, signing: value.signing, rrsets: [...value.rrsets()].sort(byOwner) };
  };
  return `${JSON.stringify(world, write)}\n`;
}

function byOwner(one: RRset, other: RRset): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.type - other.type;
}
