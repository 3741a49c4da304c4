/**
 * The records of a master file one by one with their places, whether or not they make a zone: for those who look
 * at the file rather than serve it.
 */
import type { Issue } from '../../base/issue.ts';
import type { Name } from '../data/name.ts';
import { checkRecords } from './master-file/check-records.ts';
import { IssueLog } from './master-file/issue-log.ts';
import { MasterFileReader } from './master-file/reader.ts';
import type { PlacedRecord } from './master-file/record.ts';
import type { MasterFileOptions } from './master-file.ts';

export type { PlacedRecord } from './master-file/record.ts';

export interface MasterRecords {
  /** In the order of the text. */
  readonly records: readonly PlacedRecord[];
  /** The apex: as given, or the owner of the SOA. */
  readonly origin?: Name;
  /** Problems of the text. With an error among them records are missing. */
  readonly textIssues: readonly Issue[];
  /** Problems of the records as a zone. */
  readonly zoneIssues: readonly Issue[];
}

/** Reads a master file. Never throws, whatever the text. */
export function readMasterRecords(text: string, options: MasterFileOptions): MasterRecords {
  const log = new IssueLog(options.file);
  const reader = new MasterFileReader(log, options);
  reader.read(text);
  const textIssues = [...log.issues];
  const sets = checkRecords(reader.records, options.origin, log);
  return {
    records: reader.records,
    ...(sets ? { origin: sets.origin } : {}),
    textIssues,
    zoneIssues: log.issues.slice(textIssues.length),
  };
}
