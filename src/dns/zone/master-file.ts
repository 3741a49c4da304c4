/**
 * Master files (RFC 1035 §5, RFC 2308 §4) to zones: reads everything, reports every problem at once.
 *
 * BIND's extensions `$GENERATE`, TTL units and the generic forms of RFC 3597 are understood. A file with a
 * warning gives a zone, one with an error does not. Where name servers differ BIND is followed, except that a
 * zone without glue or with a name server that is an alias loads with a warning: broken delegations are what a
 * drill may be about.
 *
 * Not modelled: classes other than IN, names beyond ASCII (write A-labels), the rules for host names (RFC 952).
 */
import type { Issue } from '../../base/issue.ts';
import type { Name } from '../data/name.ts';
import { checkRecords } from './master-file/check-records.ts';
import { checkTargets } from './master-file/check-targets.ts';
import { IssueLog } from './master-file/issue-log.ts';
import { MasterFileReader } from './master-file/reader.ts';
import { Zone } from './zone.ts';

export interface MasterFileOptions {
  /** Name of the file for messages; included files are named beside it. */
  readonly file: string;
  /** The apex. Without it the file must say `$ORIGIN` (or write names in full), and the SOA's owner is the apex. */
  readonly origin?: Name;
  /**
   * Gives the text of an included file, or `undefined` when there is none. `path` is relative to the folder of
   * `file`, normalised, and never leads out of it. Without this function `$INCLUDE` is an error.
   */
  readonly readInclude?: (path: string) => string | undefined;
}

export interface MasterFileResult {
  /** Absent when an error was found. */
  readonly zone?: Zone;
  /** In the order of the text, then those about the zone as a whole. Codes start with `zone-`. */
  readonly issues: readonly Issue[];
}

/** Reads a master file. Never throws, whatever the text. */
export function readMasterFile(text: string, options: MasterFileOptions): MasterFileResult {
  const log = new IssueLog(options.file);
  const reader = new MasterFileReader(log, options);
  reader.read(text);
  const sets = checkRecords(reader.records, options.origin, log);
  if (sets === undefined) return { issues: log.issues };
  const zone = Zone.of(
    sets.origin,
    sets.sets.map(({ rrset }) => rrset),
  );
  if (log.hasErrors()) return { issues: log.issues };
  checkTargets(zone, sets.sets, log);
  return { zone, issues: log.issues };
}
