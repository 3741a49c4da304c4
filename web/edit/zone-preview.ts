/** A file dropped on the page, read as a zone: what it holds and what is wrong with it, before it is taken. */

import { parseName } from '../../src/dns/data/name.ts';
import { formatRRset } from '../../src/dns/data/presentation.ts';
import { typeToText } from '../../src/dns/data/rrtype.ts';
import { readMasterFile } from '../../src/dns/zone/master-file.ts';
import type { Issue } from '../../src/index.ts';
import { originOfFile } from '../../src/scenario/names.ts';

export interface ZonePreview {
  /** Apex, with the final dot; empty when nobody says what it is. */
  readonly origin: string;
  /** Whether the zone can be taken as it is. */
  readonly usable: boolean;
  /** Records in all, and by type. */
  readonly records: number;
  readonly types: readonly { readonly type: string; readonly count: number }[];
  /** The first lines in presentation format. */
  readonly lines: readonly string[];
  readonly issues: readonly Issue[];
}

const LINES_AT_MOST = 200;

/** Reads a master file. @param origin instead of what the name of the file and the text say */
export function previewZone(text: string, file: string, origin?: string): ZonePreview {
  const apex = origin === undefined ? originOfFile(file) : nameOf(origin);
  const { zone, issues } = readMasterFile(text, { file, ...(apex === undefined ? {} : { origin: apex }) });
  const sets = [...(zone?.rrsets() ?? [])];
  const counts = new Map<string, number>();
  for (const { type, rdata } of sets) {
    counts.set(typeToText(type), (counts.get(typeToText(type)) ?? 0) + rdata.length);
  }
  return {
    origin: zone?.origin ?? apex ?? '',
    usable: zone !== undefined,
    records: [...counts.values()].reduce((sum, count) => sum + count, 0),
    types: [...counts].map(([type, count]) => ({ type, count })),
    lines: sets.flatMap((set) => formatRRset(set, zone!.origin)).slice(0, LINES_AT_MOST),
    issues,
  };
}

function nameOf(text: string): ReturnType<typeof parseName> | undefined {
  try {
    return parseName(text.endsWith('.') ? text : `${text}.`);
  } catch {
    return undefined;
  }
}
