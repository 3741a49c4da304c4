/** TXT records as the texts they carry: character strings put together (RFC 7208 §3.3). */
import type { Name } from '../../dns/data/name.ts';
import { TXT } from '../../dns/data/rrtype.ts';
import { type LintZone, recordsOf } from './zone.ts';

export interface PlacedText {
  readonly text: string;
  readonly place: LintZone['place'];
}

/** All texts at a name. */
export function textsAt(zone: LintZone, name: Name): PlacedText[] {
  return recordsOf(zone, TXT)
    .filter((one) => one.name === name)
    .map(({ rdata, place }) => ({ text: unquoted(rdata.text), place }));
}

/** The strings of canonical presentation form, put together. */
export function unquoted(text: string): string {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)]
    .map(([, quoted, bare]) => (quoted ?? bare ?? '').replaceAll(/\\(\d{3}|.)/g, unescaped))
    .join('');
}

function unescaped(_: string, code: string): string {
  return code.length === 3 ? String.fromCharCode(Number(code)) : code;
}
