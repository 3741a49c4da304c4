/**
 * TTLs that stand in the zone data of a scenario, as knobs: for each name clients ask for, the TTL of its address
 * or alias records in `records:` text.
 *
 * Only plain lines are understood (owner, perhaps TTL and class, type). Other zone data has no knob.
 */
import { parseDuration, SECOND } from '../../base/time.ts';
import { type Knob, VALUE } from './knob.ts';

/** What is read of a zone in a document. */
interface ZonePlain {
  readonly name?: unknown;
  readonly records?: unknown;
}

/**
 * @param zones `zones:` of the document as plain values
 * @param names absolute names that clients ask for
 */
export function recordTtlKnobs(zones: unknown, names: readonly string[]): readonly Knob[] {
  const list: readonly ZonePlain[] = Array.isArray(zones) ? zones : [];
  return names.flatMap((name) => list.flatMap((zone, index) => knobIn(zone, index, name)));
}

function knobIn({ name: origin, records }: ZonePlain, index: number, name: string): readonly Knob[] {
  if (typeof origin !== 'string' || typeof records !== 'string') return [];
  const lines = records.split('\n').map((line) => readLine(line, dotted(origin), name));
  const ttl = lines.find((line) => line.ttl !== undefined)?.ttl;
  if (ttl === undefined) return [];
  const text = JSON.stringify(lines.map(({ template }) => template).join('\n'));
  return [
    {
      path: `zones.${index}.records ${name}`,
      label: `TTL of ${name.replace(/\.$/, '')}`,
      word: 'TTL',
      kind: 'seconds',
      value: ttl,
      from: Math.min(5, ttl),
      to: Math.max(86_400, ttl),
      template: `zones.${index}.records=${text}`,
      main: true,
    },
  ];
}

interface Line {
  readonly template: string;
  /** Present on the lines of the name. */
  readonly ttl?: number;
}

/** Owner, TTL, class, type, rest. */
const RECORD = /^(\S+)(\s+)(\d+[smhdw]?)(\s+(?:IN\s+)?)((?:LUA\s+)?(?:A|AAAA|CNAME)|ALIAS)(\s.*)$/i;

function readLine(line: string, origin: string, name: string): Line {
  const [, owner, gap, ttl, between, type, rest] = RECORD.exec(line) ?? [];
  if (owner === undefined || absolute(owner, origin) !== name) return { template: line };
  const seconds = /\d$/.test(ttl!) ? Number(ttl) : parseDuration(ttl!)! / SECOND;
  return { template: `${owner}${gap}${VALUE}${between}${type}${rest}`, ttl: seconds };
}

function absolute(owner: string, origin: string): string {
  if (owner === '@') return origin;
  return owner.endsWith('.') ? owner : `${owner}.${origin}`;
}

function dotted(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}
